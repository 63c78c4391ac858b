namespace FunctionalNN.Tests;

/// <summary>Reports of very many classes: memory grows with classes and rows, not with their squares, and what is printed stays
/// short.</summary>
public class ManyClassTests
{
    private const int Classes = 50_000;
    private const int Rows = 3000;
    private const long MaxBytes = 64 << 20;
    private const int MaxText = 10_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_report_of_many_classes_is_that_of_few_with_room_between(bool isWeighted)
    {
        var (few, weights) = (7, isWeighted ? Enumerable.Range(0, Rows).Select(i => 0.1 + (i % 5)).ToArray() : []);
        int[] truth = [.. Enumerable.Range(0, Rows).Select(i => i * i % few)];
        int[] predicted = [.. Enumerable.Range(0, Rows).Select(i => i % 3 == 0 ? i % few : i * i % few)];
        var small = ConfusionMatrix.Of(truth, predicted, few, weights);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var large = ConfusionMatrix.Of([.. truth.Select(Spread)], [.. predicted.Select(Spread)], Classes, weights);
        var half = ConfusionMatrix.Of([.. truth[..99].Select(Spread)], [.. predicted[..99].Select(Spread)], Classes,
            isWeighted ? weights[..99] : []);
        var rest = ConfusionMatrix.Of([.. truth[99..].Select(Spread)], [.. predicted[99..].Select(Spread)], Classes,
            isWeighted ? weights[99..] : []);
        Assert.Equal(large, half + rest);
        Assert.Equal((small.Accuracy, small.BalancedAccuracy, small.CohenKappa, small.BaselineAccuracy, small.AccuracyInterval),
            (large.Accuracy, large.BalancedAccuracy, large.CohenKappa, large.BaselineAccuracy, large.AccuracyInterval));
        Assert.Equal(small.Matthews, large.Matthews, 12);
        Assert.Equal(small.Weighted(), large.Weighted());
        for (var (i, j) = (0, 0); i < few; j = (j + 1) % few, i += j == 0 ? 1 : 0)
        {
            Assert.Equal((small[i, j], small.RowsOf(i, j)), (large[Spread(i), Spread(j)], large.RowsOf(Spread(i), Spread(j))));
        }

        Assert.InRange(large.ToString().Length, 100, MaxText);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytes);
    }

    [Fact]
    public void A_report_of_a_model_with_many_classes()
    {
        var data = new DataSet<float>(Matrix.Create(40, 2, (row, column) => (float)(row - column)),
            new ClassLabels([.. Enumerable.Range(0, 40).Select(row => row * 1000)], Classes));
        var model = new Network(2, [new Dense(Classes), new Softmax()]).Initialize(seed: 1);
        var report = model.Report(data, parallelism: Parallelism.None);
        Assert.Equal(40, report.Rows);
        Assert.InRange(report.ToString().Length, 100, MaxText);
        Assert.Contains("and 49980 classes with fewer rows: see Classes", report.ToString(), StringComparison.Ordinal);
        var whole = Assert.IsType<ClassificationReport>(report);
        Assert.Equal(Classes, whole.Classes.Length);
        Assert.Equal(1, whole.Ranks.TopK(Classes));
        Assert.Equal(ClassRankings.Empty, whole.Rankings);
    }

    [Fact]
    public void All_rows_wrong_in_as_many_ways_as_there_are_rows()
    {
        int[] truth = [.. Enumerable.Range(0, Classes)];
        var matrix = ConfusionMatrix.Of(truth, [.. truth.Reverse()], Classes);
        Assert.Equal((0.0, 1.0), (matrix.Correct, matrix.Support(Classes - 1)));
        Assert.StartsWith("50000 classes, 0 of 50000 right; the 20 most frequent of 50000 confusions:", matrix.ToString(),
            StringComparison.Ordinal);
        Assert.InRange(matrix.ToString().Length, 100, MaxText);
        Assert.InRange(matrix.CohenKappa, -1e-4, 0);
    }

    private static int Spread(int label) => label * 8000;
}
