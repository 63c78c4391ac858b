namespace FunctionalNN.Tests;

/// <summary>Columns of any size are brought to one scale, or refused with advice that works; never scaled by another number.</summary>
public class ExtremeColumnTests
{
    private const int Rows = 9;

    public static TheoryData<double> Sizes => [1e-44, 1e-40, 1e-38, 1e-25, 1e-19, 1e-10, 1, 1e10, 1e18, 1e20, 1e30, 1e38];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Normalization_scales_or_says_what_does(double size)
    {
        foreach (var layer in new[] { Normalization.Standard, Normalization.MinMax })
        {
            var (inFloat, inDouble) = (Data(value => (float)(value * size)), Data(value => value * size));
            Adapted(layer, inDouble);
            Assert.True(Fault(layer, inFloat) is null == IsInRange(layer, size), $"{layer}, {size}");
            if (Fault(layer, inFloat) is { } message)
            {
                Assert.Matches("^column 1 of what comes into the Normalization has the (range|standard deviation) .*, too (large|small) "
                    + "for its statistics in float: scale the data by Scaler.Standard\\(train\\), give the column another unit, or train "
                    + "in double$", message);
                Adapted(layer, Scaler.Standard(inFloat).Apply(inFloat));
            }
        }
    }

    [Fact]
    public void Double_has_an_end_too()
    {
        var data = Data(value => value * 1e200);
        Assert.Contains("too large for its statistics in double", Fault(Normalization.Standard, data), StringComparison.Ordinal);
        Adapted(Normalization.MinMax, data);
    }

    [Fact]
    public void What_is_not_finite_is_named()
    {
        var data = Data(value => value > 1.7 ? float.NaN : (float)value);
        Assert.StartsWith("row 8, column 1 of what statistics are taken from is NaN", Fault(Normalization.Standard, data),
            StringComparison.Ordinal);
    }

    private static bool IsInRange(Normalization layer, double size) =>
        layer.IsMinMax ? size is >= 1e-38 and <= 1e38 : size is >= 1e-19 and <= 1e18;

    /// <summary>A column of plain numbers, and one of a size.</summary>
    private static DataSet<T> Data<T>(Func<double, T> sized)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        new(Matrix.Create(Rows, 2, (row, column) => column == 0 ? T.CreateTruncating(row) : sized((row - 2) * 0.3)),
            new ClassLabels(new int[Rows], 1));

    private static Model<T> Start<T>(Normalization layer)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => new Network(2, [layer]).Initialize<T>(1);

    private static string? Fault<T>(Normalization layer, DataSet<T> data)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        try
        {
            Adapted(layer, data);
            return null;
        }
        catch (ArgumentException fault)
        {
            return fault.Message;
        }
    }

    private static void Adapted<T>(Normalization layer, DataSet<T> data)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var scaled = Start<T>(layer).Adapt(data).Predict(data.InputsOf([.. Enumerable.Range(0, data.Count)]));
        for (var column = 0; column < 2; column++)
        {
            double[] values = [.. Enumerable.Range(0, Rows).Select(row => double.CreateTruncating(scaled[row, column]))];
            Assert.Equal(layer.IsMinMax ? 1 : 0, layer.IsMinMax ? values.Max() - values.Min() : values.Average(), 1e-3);
            Assert.Equal(1, layer.IsMinMax ? values.Max() : values.Average(value => value * value), 1e-3);
        }
    }
}
