namespace FunctionalNN.Tests;

/// <summary>Scaling by numbers from training data, against scikit-learn's numbers.</summary>
public class ScalerTests
{
    private static readonly References Reference = References.Of("Normalization");

    [Fact]
    public void Scales_as_scikit_learn_does()
    {
        var data = Reference.Matrix("data");
        var set = new DataSet<double>(data, new ClassLabels(new int[data.Rows], 1));
        var first = Matrix.Create(5, 4, (row, column) => data[row, column]);
        foreach (var (scaler, expected) in new[] { (Scaler.Standard(set), "standard"), (Scaler.MinMax(set), "minmax") })
        {
            Assert.InRange(Probe.Difference(scaler.Apply(first).Values, Reference.Matrix(expected).Values), 0, 1e-8);
            Assert.Equal(scaler.Apply(data), scaler.Apply(set).InputsOf([.. Enumerable.Range(0, data.Rows)]));
            Assert.InRange(Probe.Difference(scaler.Restore(scaler.Apply(data)).Values, data.Values), 0, 1e-9);
            Assert.Equal(data.Rows, scaler.Rows);
        }
    }

    [Fact]
    public void The_numbers_are_the_training_parts_own_also_on_other_data()
    {
        var scaler = Scaler.Standard(Of([2, 4, 6]));
        Assert.Equal([4.0], scaler.Offsets.ToArray());
        Assert.Equal(Math.Sqrt(8 / 3.0), scaler.Spreads[0], 1e-15);
        Assert.Equal(6 / Math.Sqrt(8 / 3.0), scaler.Apply(Of([10])).InputsOf(0)[0, 0], 1e-12);
        Assert.Equal(["column  offset   spread", "───────────────────────", "0            4  1.63299"],
            scaler.ToString().Split(Environment.NewLine));
        Assert.Equal([-0.5, 2], Scaler.MinMax(Of([2, 4])).Apply(Of([1, 6])).InputsOf(0, 1).Values.ToArray());
    }

    [Fact]
    public void A_constant_column_becomes_zero()
    {
        Assert.Equal([0.0, 0], Scaler.Standard(Of([7, 7])).Apply(Of([7, 7])).InputsOf(0, 1).Values.ToArray());
        Assert.Equal([1.0], Scaler.MinMax(Of([7, 7])).Spreads.ToArray());
    }

    [Fact]
    public void Targets_come_back_in_their_own_units()
    {
        var data = new DataSet<double>(Matrix.Column(0.0, 0, 0, 0), new RealTargets<double>(Matrix.Column(100e3, 200e3, 300e3, 400e3)));
        var scaler = Scaler.Targets(data);
        var scaled = ((RealTargets<double>)scaler.Apply(data).Targets).Values;
        Assert.Equal(0, scaled.Values.ToArray().Sum(), 1e-12);
        Assert.Equal(1, scaled.Values.ToArray().Average(x => x * x), 1e-12);
        Assert.InRange(Probe.Difference(scaler.Restore(scaled).Values, [100e3, 200e3, 300e3, 400e3]), 0, 1e-12);
        Assert.Equal(
            "class numbers have no scale: a target scaler takes real targets, the data has 2 labels of 1 classes",
            Assert.Throws<ArgumentException>(() => Scaler.Targets(Of([1, 2]))).Message);
    }

    [Fact]
    public void Weights_and_targets_go_along()
    {
        var data = new DataSet<float>(Matrix.Column(1f, 2), new ClassLabels([1, 0], 2)).Weighted([3f, 4]);
        var scaled = Scaler.Standard(data).Apply(data);
        Assert.Equal(data.Targets, scaled.Targets);
        Assert.Equal(data.Weights, scaled.Weights);
    }

    [Fact]
    public void What_has_no_scale_is_an_error()
    {
        Assert.Equal("the data has no rows: there is nothing to take a scale from",
            Assert.Throws<ArgumentException>(() => Scaler.Standard(Of([]))).Message);
        Assert.Equal(
            "row 700, column 0 is NaN: a scale can be taken from finite numbers only; drop the row, or fill the number in with Filler.Mean",
            Assert.Throws<ArgumentException>(() =>
                Scaler.MinMax(Of([.. Enumerable.Range(0, 900).Select(i => i == 700 ? double.NaN : i)]))).Message);
        var scaler = Scaler.Standard(Of([1, 2]));
        Assert.Equal("the matrix has 2 columns, the scaler was fitted on 1",
            Assert.Throws<ArgumentException>(() => scaler.Apply(Matrix.Row(1.0, 2))).Message);
    }

    private static DataSet<double> Of(double[] column) => new(Matrix.Column(column), new ClassLabels(new int[column.Length], 1));
}
