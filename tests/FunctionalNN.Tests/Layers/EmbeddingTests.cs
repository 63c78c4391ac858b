using System.Numerics;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>An embedding is Dense on a one-hot, without making it.</summary>
public sealed class EmbeddingTests
{
    /// <summary>Prediction, loss and gradient, to the last bit: in a chain of sums, terms of 0 change nothing.</summary>
    [Property(MaxTest = 60)]
    public void It_is_Dense_on_a_one_hot(int seed)
    {
        Check<float>(new Key((ulong)seed));
        Check<double>(new Key((ulong)seed));

        static void Check<T>(Key key)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var rows = key.Fold(1).Below(10, 0) == 0 ? 700 : 1 + key.Fold(1).Below(40, 1);
            var (plain, categories, width, outputs) =
                (key.Fold(2).Below(4, 0), 1 + key.Fold(2).Below(20, 1), 1 + key.Fold(2).Below(20, 2), 3);
            var takesUnknown = key.Fold(2).Below(2, 3) == 0;
            var column = new EmbeddedColumn(plain, categories, width) { TakesUnknown = takesUnknown };
            int[] numbers = [.. Enumerable.Range(0, rows)
                .Select(row => key.Fold(3).Below(categories + (takesUnknown ? 1 : 0), row) - (takesUnknown ? 1 : 0))];
            T Number(int row, int input) => T.CreateTruncating(key.Fold(4).Normal((row * plain) + input));
            var embedded = Matrix.Create(rows, plain + 1, (row, input) =>
                input == plain ? T.CreateTruncating(numbers[row]) : Number(row, input));
            var oneHot = Matrix.Create(rows, plain + categories, (row, input) => input < plain ? Number(row, input)
                : input - plain == numbers[row] ? T.One : T.Zero);
            var targets =
                new RealTargets<T>(Matrix.Create(rows, outputs,
                    (row, output) => T.CreateTruncating(key.Fold(5).Normal((row * 3) + output))));

            var network =
                new Network(plain + 1,
                    [new Embedding(column) { TableInitializer = Initializer.Normal(1) }, new Tanh(), new Dense(outputs)]);
            var model = network.Initialize<T>(7);
            var table = model.Parameters.View(0);
            var dense = new Network(plain + categories, [new Dense(plain + width), new Tanh(), new Dense(outputs)]);
            var weights = Matrix.Create(plain + categories, plain + width, (row, at) => row < plain || at < plain
                ? row == at ? T.One : T.Zero
                : table[row - plain, at - plain]);
            var same = new Model<T>(dense, new ParameterVector<T>(dense.ParameterLayout,
                [.. weights.Values, .. new T[plain + width], .. model.Parameters.Values[table.Values.Length..]]),
                new ParameterVector<T>(dense.StatisticLayout, []));

            StateBits.AssertSame("prediction", same.Predict(oneHot).Values, model.Predict(embedded).Values);
            var (loss, gradient) = Inside.Differentiate(model, new MeanSquaredError(), new Batch<T>(embedded, targets), default);
            var (denseLoss, denseGradient) = Inside.Differentiate(same, new MeanSquaredError(), new Batch<T>(oneHot, targets), default);
            Assert.Equal(denseLoss, loss);
            var expected = denseGradient.View(0);
            StateBits.AssertSame("gradient of the table",
                [.. Enumerable.Range(0, categories * width).Select(i => expected[plain + (i / width), plain + (i % width)])],
                gradient.View(0).Values);
        }
    }

    [Fact]
    public void Plain_inputs_come_first_then_a_row_for_each_column()
    {
        var network = new Network(4, [new Embedding(new EmbeddedColumn(2, 3, 2) { TakesUnknown = true }, new EmbeddedColumn(0, 2, 1))]);
        Assert.Equal(5, network.Outputs);
        var model = new Model<double>(network, new ParameterVector<double>(network.ParameterLayout, [1, 2, 3, 4, 5, 6, 70, 80]),
            new ParameterVector<double>(network.StatisticLayout, []));
        Assert.Equal([0.5, 0.25, 5, 6, 80], model.Predict(Matrix.Create<double>(1, 4, [1, 0.5, 2, 0.25])).Values.ToArray());
        Assert.Equal([0.5, 0.25, 0, 0, 70], model.Predict(Matrix.Create<double>(1, 4, [-0.0, 0.5, -1, 0.25])).Values.ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-2147483648.0)]
    [InlineData(4294967296.0)]
    public void What_is_no_number_of_a_category_is_refused_with_column_and_number(double number)
    {
        var network = new Network(2, [new Embedding(new EmbeddedColumn(1, 3, 2) { Name = "plan" }), new Dense(1)]);
        var (model, inputs) = (network.Initialize(1), Matrix.Create<float>(2, 2, [0, 1, 0, (float)number]));
        var expected = FormattableString.Invariant(
            $"column \"plan\": found {number}, expected the number of a category, a whole number from 0 to 2");
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => model.Predict(inputs)).Message, StringComparison.Ordinal);
        var data = new DataSet<float>(inputs, new RealTargets<float>(Matrix.Create<float>(2, 1, [0, 1])));
        var start = model.Train(new Sgd(0.1));
        foreach (var threads in (int[])[1, 3])
        {
            Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() =>
                start.Epochs(data.InOrder(1), new MeanSquaredError(), new Parallelism(threads)).First()).Message, StringComparison.Ordinal);
        }

        // Nothing is left broken behind.
        Assert.Equal(model.Predict(Matrix.Create<float>(1, 2, inputs.Row(0))), model.Predict(Matrix.Create<float>(1, 2, [0, 1])));
        Assert.Equal(1, start.Epochs(data.Pick([0]).InOrder(1), new MeanSquaredError()).First().Epoch);
    }

    [Fact]
    public void Minus_one_is_taken_where_it_is_said_and_other_negatives_are_not()
    {
        var network = new Network(1, [new Embedding(new EmbeddedColumn(0, 3, 2) { TakesUnknown = true })]);
        var model = network.Initialize(1);
        Assert.Equal([0f, 0f], model.Predict(Matrix.Create<float>(1, 1, [-1])).Values.ToArray());
        Assert.Contains("from −1 to 2", Assert.Throws<ArgumentException>(() => model.Predict(Matrix.Create<float>(1, 1, [-2147483648f])))
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_are_named_with_their_fix()
    {
        var column = new EmbeddedColumn(1, 3, 2) { Name = "plan" };
        Assert.Contains("layer 2 (Embedding): column \"plan\" holds numbers of categories", Fault(new Dense(3), new Embedding(column)),
            StringComparison.Ordinal);
        Assert.Contains("layer 2 (Sequence)", Fault(new Dropout(0.5), new Sequence(new Embedding(column))), StringComparison.Ordinal);
        Assert.Contains("would be added as quantities", Fault(new Residual(new Embedding(column), new Dense(2))), StringComparison.Ordinal);
        Assert.Contains("position 5 with 3 categories", Fault(new Embedding(column with { Position = 5 })), StringComparison.Ordinal);
        Assert.Contains("with 0 categories", Fault(new Embedding(column with { Categories = 0 })), StringComparison.Ordinal);
        Assert.Contains("the position 1 is there 2 times", Fault(new Embedding(column, column)), StringComparison.Ordinal);
        Assert.Contains("there are no columns to embed", Fault(new Embedding([])), StringComparison.Ordinal);
        Assert.Equal([column], new Network(2, [new Sequence(new Embedding(column), new Tanh())]).EmbeddedColumns.ToArray());
    }

    private static string Fault(params Layer[] layers) => Assert.Throws<ArgumentException>(() => new Network(2, [.. layers])).Message;
}
