using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LanguageExt;

namespace FunctionalNN.Tests;

/// <summary>The verbs over a sequence of states: lazy, and with a meaning that a few lines of plain code spell out.</summary>
public class VerbLaws
{
    private static readonly TrainingState<float> Blank = new Network(1, [new Dense(1)]).Initialize(0).Train(new Sgd(0.1));

    /// <summary>The losses of the epochs of a run: few different numbers, so that there are ties.</summary>
    public sealed record Losses(double[] Values, int Patience, double MinimumChange)
    {
        public int Pulled { get; private set; }

        public IEnumerable<TrainingState<float>> States => Values.Select((_, i) =>
        {
            Pulled++;
            return Blank with { Epoch = i + 1 };
        });

        public IEnumerable<TrainingState<float>> Stopped => States.StopEarly(Patience, MinimumChange, state => Values[state.Epoch - 1]);

        public override string ToString() => $"[{string.Join(", ", Values)}], patience {Patience}, minimum change {MinimumChange}";

        public static Arbitrary<Losses> Any() => Arb.From(
            from values in Gen.Choose(0, 6).Select(value => value / 2.0).ListOf()
            from patience in Gen.Choose(1, 4)
            from change in Gen.Elements(0, 0.5, 1)
            select new Losses([.. values], patience, change),
            Simpler);

        private static IEnumerable<Losses> Simpler(Losses losses) =>
            Enumerable.Range(0, losses.Values.Length).Select(i => losses with { Values = [.. losses.Values.Where((_, j) => j != i)] });
    }

    [Property(MaxTest = 500, Arbitrary = [typeof(Losses)])]
    public void StopEarly_passes_states_on_until_patience_ends_and_closes_with_the_best(Losses losses)
    {
        var (mark, stale, seen) = (-1, 0, 0);
        for (; seen < losses.Values.Length && stale < losses.Patience; seen++)
        {
            var isBetter = mark < 0 || losses.Values[seen] < losses.Values[mark] - losses.MinimumChange;
            (mark, stale) = isBetter ? (seen, 0) : (mark, stale + 1);
        }

        var states = losses.Stopped.ToArray();
        var best = Array.IndexOf(losses.Values, losses.Values.Take(seen).DefaultIfEmpty().Min());
        int[] expected = seen == 0 ? [] : [.. Enumerable.Range(1, seen), best + 1];
        Assert.Equal(expected, states.Select(state => state.Epoch));
        Assert.All(states.SkipLast(1), state => Assert.True(state.Stopped.IsNone));
        Assert.All(states.TakeLast(1), state => Assert.True(state.Stopped.IsSome));
        Assert.Equal(seen, losses.Pulled);
    }

    [Property(MaxTest = 200, Arbitrary = [typeof(Losses)])]
    public void Without_a_minimum_change_the_first_of_the_least_wins(Losses losses)
    {
        var patient = losses with { Patience = 1000, MinimumChange = 0 };
        if (losses.Values.Length > 0)
        {
            Assert.Equal(Array.IndexOf(losses.Values, losses.Values.Min()) + 1, patient.Stopped.Last().Epoch);
        }
    }

    [Fact]
    public void A_metric_of_NaN_is_worse_than_any_number()
    {
        Assert.Equal(3, new Losses([double.NaN, 2, 1, double.NaN, 1.5], 10, 0).Stopped.Last().Epoch);
        Assert.Equal(2, new Losses([double.PositiveInfinity, 5, double.NaN], 10, 0.5).Stopped.Last().Epoch);
        Assert.Equal(1, new Losses([double.NaN, double.NaN], 10, 0).Stopped.Last().Epoch);
        Assert.Equal(2, new Losses([double.NaN, double.NaN, 1], 1, 0).Stopped.Count() - 1);
    }

    [Fact]
    public void StopEarly_of_a_diverged_run_closes_with_the_best_before()
    {
        var diverged = Blank with { Epoch = 2, Divergence = new Divergence(7, "dense1", "output", 0, double.NaN) };
        var states =
            new[] { Blank with { Epoch = 1 }, Blank with { Epoch = 2 }, diverged, Blank with { Epoch = 3 } }.StopEarly(5, 0,
                state => state.Epoch).ToArray();
        Assert.Equal([1, 2, 2, 1], states.Select(state => state.Epoch));
        Assert.Contains("diverged", states[^1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void StopEarly_without_a_metric_watches_the_validation_loss()
    {
        var states = new[] { 3.0, 1, 2 }.Select((loss, i) => Blank with { Epoch = i + 1, Validation = new Metrics(1, loss, 0, 0, 1) });
        Assert.Equal(2, states.StopEarly(patience: 9).Last().Epoch);
        Assert.Contains("Validate", Assert.Throws<InvalidOperationException>(() => new[] { Blank }.StopEarly(1).ToArray()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_settings_are_refused_at_once()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Array.Empty<TrainingState<float>>().StopEarly(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Array.Empty<TrainingState<float>>().StopEarly(1, -0.1));
    }

    [Property(Arbitrary = [typeof(TrainingGenerators)])]
    public void Nothing_is_computed_before_it_is_asked_for(TrainingCase run)
    {
        var rows = new CountedRows(run.Data.Create<float>());
        var data = new DataSet<float>(rows, run.Data.Create<float>().Targets);
        var (done, validated) = (0, new CountedRows(run.Data.Create<float>()));
        var states = run.Start<float>().Epochs(data.Shuffled(run.BatchSize), run.Loss)
            .Do(_ => done++)
            .Validate(new DataSet<float>(validated, data.Targets))
            .StopEarly(patience: 1000);
        Assert.Equal((0, 0, 0), (rows.Gathered, done, validated.Gathered));
        using var walk = states.GetEnumerator();
        walk.MoveNext();
        Assert.Equal(1, done);
        if (walk.Current.Divergence.IsNone)
        {
            Assert.Equal((data.Count, data.Count), (rows.Gathered, validated.Gathered));
        }
    }

    [Property(Arbitrary = [typeof(TrainingGenerators)])]
    public void Validate_measures_and_Do_watches_without_touching_the_run(TrainingCase run)
    {
        var (data, watched) = (run.Data.Create<float>(), new List<TrainingState<float>>());
        var plain = run.Start<float>().Epochs(run.Batches<float>(), run.Loss).Take(run.Epochs).ToArray();
        var measured = run.Start<float>().Epochs(run.Batches<float>(), run.Loss).Validate(data).Do(watched.Add).Take(run.Epochs).ToArray();
        Assert.Equal(measured, watched);
        Assert.Equal(plain.Length, measured.Length);
        foreach (var (expected, state) in plain.Zip(measured))
        {
            StateBits.AssertSame(expected, state);
            Assert.Equal(state.Divergence.IsNone, state.Validation.IsSome);
            state.Validation.IfSome(metrics => StateBits.AssertSame(expected.Model.Evaluate(data, run.Loss), metrics));
        }
    }

    [Property(Arbitrary = [typeof(TrainingGenerators)])]
    public void Epochs_end_at_a_diverged_state_and_nowhere_else(TrainingCase run)
    {
        var states = run.Start<float>().Epochs(run.Batches<float>(), run.Loss).Take(4).ToArray();
        Assert.All(states.SkipLast(1), state => Assert.True(state.Divergence.IsNone));
        Assert.True(states.Length == 4 || states[^1].Divergence.IsSome);
        Assert.All(states.Select((state, i) => (state, i)),
            pair => Assert.Equal(pair.state.Divergence.IsSome ? pair.i : pair.i + 1, pair.state.Epoch));
        Assert.All(states,
            state =>
                Assert.True(state.Model.Parameters.Values.ToArray().All(float.IsFinite)
                    && state.Model.Statistics.Values.ToArray().All(float.IsFinite)));
    }

    /// <summary>Counts the rows that are read.</summary>
    private sealed class CountedRows(DataSet<float> data) : RowSource<float>
    {
        private int gathered;

        public int Gathered => gathered;

        public override int Count => data.Count;

        public override int Width => data.Inputs.Width;

        public override void Gather(ReadOnlySpan<int> rows, Span<float> destination)
        {
            Interlocked.Add(ref gathered, rows.Length);
            data.Inputs.Gather(rows, destination);
        }
    }
}
