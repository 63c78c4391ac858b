using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>However rows are cut, grouped and ordered, what is measured is the same to the last bit.</summary>
public class MonoidLaws
{
    [Property(MaxTest = 40)]
    public void A_sum_of_doubles_depends_on_no_order(int seed, bool wild)
    {
        var key = new Key((ulong)seed);
        double[] values = [.. Enumerable.Range(0, 50).Select(i => key.Normal(i) * Math.Pow(2, wild ? key.Below(2000, i + 100) - 1000 : 0))];
        var sum = ExactSum.Of(values);
        Assert.Equal(sum, ExactSum.Of([.. key.Permutation(50).Select(i => values[i])]));
        Assert.Equal(sum, ExactSum.Of(values.AsSpan(0, 17)) + (ExactSum.Of(values.AsSpan(17, 13)) + ExactSum.Of(values.AsSpan(30))));
        Assert.Equal(sum,
            (ExactSum.Of(values.AsSpan(30)) + ExactSum.Of(values.AsSpan(0, 17))) + ExactSum.Of(values.AsSpan(17, 13)) + default(ExactSum));
        Assert.Equal(0, ExactSum.Of([.. values, .. values.Select(value => -value)]).Value);
        if (!wild)
        {
            Assert.Equal((double)values.Sum(value => (decimal)value), sum.Value, 1e-12);
        }
    }

    /// <summary>Python's math.fsum gives these.</summary>
    [Fact]
    public void A_sum_of_doubles_is_rounded_once()
    {
        Assert.Equal(1.0, ExactSum.Of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1).Value);
        Assert.Equal(2.0, ExactSum.Of(1e308, 1, 1e-308, 1, -1e308).Value);
        Assert.Equal(double.Epsilon, ExactSum.Of(1, double.Epsilon, -1).Value);
        Assert.Equal(9007199254740992.0, ExactSum.Of(9007199254740992, 1).Value);
        Assert.Equal(9007199254740996.0, ExactSum.Of(9007199254740994, 1).Value);
        Assert.Equal(9007199254740994.0, ExactSum.Of(9007199254740992, 1, double.Epsilon).Value);
        Assert.Equal(double.MaxValue, ExactSum.Of(double.MaxValue, double.MaxValue, -double.MaxValue).Value);
        Assert.Equal(double.PositiveInfinity, ExactSum.Of(double.MaxValue, double.MaxValue).Value);
        Assert.Equal(-1.5e-320, ExactSum.Of(-1e-320, -5e-321).Value);
        Assert.True(double.IsNaN(ExactSum.Of(double.PositiveInfinity, double.NegativeInfinity).Value));
        Assert.Equal(0, default(ExactSum).Value);
    }

    [Fact]
    public void Products_are_added_without_rounding()
    {
        var sum = new ExactSumBuilder();
        sum.AddProduct(1 + Math.Pow(2, -52), 1 + Math.Pow(2, -52));
        sum.Add(-(1 + Math.Pow(2, -51)));
        Assert.Equal(Math.Pow(2, -104), sum.ToSum().Value);
        var square = new ExactSumBuilder();
        square.AddSquare(3, 1 + Math.Pow(2, -52));
        square.Add(-3);
        square.Add(-6 * Math.Pow(2, -52));
        Assert.Equal(3 * Math.Pow(2, -104), square.ToSum().Value);
    }

    [Property(MaxTest = 40)]
    public void Classification_reports_add_up(int seed, bool weighted)
    {
        var (rows, key) = (new Rows(seed, weighted, classes: 2 + (Math.Abs(seed % 4))), new Key((ulong)seed));
        var whole = rows.Classify(Enumerable.Range(0, rows.Count));
        foreach (var (left, middle, right) in rows.Cuts(key))
        {
            var (a, b, c) = (rows.Classify(left), rows.Classify(middle), rows.Classify(right));
            Assert.Equal(whole, (a + b) + c);
            Assert.Equal(whole, a + (b + c));
            Assert.Equal(whole, c + a + b);
            Assert.Equal(whole, ClassificationReport.Empty + whole);
            Assert.Equal(whole, whole + ClassificationReport.Empty);
            Assert.Equal($"{whole}", $"{a + b + c}");
        }
    }

    [Property(MaxTest = 40)]
    public void Regression_reports_add_up(int seed, bool weighted)
    {
        var (rows, key) = (new Rows(seed, weighted, classes: 2), new Key((ulong)seed));
        var whole = rows.Regress(Enumerable.Range(0, rows.Count));
        foreach (var (left, middle, right) in rows.Cuts(key))
        {
            var (a, b, c) = (rows.Regress(left), rows.Regress(middle), rows.Regress(right));
            Assert.Equal(whole, (a + b) + c);
            Assert.Equal(whole, a + (b + c));
            Assert.Equal(whole, RegressionReport.Empty + (c + a + b) + RegressionReport.Empty);
            Assert.Equal(whole.R2, (a + b + c).R2);
        }
    }

    [Property(MaxTest = 40)]
    public void Multi_label_reports_add_up(int seed, bool weighted)
    {
        var (rows, key) = (new Rows(seed, weighted, classes: 3), new Key((ulong)seed));
        var whole = rows.Label(Enumerable.Range(0, rows.Count));
        foreach (var (left, middle, right) in rows.Cuts(key))
        {
            var (a, b, c) = (rows.Label(left), rows.Label(middle), rows.Label(right));
            Assert.Equal(whole, (a + b) + c);
            Assert.Equal(whole, MultiLabelReport.Empty + (c + (a + b)));
        }
    }

    [Property(MaxTest = 20)]
    public void The_balanced_sum_is_the_sum_from_left_to_right(byte count) =>
        Assert.Equal(string.Concat(Enumerable.Range(0, count)),
            Enumerable.Range(0, count).Select(i => $"{i}").Balanced((x, y) => x + y, ""));

    /// <summary>Batches of 1536 rows and threads: a data set of several blocks gives what its rows give at once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_model_is_measured_block_by_block_as_at_once(int threads)
    {
        var data = Generate.Spiral(1200, 3, seed: 1);
        var model = new Network(2, [new Dense(8), new Relu(), new Dense(3), new Softmax()]).Initialize(3);
        var report = ClassificationReport.Of(model, data, parallelism: new Parallelism(threads));
        var labels = (ClassLabels)data.Targets;
        Assert.Equal(ClassificationReport.Of(model.Predict(data.InputsOf([.. Enumerable.Range(0, data.Count)])), labels), report);
        Assert.Equal(model.Evaluate(data, new CategoricalCrossEntropy()).Accuracy, report.Accuracy);
        Assert.Equal(model.Evaluate(data, new CategoricalCrossEntropy()).Loss, report.Errors.LogLoss, 1e-6);
    }

    /// <summary>Random predictions with many ties.</summary>
    private sealed class Rows
    {
        private readonly Matrix<double> scores;
        private readonly int[] labels;
        private readonly double[] weights;

        public Rows(int seed, bool weighted, int classes)
        {
            var key = new Key((ulong)seed).Fold(1);
            Count = key.Below(40, 0);
            scores = Matrix.Create(Count, classes, (row, column) => key.Below(9, 1000 + (row * classes) + column) / 8.0);
            labels = [.. Enumerable.Range(0, Count).Select(row => key.Below(classes, 100 + row))];
            weights = weighted ? [.. Enumerable.Range(0, Count).Select(row => key.Uniform(200 + row))] : [];
        }

        public int Count { get; }

        public IEnumerable<(int[] Left, int[] Middle, int[] Right)> Cuts(Key key)
        {
            var order = key.Permutation(Count);
            for (var i = 0; i < 3; i++)
            {
                var (first, second) = (key.Below(Count + 1, i), key.Below(Count + 1, 10 + i));
                yield return (order[..Math.Min(first, second)], order[Math.Min(first, second)..Math.Max(first, second)],
                    order[Math.Max(first, second)..]);
            }
        }

        public ClassificationReport Classify(IEnumerable<int> rows)
        {
            var some = rows.ToArray();
            return ClassificationReport.Of(Scores(some), new ClassLabels([.. some.Select(row => labels[row])], scores.Columns),
                Weights(some));
        }

        public RegressionReport Regress(IEnumerable<int> rows)
        {
            var some = rows.ToArray();
            return RegressionReport.Of(Scores(some),
                new RealTargets<double>(Matrix.Create(some.Length, scores.Columns,
                    (row, column) => scores[some[row], column] + (column * labels[some[row]]) + 0.1)), Weights(some));
        }

        public MultiLabelReport Label(IEnumerable<int> rows)
        {
            var some = rows.ToArray();
            return MultiLabelReport.Of(Scores(some),
                Matrix.Create(some.Length, scores.Columns, (row, column) => labels[some[row]] == column ? 1.0 : 0), weights: Weights(some));
        }

        private Matrix<double> Scores(int[] rows) => Matrix.Create(rows.Length, scores.Columns, (row, column) => scores[rows[row], column]);

        private double[] Weights(int[] rows) => weights.Length == 0 ? [] : [.. rows.Select(row => weights[row])];
    }
}
