using System.Numerics;
using System.Text;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FunctionalNN.Tests;

/// <summary>A pipeline in ONNX Runtime prepares, predicts and decides as here.</summary>
public sealed class OnnxPipelineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Kinds => new(MixedPipelines.All().Select(one => one.Name));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ONNX_Runtime_answers_the_same(string kind)
    {
        var (_, pipeline, table) = MixedPipelines.All().First(one => one.Name == kind);
        using var session = new InferenceSession(pipeline.ToOnnx().OrThrow());
        var (outputs, labels) = Run(session, pipeline.Encoding, table);
        var expected = pipeline.Predict(table);
        for (var row = 0; row < table.Count; row++)
        {
            if (pipeline.Target.Column.IsQuantity)
            {
                Assert.Equal(expected[row].Value, outputs[row, 0], 1e-4);
                continue;
            }

            var found = Enumerable.Range(0, pipeline.Target.Classes.Length).Select(i => outputs[row, i]).ToArray();
            for (var i = 0; i < found.Length; i++)
            {
                Assert.Equal(expected[row].Probabilities[i].Probability, found[i], 2e-6);
            }

            if (Math.Abs(found[1] - (pipeline.Decision.Threshold ?? 0.5)) > 1e-5)
            {
                Assert.Equal(expected[row].Class, pipeline.Target.Classes[(int)labels![row]]);
            }
        }
    }

    [Fact]
    public void What_the_library_refuses_is_no_number_there()
    {
        var table = Table.Of(Enumerable.Range(0, 20).Select(i => new Dictionary<string, object?>
        {
            ["n"] = (double)i,
            ["b"] = (double)i,
            ["c"] = i % 2 == 0 ? "a" : "b",
            ["y"] = i % 3 == 0 ? "p" : "q",
        }));
        var recipe = new TableRecipe
        {
            Columns = [new NumberColumn("n") { Log = true, ClipShare = 0.1 }, new NumberColumn("b") { Bins = 3 }, new CategoryColumn("c")],
            Target = TargetColumn.OfClasses("y"),
        };
        var pipeline = Pipeline.Of(recipe.Fit(table).OrThrow(), [new Dense(2), new Tanh()], seed: 1);
        using var session = new InferenceSession(pipeline.ToOnnx().OrThrow());
        Assert.True(double.IsFinite(One(3, 4, "a")));
        Assert.All((double[])[One(-1, 4, "a"), One(-5, 4, "a"), One(double.NaN, 4, "a"), One(3, double.NaN, "a"), One(3, 4, "z"),
            One(3, 4, "")],
            value => Assert.True(double.IsNaN(value), $"{value}"));

        double One(double n, double b, string c)
        {
            using var answer = session.Run(
            [
                NamedOnnxValue.CreateFromTensor("n", new DenseTensor<double>(new[] { n }, [1, 1])),
                NamedOnnxValue.CreateFromTensor("b", new DenseTensor<double>(new[] { b }, [1, 1])),
                NamedOnnxValue.CreateFromTensor("c", new DenseTensor<string>(new[] { c }, [1, 1])),
            ]);
            return answer.First(value => value.Name == "output").AsTensor<double>()[0, 0];
        }
    }

    [Fact]
    public void What_stays_outside_is_told()
    {
        var (_, pipeline, _) = MixedPipelines.All().First(one => one.Name == "customers");
        Assert.Equal([("signup_date", "dates have no type and no calendar in ONNX")], pipeline.OutsideOnnx().ToArray());
        pipeline.SaveOnnx(folder["p.onnx"]).OrThrow();
        var summary = OnnxFile.Describe(folder["p.onnx"]).OrThrow();
        Assert.Equal("[\"signup_date\"]", summary.Metadata["outside"]);
        Assert.Equal(["no", "yes"], summary.Labels.ToArray());
        Assert.Contains("plan: n × 1", summary.Inputs);
        Assert.Contains("the column \"age\" has the name of an output",
            pipeline.ToOnnx(new OnnxOptions { OutputName = "age" }).Match(_ => "", fault => fault.Message), StringComparison.Ordinal);
    }

    private static (Tensor<double> Outputs, long[]? Labels) Run(InferenceSession session, TableEncoding encoding, Table table)
    {
        var (prepared, at, inputs) = (encoding.Matrix<double>(table).OrThrow(), 0, new List<NamedOnnxValue>());
        foreach (var column in encoding.Columns)
        {
            var (start, rows) = (at, Enumerable.Range(0, table.Count).ToArray());
            object?[] values = [.. rows.Select(row => table.Row(row)[column.Name])];
            inputs.Add(session.InputMetadata[column.Name] is { ElementDataType: TensorElementType.String }
                ? NamedOnnxValue.CreateFromTensor(column.Name, new DenseTensor<string>(values.Select(value => $"{value}").ToArray(),
                    [table.Count, 1]))
                : NamedOnnxValue.CreateFromTensor(column.Name, column is FittedDate || column is FittedNumber { Quantiles.IsEmpty: false }
                    ? new DenseTensor<double>(rows.SelectMany(row => Enumerable.Range(start, column.Width).Select(i => prepared[row, i]))
                        .ToArray(), [table.Count, column.Width])
                    : new DenseTensor<double>(values.Select(Number).ToArray(), [table.Count, 1])));
            at += column.Width;
        }

        using var answer = session.Run(inputs);
        return (answer.First(value => value.Name == "output").AsTensor<double>().Clone(),
            answer.FirstOrDefault(value => value.Name == "label")?.AsTensor<long>().ToArray());

        static double Number(object? value) => value switch
        {
            null or "" => double.NaN,
            string text when text is "yes" or "no" => text == "yes" ? 1 : 0,
            string text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
            _ => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
