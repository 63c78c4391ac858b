using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>The range test: what it does to the rate, what it suggests, and that it leaves the model alone.</summary>
public class LearningRateRangeTests
{
    private static readonly CategoricalCrossEntropy Loss = new();
    private static readonly DataSet<float> Spiral = Generate.Spiral(samples: 100, classes: 3, seed: 0);
    private static readonly Model<float> Model = new Network(2, [new Dense(32), new Relu(), new Dense(3), new Softmax()]).Initialize(1);

    /// <summary>Numbers from references/learning_rate_range.py.</summary>
    [Theory]
    [InlineData(17,
        new[] { 2.2952, 2.2776, 2.3095, 2.2732, 2.2277, 2.2537, 2.2747, 2.2211, 2.0904, 1.9989, 1.9502, 1.8841, 1.6496, 1.6262, 1.4407,
            1.3351, 1.224, 1.1307, 1.0807, 1.0438, 0.9328, 0.9684, 0.8381, 0.8681, 0.8808, 0.8298, 0.7804, 0.7663, 0.7858, 0.8171, 0.7537,
            0.7925, 0.8193, 0.9563, 1.121, 1.3881, 1.6767, 2.1209, 2.6635, 3.2748 })]
    [InlineData(19,
        new[] { 2.3152, 2.3381, 2.3123, 2.2288, 2.3366, 2.3099, 2.2554, 2.3038, 2.2823, 2.2638, 2.2296, 2.2266, 2.123, 2.0989, 2.0142,
            1.9815, 1.8485, 1.7111, 1.5553, 1.4474, 1.3321, 1.202, 1.1816, 1.0867, 0.8377, 0.831, 0.8811, 0.8428, 0.8559, 0.8427, 0.9283,
            0.7601, 0.8174, 1.0377, 1.147, 1.4065, 1.6858, 2.0465, 2.6337, 3.2063 })]
    [InlineData(18,
        new[] { 2.3091, 2.2733, 2.2786, 2.1768, 2.3884, 2.3549, 2.2804, 2.3339, 2.3072, 2.2626, 2.335, 2.2646, 2.2553, 2.2202, 2.2659,
            2.215, 2.2152, 2.1142, 2.0933, 1.9679, 1.962, 1.8188, 1.701, 1.5719, 1.3676, 1.3321, 1.285, 1.0072, 0.9279, 0.8812, 0.9549,
            0.8871, 0.9364, 1.0044, 1.1483, 1.4038, 1.7144, 2.1803, 2.5745, 3.1837 })]
    public void The_suggestion_is_that_of_an_independent_count(int valley, double[] losses)
    {
        System.Collections.Immutable.ImmutableArray<LearningRatePoint> curve =
            [.. losses.Select((loss, i) => new LearningRatePoint(1e-5 * Math.Pow(1e5, i / 39.0), loss, loss))];
        Assert.Equal(valley, LearningRateSuggestion.Valley(curve));
    }

    [Fact]
    public void Nothing_is_suggested_where_nothing_falls()
    {
        System.Collections.Immutable.ImmutableArray<LearningRatePoint> rising =
            [.. Enumerable.Range(1, 20).Select(i => new LearningRatePoint(i, i, i))];
        Assert.True(LearningRateSuggestion.Valley(rising).IsNone && LearningRateSuggestion.Valley([]).IsNone);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Rates_grow_by_a_factor_whatever_the_step_the_schedule_and_the_decay(int stepsBefore)
    {
        var start = Model.Train(new Adam(new CosineDecay(0.1, 50)) { Decay = 0.1 }.ClipByGlobalNorm(1));
        start = start.Run(Spiral.Shuffled(16).Epoch(start.Key, 0).Take(stepsBefore), Loss);
        var range = LearningRateRange.Test(start, Spiral.Shuffled(16), Loss, from: 1e-6, to: 1e-2, steps: 41);
        Assert.Equal(41, range.Points.Length);
        Assert.All(range.Points.Select((point, i) => (point, i)),
            pair => Assert.Equal(1e-6 * Math.Pow(10, pair.i / 10.0), pair.point.Rate, 1e-12));

        // The losses are those of training at these rates.
        var (state, batches) =
            (start, Spiral.Shuffled(16).Epoch(start.Key, 0).Concat(Spiral.Shuffled(16).Epoch(start.Key, 1))
                .Concat(Spiral.Shuffled(16).Epoch(start.Key, 2)));
        foreach (var (batch, point) in batches.Zip(range.Points))
        {
            state = (state with { Training = default, Optimizer = new Adam(point.Rate).ClipByGlobalNorm(1) }).Step(batch, Loss);
            Assert.Equal(state.Training.Loss, point.Loss, 1e-6);
        }
    }

    [Fact]
    public void The_suggestion_trains()
    {
        var range = LearningRateRange.Test(Model.Train(new Adam()), Spiral.Shuffled(32), Loss);
        var rate = range.Suggestion.IfNone(double.NaN);
        Assert.InRange(rate, 1e-3, 0.5);
        double LossAt(double chosen) => Model.Train(new Adam(chosen)).Epochs(Spiral.Shuffled(32), Loss).Take(60).Last().Training.Loss;
        Assert.InRange(LossAt(rate), 0, 0.95 * Math.Min(LossAt(rate / 100), LossAt(rate * 1000)));
    }

    [Fact]
    public void The_smoothed_loss_is_the_corrected_average()
    {
        var range = LearningRateRange.Test(Model.Train(new Sgd(0.1)), Spiral.Shuffled(32), Loss, steps: 30);
        Assert.Equal(range.Points[0].Loss, range.Points[0].Smoothed, 1e-12);
        var third =
            ((0.98 * 0.98 * range.Points[0].Loss) + (0.98 * range.Points[1].Loss) + range.Points[2].Loss) / ((0.98 * 0.98) + 0.98 + 1);
        Assert.Equal(third, range.Points[2].Smoothed, 1e-12);
        Assert.Equal(30 - 3 - 5, range.Curve.Length);
    }

    [Property(MaxTest = 40, Arbitrary = [typeof(TrainingGenerators)])]
    public void The_state_is_untouched_and_the_same_call_gives_the_same_bits(TrainingCase run)
    {
        var start = run.Start<float>();
        var before = StateBits.Of(start);
        var first = LearningRateRange.Test(start, run.Batches<float>(), run.Loss, steps: 25, parallelism: Parallelism.None);
        Assert.Equal(before, StateBits.Of(start));
        var second = LearningRateRange.Test(start, run.Batches<float>(), run.Loss, steps: 25, parallelism: new Parallelism(3));
        Assert.Equal(first, second);
        Assert.Equal(first.ToString(), second.ToString());
        Assert.NotEmpty(first.ToString());
    }

    [Theory]
    [InlineData(new[] { 2.0, 1, 3, 3, 3 }, 0)]
    [InlineData(new[] { 3.0, 3, 2, 4, 4 }, 1)]
    [InlineData(new[] { 3.0, 2, 1, 4, 4 }, 0)]
    [InlineData(new[] { 6.0, 5, 4, 3, 2, 1 }, 2)]
    public void A_short_fall_at_the_start_of_the_curve_is_on_the_curve(double[] losses, int expected) =>
        Assert.Equal(expected,
            LearningRateSuggestion.Valley([.. losses.Select((loss, i) => new LearningRatePoint(i, loss, loss))]).IfNone(-1));

    [Fact]
    public void It_ends_when_the_loss_explodes_or_a_number_does()
    {
        var line = new DataSet<float>(Matrix.Column(1f, 2, 3, 4), new RealTargets<float>(Matrix.Column(2f, 4, 6, 8)));
        var start = new Network(1, [new Dense(1)]).Initialize(3).Train(new Sgd(0.1));
        var exploding = LearningRateRange.Test(start, line.FullBatch(), new MeanSquaredError(), from: 1e-3, to: 10);
        Assert.StartsWith("the loss was 4 times its least at the rate ", exploding.End, StringComparison.Ordinal);
        Assert.InRange(exploding.Points.Length, 20, 99);
        Assert.True(exploding.Suggestion.IsSome);

        var atOnce = LearningRateRange.Test(start, line.FullBatch(), new MeanSquaredError(), from: 1e30, to: 1e38);
        Assert.True(atOnce.Suggestion.IsNone);
        Assert.StartsWith("no suggestion: the loss did not fall over enough steps; begin at a smaller rate or take more steps; ",
            atOnce.ToString(), StringComparison.Ordinal);

        var bad = new DataSet<float>(Matrix.Column(1f, float.NaN), new RealTargets<float>(Matrix.Column(2f, 4)));
        var none = LearningRateRange.Test(start, bad.FullBatch(), new MeanSquaredError());
        Assert.Equal(("a number was not finite at the rate 1E-07", 0), (none.End, none.Points.Length));
        Assert.EndsWith("; 0 of 100 steps, a number was not finite at the rate 1E-07", none.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_prints_a_curve_with_a_mark_under_the_suggestion()
    {
        var range = LearningRateRange.Test(Model.Train(new Adam()), Spiral.Shuffled(32), Loss);
        var lines = range.ToString().Split(Environment.NewLine);
        Assert.Equal(13, lines.Length);
        Assert.StartsWith("suggested learning rate ", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.InRange(line.Length, 1, 71));
        Assert.Contains('▲', lines[11]);
        Assert.Matches("^ +1E-07 +10$", lines[12]);
    }

    [Fact]
    public void Wrong_ranges_say_what_was_expected()
    {
        var start = Model.Train(new Adam());
        AssertStarts("the rates go from 0 to 10, expected a range that begins above 0 and ends higher",
            () => LearningRateRange.Test(start, Spiral.Shuffled(16), Loss, from: 0));
        AssertStarts("the rates go from 1 to 0.1, expected a range that begins above 0 and ends higher",
            () => LearningRateRange.Test(start, Spiral.Shuffled(16), Loss, 1, 0.1));
        AssertStarts("5 steps make no curve, expected 20 or more",
            () => LearningRateRange.Test(start, Spiral.Shuffled(16), Loss, steps: 5));
        AssertStarts("the data has no rows: there is nothing to learn from",
            () => LearningRateRange.Test(start, Spiral.Take(0).Shuffled(16), Loss));
        var diverged = start with { Divergence = new Divergence(0, "inputs", "value", 0, double.NaN) };
        AssertStarts("the state has diverged: a range test would end at once; take an earlier state",
            () => LearningRateRange.Test(diverged, Spiral.Shuffled(16), Loss));

        static void AssertStarts(string message, Func<object> call) =>
            Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
    }
}
