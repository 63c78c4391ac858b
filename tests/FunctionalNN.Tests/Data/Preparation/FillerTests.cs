namespace FunctionalNN.Tests;

/// <summary>Missing numbers become the training rows' means.</summary>
public class FillerTests
{
    private static readonly DataSet<double> Data = Of(new[,] { { 1, double.NaN, 5 }, { 3, 10, 5 }, { double.NaN, 30, 5 } });

    [Fact]
    public void Missing_numbers_become_the_training_means_and_nothing_else_changes()
    {
        var filler = Filler.Mean(Data);
        Assert.Equal(Matrix.Of(new double[,] { { 1, 20, 5 }, { 3, 10, 5 }, { 2, 30, 5 } }), filler.Apply(Data).InputsOf(0, 1, 2));
        Assert.Equal(Matrix.Row(2.0, 20, 5), filler.Apply(Of(new[,] { { double.NaN, double.NaN, double.NaN } })).InputsOf(0));
        Assert.Equal([1, 1, 0], filler.Missing.ToArray());
        Assert.Equal(["column  missing  becomes", "────────────────────────", "0             1        2", "1             1       20"],
            filler.ToString().Split(Environment.NewLine));
        Assert.Equal(2, Scaler.Standard(filler.Apply(Data)).Offsets[0], 1e-15);
    }

    [Fact]
    public void Leaks_and_empty_columns_are_errors()
    {
        var (train, test) = Data.Split(0.4, 1);
        Assert.StartsWith("a filler is fitted on training data, and this is the test part",
            Assert.Throws<ArgumentException>(() => Filler.Mean(test)).Message, StringComparison.Ordinal);
        Assert.StartsWith("the filler was fitted before the split that this test part comes from",
            Assert.Throws<ArgumentException>(() => Filler.Mean(Data).Apply(test)).Message, StringComparison.Ordinal);
        Assert.StartsWith("these rows were filled in with means of all of them before the split",
            Assert.Throws<ArgumentException>(() => Filler.Mean(Data).Apply(Data).Split(0.4, 1)).Message, StringComparison.Ordinal);
        Assert.Equal(1, Filler.Mean(train.Permuted(1)).Apply(test).Count);
        Assert.Equal("the data has no rows: there is nothing to take means from",
            Assert.Throws<ArgumentException>(() => Filler.Mean(Data.Take(0))).Message);
        Assert.Equal("column 1 has no number in any of the 1 rows: leave the column out",
            Assert.Throws<ArgumentException>(() => Filler.Mean(Data.Take(1))).Message);
        Assert.Equal("the data has 1 columns, the filler was fitted on 3",
            Assert.Throws<ArgumentException>(() => Filler.Mean(Data).Apply(Of(new double[,] { { 1 } }))).Message);
    }

    private static DataSet<double> Of(double[,] values) => new(Matrix.Of(values), new ClassLabels(new int[values.GetLength(0)], 1));
}
