using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>What emitted source predicts is what the library predicts, bit for bit.</summary>
[Properties(Arbitrary = [typeof(TrainingGenerators)])]
[Trait("Duration", "Long")]
public class EmissionLaws
{
    private static readonly double[] Extremes =
        [0, -0.0, 1, -1, 1e-30, -1e-30, 1e-42, 20, -20, 100, -100, 1e30, -1e30, double.PositiveInfinity, double.NegativeInfinity,
            double.NaN];

    [Property(MaxTest = 30)]
    public void Any_network_in_float(TrainingCase run) => AssertSame(run.Trained<float>().Model, run.Data.Create<float>());

    [Property(MaxTest = 30)]
    public void Any_network_in_double(TrainingCase run) => AssertSame(run.Trained<double>().Model, run.Data.Create<double>());

    /// <summary>One class for all kinds that map number by number, with inputs over the whole range.</summary>
    [Fact]
    public void Every_kind_of_layer_over_the_whole_range()
    {
        foreach (var (kind, entry) in LayerGenerators.Table.Where(entry => !entry.Value.Type.IsAssignableTo(typeof(ImageLayer))))
        {
            foreach (var layer in entry.Any.Sample(4, new Rnd(3, 1), 30).Distinct())
            {
                AssertRange<float>(kind, layer);
                AssertRange<double>(kind, layer);
            }
        }
    }

    private static void AssertRange<T>(string kind, Layer layer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Width = 37;
        var network = new Network(Width, [layer]);
        var model = network.Initialize<T>(seed: 5);
        var key = new Key(9);
        var rows = Matrix.Create(60, Width, (row, column) => T.CreateTruncating(
            row % 3 == 0 && key.Fold(1).Below(8, column + (row * Width)) == 0
                ? Extremes[key.Fold(2).Below(Extremes.Length, (row * Width) + column)]
                : key.Normal((row * Width) + column) * Math.Pow(10, key.Fold(3).Below(7, row) - 4)));
        AssertSame(model, rows, kind);
    }

    private static void AssertSame<T>(Model<T> model, DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            AssertSame(model, data.InputsOf([.. Enumerable.Range(0, data.Count)]), model.ToString());

    private static void AssertSame<T>(Model<T> model, Matrix<T> rows, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var predict = Emitted.Compile<T>(model.EmitCSharp("Net").OrThrow(), "Net");
        var (expected, found) = (new T[model.Network.Outputs], new T[model.Network.Outputs]);
        for (var row = 0; row < rows.Rows; row++)
        {
            model.Predict(rows.Row(row), expected);
            predict(rows.Row(row), found);
            for (var i = 0; i < found.Length; i++)
            {
                Assert.True(
                    Bits(expected[i]) == Bits(found[i]) || (T.IsNaN(expected[i]) && T.IsNaN(found[i])),
                    $"{what}: row {row}, output {i} is {found[i]:R}, expected {expected[i]:R}; input ["
                        + $"{string.Join(", ", rows.Row(row).ToArray())}]");
            }
        }
    }

    private static long Bits<T>(T value) =>
        value is float single ? BitConverter.SingleToInt32Bits(single) : BitConverter.DoubleToInt64Bits((double)(object)value!);
}
