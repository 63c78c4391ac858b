using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Wherever in a chain the verb stands that ends it, a verb that promises the best state closes with it, and a checkpoint after
/// that verb keeps it.</summary>
public sealed class ClosingLaws : IDisposable
{
    private const int Most = 7;
    private static readonly CategoricalCrossEntropy Loss = new();
    private static readonly DataSet<float> Spiral = Generate.Spiral(samples: 10, classes: 2, seed: 0);
    private static readonly TrainingState<float> Start =
        new Network(2,
            [new Dense(5) { WeightPenalty = Penalty.L2(0.01) }, new Relu(), new Dropout(0.2), new Dense(2), new Softmax()]).Initialize(1)
                .Train(new Adam(0.3), seed: 5);

    private static readonly TrainingState<float>[] Plain = [.. Start.Epochs(Spiral.Shuffled(4), Loss).Validate(Spiral).Take(Most + 1)];

    private readonly TemporaryFolder folder = new();

    /// <summary>Verbs in some order with one that ends the run among them.</summary>
    public sealed record Chain(string[] Before, string End, int Count, string[] After)
    {
        private static readonly string[] Verbs =
            ["Do", "Log", "Best", "StopEarly", "Within", "Until", "Checkpoint", "Validate", "Progress"];

        /// <summary>How many epochs are run.</summary>
        public int Epochs => Math.Min(Count, Most);

        public IEnumerable<string> All => [.. Before, End, .. After];

        public override string ToString() => string.Join(".", [.. Before, $"{End}({Count})", .. After]);

        public static Arbitrary<Chain> Any() => Arb.From(
            from before in Gen.Elements(Verbs).ListOf()
            from after in Gen.Elements(Verbs).ListOf()
            from end in Gen.Elements("Take", "TakeWhile", "TakeTwice")
            from count in Gen.Choose(1, Most)
            select new Chain([.. before.Take(5)], end, count, [.. after.Take(4)]),
            chain =>
            [
                .. Enumerable.Range(0, chain.Before.Length).Select(i => chain with { Before = [.. chain.Before.Where((_, j) => j != i)] }),
                .. Enumerable.Range(0, chain.After.Length).Select(i => chain with { After = [.. chain.After.Where((_, j) => j != i)] }),
            ]);
    }

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 150, Arbitrary = [typeof(Chain)])]
    public void The_promised_state_comes_last_and_is_kept(Chain chain)
    {
        var files = new List<string>();
        var states =
            chain.All.Aggregate(Start.Epochs(Spiral.Shuffled(4), Loss).Validate(Spiral),
                (states, verb) => Apply(states, verb, chain.Count, files)).ToArray();
        var epochs = states.Where(state => state.Stopped.IsNone).ToArray();
        Assert.Equal(chain.Epochs, epochs.Length);
        Assert.All(epochs.Zip(Plain), pair => StateBits.AssertSame(pair.Item2, pair.Item1));
        var promised = chain.All.Any(verb => verb is "Best" or "StopEarly");
        Assert.Equal(epochs.Length + (promised ? 1 : 0), states.Length);
        var all = chain.All.ToArray();

        // TakeWhile looks at one state more than it passes on, and so do the verbs before it.
        bool SeesMore(int place) => chain.End == "TakeWhile" && place < chain.Before.Length;
        if (promised)
        {
            var seen =
                Plain.Take(chain.Epochs + (all.Index().Any(verb => verb.Item is "Best" or "StopEarly" && SeesMore(verb.Index)) ? 1 : 0));
            StateBits.AssertSame(seen.MinBy(Watched.ValidationLoss)!, states[^1]);
            Assert.StartsWith("best state, epoch ", states[^1].Stopped.IfNone(""), StringComparison.Ordinal);
        }

        foreach (var (file, place) in files.Zip(all.Index().Where(verb => verb.Item == "Checkpoint").Select(verb => verb.Index)))
        {
            var hasBest = all[..place].Any(verb => verb is "Best" or "StopEarly");
            StateBits.AssertSame(hasBest ? states[^1] : Plain[chain.Epochs - (SeesMore(place) ? 0 : 1)],
                TrainingState.Load<float>(file).OrThrow());
        }
    }

    [Property(MaxTest = 60)]
    public void The_end_may_stand_before_or_after(PositiveInt count, bool isBest)
    {
        var take = (count.Get % Most) + 1;
        var run = Start.Epochs(Spiral.Shuffled(4), Loss).Validate(Spiral);
        var (before, after) = isBest
            ? (run.Take(take).Best(), run.Best().Take(take))
            : (run.Take(take).StopEarly(2), run.StopEarly(2).Take(take));
        Assert.Equal(before.Select(state => state.ToString()), after.Select(state => state.ToString()));
    }

    [Fact]
    public void Nothing_is_trained_for_a_state_that_nobody_takes()
    {
        var trained = 0;
        Assert.Equal(3, Start.Epochs(Spiral.Shuffled(4), Loss).Do(_ => trained++).Take(3).Count());
        Assert.Equal(3, trained);
        Assert.Empty(Start.Epochs(Spiral.Shuffled(4), Loss).Do(_ => trained++).Take(0));
        Assert.Equal(3, trained);
    }

    [Fact]
    public void A_verb_of_ones_own_that_never_ends_is_cut()
    {
        static IEnumerable<TrainingState<float>> Again(IEnumerable<TrainingState<float>> states)
        {
            var first = states.First();
            while (true)
            {
                yield return first;
            }
        }

        Assert.Equal(4, Start.Epochs(Spiral.Shuffled(4), Loss).Through(Again).Take(4).Count());
    }

    [Property(MaxTest = 30)]
    public void Best_by_training_loss_is_the_state_whose_weights_have_it(bool isShuffled, PositiveInt rate)
    {
        var batches = isShuffled ? Spiral.Shuffled(4) : Spiral.FullBatch();
        var run = Start.Model.Train(new Sgd(0.02 * ((rate.Get % 40) + 1)) { Momentum = 0.95 }, seed: rate.Get).Epochs(batches, Loss)
            .Take(Most).ToArray();
        var best = run.Best(Watched.TrainingLoss).Last();
        double LossOf(TrainingState<float> state) =>
            state.Model.Evaluate(Spiral, Loss).Loss
                + (0.01 * state.Model.Parameters["dense1", "weights"].Values.ToArray().Sum(w => (double)w * w));
        var least = run.MinBy(LossOf)!;
        Assert.Equal(LossOf(least), LossOf(best), 1e-6);
        Assert.Equal(LossOf(best), Watched.TrainingLoss(best), 1e-5);
    }

    private IEnumerable<TrainingState<float>> Apply(IEnumerable<TrainingState<float>> states, string verb, int count, List<string> files)
    {
        var file = folder[$"{files.Count}.safetensors"];
        switch (verb)
        {
            case "Do": return states.Do(_ => { });
            case "Log": return states.Log(new LoggedLines());
            case "Best": return states.Best();
            case "StopEarly": return states.StopEarly(patience: 100);
            case "Within": return states.Within(TimeSpan.FromDays(1), new ManualClock());
            case "Until": return states.Until(default);
            case "Validate": return states.Validate(Spiral);
            case "Progress":
                return states.Progress(Most,
                Spectre.Console.AnsiConsole.Create(new() { Out = new Spectre.Console.AnsiConsoleOutput(new StringWriter()) }));
            case "Take": return states.Take(count);
            case "TakeTwice": return states.Take(count + 1).Take(count);
            case "TakeWhile": return states.TakeWhile(state => state.Epoch <= count);
            default:
                files.Add(file);
                return states.Checkpoint(file, every: 3);
        }
    }
}
