using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Comparison and search: independent of threads, fair, and stopped by no single run.</summary>
public class SearchTests
{
    private static readonly CategoricalCrossEntropy Loss = new();
    private static readonly (DataSet<float> Training, DataSet<float> Test) Spiral = Generate.Spiral(samples: 40, classes: 3, seed: 0)
        .Split(0.25, seed: 1);

    private static Network Net(int width) =>
        new(2, [new Dense(width), new BatchNormalization(), new Relu(), new Dropout(0.1), new Dense(3), new Softmax()]);

    private static IEnumerable<TrainingState<float>> Run((double Rate, int Width) settings) =>
        Net(settings.Width).Initialize(1).Train(new Adam(settings.Rate), seed: 2)
            .Epochs(Spiral.Training.Shuffled(16), Loss, Parallelism.None)
            .Validate(Spiral.Test, Parallelism.None);

    private static (double Rate, int Width)[] Grid =>
        [.. from rate in (double[])[0.1, 0.01, 1e-4, 1e30] from width in (int[])[2, 16] select (rate, width)];

    private static void AssertSame<TSettings>(Comparison<TSettings, float> expected, Comparison<TSettings, float> actual)
    {
        Assert.Equal(expected, actual);
        Assert.Equal(expected.ToString(), actual.ToString());
        Assert.Equal(expected.Trials.Length, actual.Trials.Length);
        foreach (var (one, other) in expected.Trials.Zip(actual.Trials))
        {
            Assert.Equal((one.Name, one.End, one.Score), (other.Name, other.End, other.Score));
            Assert.Equal(one.Curve.AsEnumerable(), other.Curve);
            Assert.Equal(one.Best.IsSome, other.Best.IsSome);
            one.Best.IfSome(best => StateBits.AssertSame(best, other.Best.IfNone(() => throw new InvalidOperationException())));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_number_of_threads_gives_the_same_bits(bool isHalved)
    {
        Comparison<(double, int), float> With(int threads) =>
            Search.Over(Grid, Run, epochs: 9, isHalved ? new Halving(1, 2) : null, parallelism: new Parallelism(threads));
        var alone = With(1);
        AssertSame(alone, With(2));
        AssertSame(alone, With(8));
        AssertSame(alone, With(8));
    }

    [Fact]
    public void A_run_of_a_search_is_the_run_alone()
    {
        var trials = Search.Over(Grid, Run, epochs: 4).Trials;
        foreach (var trial in trials.Where(trial => trial.End == "all epochs done"))
        {
            var states = Run(trial.Settings).Take(4).ToArray();
            Assert.Equal(states.Select(state => new TrialPoint(state.Epoch, state.Training, state.Validation)), trial.Curve);
            StateBits.AssertSame(states.MinBy(Watched.ValidationLoss)!, trial.Best.IfNone(() => throw new InvalidOperationException()));
            Assert.Equal(states.Min(Watched.ValidationLoss), trial.Score);
        }

        Assert.Contains(trials, trial => trial.End == "all epochs done");
    }

    [Fact]
    public void A_run_that_diverges_or_throws_is_a_row_with_its_reason()
    {
        IEnumerable<TrainingState<float>> Some(string how) => how switch
        {
            "good" => Run((0.01, 8)),
            "diverges" => Run((1e38, 8)),
            "throws at once" => throw new InvalidOperationException("no such thing"),
            "throws later" => Run((0.01, 8)).Do(state =>
            {
                if (state.Epoch == 3)
                {
                    throw new IOException("disk full");
                }
            }),
            "ends" => Run((0.01, 8)).Take(2),
            "stops" => Run((1e-9, 8)).StopEarly(1, minimumChange: 1),
            "does not fit" =>
                new Network(5, [new Dense(3), new Softmax()]).Initialize(0).Train(new Sgd(0.1)).Epochs(Spiral.Training.Shuffled(8), Loss),
            _ => new Network(2, [new Dense(3), new Softmax()]).Initialize(0).Train(new Sgd(0.1)).Epochs(Spiral.Training.Shuffled(8), Loss),
        };

        string[] names = ["good", "diverges", "throws at once", "throws later", "ends", "stops", "does not fit", "unvalidated"];
        var trials = Search.Over(names, Some, epochs: 5, parallelism: new Parallelism(3)).Trials;
        Assert.Equal(names, trials.Select(trial => trial.Name));
        Assert.Equal([5, 0, 0, 2, 2, 2, 0, 1], trials.Select(trial => trial.Curve.Length));
        Assert.Equal("all epochs done", trials[0].End);
        Assert.StartsWith("diverged at step ", trials[1].End, StringComparison.Ordinal);
        Assert.Equal("InvalidOperationException: no such thing", trials[2].End);
        Assert.Equal("IOException: disk full", trials[3].End);
        Assert.Equal("the sequence ended", trials[4].End);
        Assert.StartsWith("best state, epoch ", trials[5].End, StringComparison.Ordinal);
        Assert.StartsWith("ArgumentException: the data has 2 columns, the network takes 5 inputs", trials[6].End, StringComparison.Ordinal);
        Assert.Equal(
            "InvalidOperationException: a search watches the validation loss, but the states were not validated: put .Validate(heldOut) "
                + "before it, or give it a metric", trials[7].End);
        Assert.Equal([true, false, false, true, true, true, false, false], trials.Select(trial => trial.Best.IsSome));
    }

    [Fact]
    public void A_search_in_which_nothing_has_a_score_says_how_each_run_ended()
    {
        var failed =
            Search.Over(["a", "b"], IEnumerable<TrainingState<float>> (name) => throw new InvalidOperationException($"not {name}"),
                epochs: 2);
        Assert.Equal(
            $"no run has a score:{Environment.NewLine}a: InvalidOperationException: not a{Environment.NewLine}b: "
                + $"InvalidOperationException: not b",
            Assert.Throws<InvalidOperationException>(() => failed.Best).Message);
        Assert.Equal("an ensemble takes one model or more, none was given",
            Assert.Throws<ArgumentException>(() => failed.Ensemble(2)).Message);
        Assert.Contains("not a", failed.ToString(), StringComparison.Ordinal);

        var unmeasured = Search.Over([0.1], rate => Run((rate, 4)), epochs: 2, metric: _ => double.NaN);
        Assert.Equal(("all epochs done", true, 2),
            (unmeasured.Trials[0].End, double.IsNaN(unmeasured.Trials[0].Score), unmeasured.Trials[0].Curve.Length));
    }

    [Fact]
    public void Halving_keeps_the_best_of_each_rung_and_trains_nothing_twice()
    {
        var trained = 0;
        var plain = Search.Over(Grid, Run, epochs: 8, parallelism: Parallelism.None);
        var halved = Search.Over(Grid, settings => Run(settings).Do(_ => Interlocked.Increment(ref trained)), epochs: 8, new Halving(2, 2));

        // Two of the eight diverge at once: 6 run 2 epochs, 3 run 4, 1 runs 8.
        Assert.Equal([0, 0, 2, 2, 2, 4, 4, 8], halved.Trials.Select(trial => trial.Curve.Length).Order());
        Assert.Equal((6 * 2) + (3 * 2) + 4 + 2, trained);
        Assert.All(plain.Trials.Zip(halved.Trials), pair => Assert.Equal(pair.Item1.Curve.Take(pair.Item2.Curve.Length), pair.Item2.Curve));
        Assert.Equal(["all epochs done", "dropped after 2 epochs", "dropped after 4 epochs"],
            halved.Trials.Select(trial => trial.End).Where(end => !end.StartsWith("div", StringComparison.Ordinal)).Distinct().Order());

        var after2 = plain.Trials.Where(trial => trial.Curve.Length == 8).OrderBy(trial => trial.Curve.Take(2).Min(LossOf)).Take(3)
            .Select(trial => trial.Name);
        Assert.Equal(after2.Order(), halved.Trials.Where(trial => trial.Curve.Length >= 4).Select(trial => trial.Name).Order());

        static double LossOf(TrialPoint point) => point.Validation.Match(metrics => metrics.Loss, () => double.NaN);
    }

    [Theory]
    [InlineData(1, 3, 1, new int[0])]
    [InlineData(1, 3, 27, new[] { 1, 3, 9 })]
    [InlineData(2, 2, 20, new[] { 2, 4, 8, 16 })]
    [InlineData(5, 10, 4, new int[0])]
    public void Rungs_grow_by_the_factor_below_the_most(int first, int factor, int most, int[] rungs) =>
        Assert.Equal(rungs, new Halving(first, factor).Rungs(most).ToArray());

    [Property(MaxTest = 50)]
    public void Random_settings_are_addressed_by_name(int seed)
    {
        static (double, double, int, string) Choose(Draw draw) =>
            (draw.LogUniform("rate", 1e-4, 0.1), draw.Uniform("momentum", 0.5, 1), draw.Whole("width", 3, 5), draw.Of("kind", "a", "b"));
        static (string, int, double, double) Reversed(Draw draw) =>
            (draw.Of("kind", "a", "b"), draw.Whole("width", 3, 5), draw.Uniform("momentum", 0.5, 1), draw.LogUniform("rate", 1e-4, 0.1));

        var drawn = Search.Draw(30, seed, Choose).ToArray();
        Assert.Equal(drawn, Search.Draw(30, seed, Choose));
        Assert.Equal(drawn.Take(10), Search.Draw(10, seed, Choose));
        Assert.Equal(drawn, Search.Draw(30, seed, Reversed).Select(x => (x.Item4, x.Item3, x.Item2, x.Item1)));
        Assert.All(drawn, x => Assert.True(x.Item1 is >= 1e-4 and <= 0.1 && x.Item2 is >= 0.5 and <= 1 && x.Item3 is >= 3 and <= 5));
        Assert.True(drawn.Select(x => x.Item1).Distinct().Count() >= 27 && drawn.Select(x => x.Item3).Distinct().Count() > 1);
    }

    [Fact]
    public void Random_settings_can_be_typed_in_again() =>
        Assert.All(Search.Draw(100, 3, draw => draw.LogUniform("rate", 1e-4, 0.1)),
            rate => Assert.InRange(rate.ToString("R", System.Globalization.CultureInfo.InvariantCulture).TrimStart('0', '.').Length, 1, 6));

    [Fact]
    public void A_logarithm_is_drawn_uniformly()
    {
        var exponents = Search.Draw(2000, 5, draw => Math.Log10(draw.LogUniform("rate", 1e-4, 1))).ToArray();
        Assert.Equal(-2, exponents.Average(), 0.1);
        Assert.Equal(500, exponents.Count(exponent => exponent < -3), 60.0);
    }

    [Fact]
    public void A_comparison_is_one_table_of_optimizers_and_networks()
    {
        var compared = Compare.Models(
            [("plain", Net(8)),
                ("L2", new Network(2, [new Dense(8) { WeightPenalty = Penalty.L2(0.01) }, new Relu(), new Dense(3), new Softmax()]))],
            [("SGD", new Sgd(0.1)), ("Adam", new Adam(0.02)), ("too fast", new Sgd(1e38))],
            Spiral.Training.Shuffled(16), Spiral.Test, Loss, epochs: 25, seed: 3);
        Assert.Equal(["SGD, plain", "SGD, L2", "Adam, plain", "Adam, L2", "too fast, plain", "too fast, L2"],
            compared.Trials.Select(trial => trial.Name));
        Assert.Equal(100, compared.Curves.Count());

        var lines = compared.ToString().Split(Environment.NewLine);
        Assert.Equal(2 + 6, lines.Length);
        Assert.Matches("^run +end +curve +epochs +best +held-out loss +accuracy$", lines[0]);
        Assert.Matches("^(SGD|Adam), (plain|L2) +all epochs done +[▁▂▃▄▅▆▇█]{20} +25 +[0-9]+ +[0-9]\\.[0-9]{4} +[0-9]\\.[0-9]{4}$",
            lines[2]);
        Assert.Matches("^too fast, plain +diverged at step [0-9, rows]+.*… +0 +– +– +–$", lines[^2]);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 140));
        Assert.Equal(compared.Ranked.First().Score, Watched.ValidationLoss(compared.Best));
    }

    [Fact]
    public void A_score_of_ones_own_has_its_column()
    {
        var found = Search.Over(Grid, Run, epochs: 3, metric: Watched.ValidationErrorRate);
        Assert.EndsWith("  score", found.ToString().Split(Environment.NewLine)[0], StringComparison.Ordinal);
        Assert.Equal(found.Trials.Where(trial => trial.Best.IsSome).Min(trial => trial.Score), Watched.ValidationErrorRate(found.Best));
    }

    [Fact]
    public void A_cancelled_search_gives_what_it_has()
    {
        using var cancellation = new CancellationTokenSource();
        var found = Search.Over(Grid[..4], settings => Run(settings).Do(state =>
        {
            if (settings == Grid[1] && state.Epoch == 2)
            {
                cancellation.Cancel();
            }
        }), epochs: 4, parallelism: Parallelism.None, cancellation: cancellation.Token);
        Assert.Equal(["all epochs done", "cancelled after epoch 2", "cancelled before the first epoch", "cancelled before the first epoch"],
            found.Trials.Select(trial => trial.End));
        Assert.True(found.Trials[1].Best.IsSome && found.Trials[2].Best.IsNone);
    }

    [Fact]
    public void Wrong_searches_say_what_was_expected()
    {
        AssertStarts("there are no settings to try: one of the lists that the grid is made of is empty",
            () => Search.Over(Array.Empty<(double, int)>(), Run, 3));
        AssertStarts("there are no settings to try",
            () => Compare.Models([], [("SGD", new Sgd(0.1))], Spiral.Training.Shuffled(16), Spiral.Test, Loss, 3));
        AssertStarts("a search over 0 epochs trains nothing, expected 1 or more", () => Search.Over(Grid, Run, 0));
        AssertStarts("the halving's factor is 1, expected 2 or more", () => new Halving(1, 1));
        AssertStarts("the halving's first number of epochs is 0, expected 1 or more", () => new Halving(0));
        AssertStarts("rate is drawn from 0 to 1, expected a range that begins above 0 and ends higher",
            () => new Draw(default).LogUniform("rate", 0, 1));
        AssertStarts("rate is drawn from 1 to 1, expected a range that ends higher", () => new Draw(default).Uniform("rate", 1, 1));
        AssertStarts("width is drawn from 2 to 1, expected a range of whole numbers that does not end lower",
            () => new Draw(default).Whole("width", 2, 1));
        AssertStarts("kind is drawn from no values, expected one or more", () => new Draw(default).Of<string>("kind"));

        static void AssertStarts(string message, Func<object> call) =>
            Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
    }
}
