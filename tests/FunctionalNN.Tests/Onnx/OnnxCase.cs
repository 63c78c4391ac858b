using System.Collections.Immutable;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.OnnxRuntime;

namespace FunctionalNN.Tests;

/// <summary>A model, how it is written as ONNX, and rows for it.</summary>
/// <param name="Group">The kind of layer that it is about, or "random networks".</param>
/// <param name="Model">Random numbers, statistics included.</param>
/// <param name="Options">How it is written.</param>
public sealed record OnnxCase(string Group, Model<double> Model, OnnxOptions Options)
{
    private const int Rows = 9;

    /// <summary>Whether the file is in double.</summary>
    public bool IsDouble => Options.KeepsDouble;

    /// <summary>The variant in words.</summary>
    public string Variant => $"opset {Options.Opset}{(Options.FoldsBatchNormalization ? ", folded" : "")}{(IsDouble ? ", double" : "")}";

    /// <summary>Rows around 0 of different sizes.</summary>
    public Matrix<double> Inputs { get; } =
        Matrix.Create(Rows, Model.Network.Inputs, (row, column) =>
            Model.Network.EmbeddedColumns.FirstOrDefault(embedded => embedded.Position == column) is { } embedded
                ? new Key(6).Below(embedded.Categories, row) - (embedded.TakesUnknown && row % 4 == 0 ? 1 : 0)
                : new Key(5).Normal((row * 1000) + column) * (row % 3 == 0 ? 5 : 1));

    public byte[] Bytes => IsDouble ? Model.ToOnnx(Options).Good() : As<float>(Model).ToOnnx(Options).Good();

    /// <summary>Our own answer, in the file's element type.</summary>
    public double[] Expected => IsDouble ? Answer(Model, Inputs) : Answer(As<float>(Model), Matrix.Convert<double, float>(Inputs));

    /// <summary>Whether the output is images.</summary>
    public bool GivesImages => Model.Network.Shapes[^1].Image is not null;

    public int[] ExpectedClasses =>
        (IsDouble ? Model.PredictClasses(Inputs) : As<float>(Model).PredictClasses(Matrix.Convert<double, float>(Inputs))).Values.ToArray();

    /// <summary>The rows as ONNX Runtime takes them.</summary>
    public OrtValue ToOrtValue() =>
        IsDouble ? Tensor(Inputs, Model.Network.Input) : Tensor(Matrix.Convert<double, float>(Inputs), Model.Network.Input);

    /// <summary>Numbers that ONNX Runtime gave.</summary>
    public double[] Parse(OrtValue output) =>
        IsDouble
            ? output.GetTensorDataAsSpan<double>().ToArray()
            : Array.ConvertAll(output.GetTensorDataAsSpan<float>().ToArray(), x => (double)x);

    /// <summary>Each kind of layer between dense ones, a network of the size for images, and random networks, in each variant.</summary>
    public static IEnumerable<OnnxCase> Many(int each, int random, ulong seed)
    {
        foreach (var (kind, entry) in LayerGenerators.Table.Where(entry => !entry.Value.Type.IsAssignableTo(typeof(ImageLayer))))
        {
            foreach (var run in TrainingGenerators.With(entry, LossGenerators.Table[nameof(MeanSquaredError)])
                .Sample(each, new Rnd(seed, 1), 30))
            {
                foreach (var options in Variants)
                {
                    yield return new OnnxCase(kind, Random(run.Network, run.Seed), options);
                }
            }
        }

        foreach (var options in Variants)
        {
            yield return new OnnxCase("784-256-10",
                Random(new Network(784, [new Dense(256), new BatchNormalization(), new Relu(), new Dense(10), new Softmax()]), (int)seed),
                options);
        }

        foreach (var run in TrainingGenerators.Tame.Sample(random, new Rnd(seed, 3), 30))
        {
            foreach (var options in Variants)
            {
                yield return new OnnxCase("random networks", Random(run.Network, run.Seed), options);
            }
        }
    }

    private static ImmutableArray<OnnxOptions> Variants { get; } =
    [
        new() { AddsLabel = true },
        new() { Opset = 17 },
        new() { FoldsBatchNormalization = true },
        new() { KeepsDouble = true },
    ];

    /// <summary>A model of random numbers, of the size of weights that are in use, with statistics that are such.</summary>
    public static Model<double> Random(Network network, int seed)
    {
        var key = new Key((ulong)seed).Fold(77);
        var model = network.Initialize<double>(seed);
        var parameters = network.ParameterLayout.Placements.SelectMany(p => Enumerable.Range(p.Offset, p.Slot.Count)
            .Select(i => p.Slot.Name.Split('.')[^1] switch
            {
                "weights" => key.Normal(i) / Math.Sqrt(p.Slot.Rows),
                "gamma" => 1 + (0.2 * key.Normal(i)),
                _ => 0.2 * key.Normal(i),
            }));
        var statistics =
            network.StatisticLayout.Placements.SelectMany(p => Enumerable.Range(p.Offset, p.Slot.Count)
                .Select(i => p.Slot.Name.Split('.')[^1] switch
        {
            "variance" => 0.2 + key.Fold(2).Uniform(i),
            "minimum" => -1 - key.Fold(2).Uniform(i),
            "maximum" => 1 + key.Fold(2).Uniform(i),
            _ => 0.5 * key.Fold(2).Normal(i),
        }));
        return new Model<double>(network, new ParameterVector<double>(network.ParameterLayout, [.. parameters]),
            new ParameterVector<double>(network.StatisticLayout, [.. statistics]));
    }

    /// <summary>The same model in another element type.</summary>
    public static Model<T> As<T>(Model<double> model)
        where T : unmanaged, IFloatingPointIeee754<T> => new(model.Network, As<T>(model.Parameters), As<T>(model.Statistics));

    private static ParameterVector<T> As<T>(ParameterVector<double> vector)
        where T : unmanaged, IFloatingPointIeee754<T> => new(vector.Layout, Array.ConvertAll(vector.Values.ToArray(), T.CreateTruncating));

    private static double[] Answer<T>(Model<T> model, Matrix<T> inputs)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            Array.ConvertAll(Lying(model.Predict(inputs), model.Network.Shapes[^1]).Values.ToArray(), double.CreateTruncating);

    private static Matrix<T> Lying<T>(Matrix<T> output, Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T> => shape.Image is { } image ? output.ChannelsFirst(image) : output;

    private static OrtValue Tensor<T>(Matrix<T> matrix, Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T> => shape.Image is { } image
            ? OrtValue.CreateTensorValueFromMemory(matrix.ChannelsFirst(image).Values.ToArray(),
                [matrix.Rows, image.Channels, image.Height, image.Width])
            : OrtValue.CreateTensorValueFromMemory(matrix.Values.ToArray(), [matrix.Rows, matrix.Columns]);
}
