using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>The verbs go in any order: none disturbs the run, and every chain has one end with a reason at most.</summary>
public class VerbOrderLaws
{
    private const int Epochs = 6;
    private static readonly CategoricalCrossEntropy Loss = new();
    private static readonly DataSet<float> Spiral = Generate.Spiral(samples: 10, classes: 2, seed: 0);
    private static readonly TrainingState<float> Start =
        new Network(2, [new Dense(5), new BatchNormalization(), new Relu(), new Dropout(0.2), new Dense(2), new Softmax()]).Initialize(1)
            .Train(new Adam(0.3), seed: 5);

    private static readonly TrainingState<float>[] Plain = [.. Start.Epochs(Spiral.Shuffled(4), Loss).Take(Epochs)];

    internal delegate IEnumerable<TrainingState<float>> Verb(IEnumerable<TrainingState<float>> states, CancellationToken token);

    /// <summary>Some verbs in some order, with a token that is cancelled after so many rows.</summary>
    public sealed record Chain(string[] Verbs, int CancelledAfter)
    {
        /// <summary>The verbs that a chain draws from.</summary>
        internal static Dictionary<string, Verb> Known { get; } = new()
        {
            ["Validate"] = (states, _) => states.Validate(Spiral),
            ["Do"] = (states, _) => states.Do(_ => { }),
            ["Log"] = (states, _) => states.Log(new LoggedLines()),
            ["Best"] = (states, _) => states.Best(state => state.Training.Loss),
            ["StopEarly"] = (states, _) => states.StopEarly(2, 0.01, state => state.Training.Loss),
            ["Progress"] =
                (states, _) =>
                    states.Progress(Epochs,
                        Spectre.Console.AnsiConsole.Create(new() { Out = new Spectre.Console.AnsiConsoleOutput(new StringWriter()) })),
            ["Within"] = (states, _) => states.Within(TimeSpan.FromDays(1), new ManualClock()),
            ["Until"] = (states, token) => states.Until(token),
            ["Select"] = (states, _) => states.Select(state => state),
        };

        public TrainingState<float>[] States
        {
            get
            {
                using var cancellation = new CancellationTokenSource();
                var data = new DataSet<float>(new CancellingRows(Spiral.Inputs, CancelledAfter, cancellation), Spiral.Targets);
                return [.. Verbs.Aggregate(Start.Epochs(data.Shuffled(4), Loss).Take(Epochs),
                    (states, verb) => Known[verb](states, cancellation.Token))];
            }
        }

        public override string ToString() => $"{string.Join(".", Verbs)}, cancelled after {CancelledAfter} rows";

        public static Arbitrary<Chain> Any() => Arb.From(
            from verbs in Gen.Elements(Known.Keys.ToArray()).ListOf()
            from after in Gen.OneOf(Gen.Constant(int.MaxValue), Gen.Choose(1, Epochs * Spiral.Count))
            select new Chain([.. verbs.Take(8)], after),
            Simpler);

        private static IEnumerable<Chain> Simpler(Chain chain) =>
            Enumerable.Range(0, chain.Verbs.Length).Select(i => chain with { Verbs = [.. chain.Verbs.Where((_, j) => j != i)] });
    }

    [Property(MaxTest = 200, Arbitrary = [typeof(Chain)])]
    public void Any_order_passes_on_the_run_as_it_is_and_has_one_end(Chain chain)
    {
        var states = chain.States;
        var epochs = states.Where(state => state.Stopped.IsNone).ToArray();
        var ends = states.Where(state => state.Stopped.IsSome).ToArray();
        Assert.All(epochs.Zip(Plain), pair => StateBits.AssertSame(pair.Item2, pair.Item1));
        Assert.True(epochs.Length <= Plain.Length && ends.Length <= 1);
        Assert.Equal(chain.Verbs.Contains("Validate"), states.All(state => state.Validation.IsSome));

        var isCancelled = chain.CancelledAfter < int.MaxValue && chain.Verbs.Contains("Until");
        var isClosed = chain.Verbs.Any(verb => verb is "Best" or "StopEarly");
        if (isClosed || epochs.Length == 0)
        {
            Assert.True(states[^1].Stopped.IsSome);
        }

        // Behind a verb of LINQ's the token ends the chain there, out of reach of a closing verb before.
        var isHidden = isCancelled
            && Array.LastIndexOf(chain.Verbs, "Select") > Array.FindLastIndex(chain.Verbs, verb => verb is "Best" or "StopEarly");
        if (isClosed && epochs.Length > 0 && !isHidden)
        {
            StateBits.AssertSame(epochs.MinBy(state => state.Training.Loss)!, states[^1]);
        }
        else if (ends.Length > 0 && !isHidden)
        {
            StateBits.AssertSame(epochs.LastOrDefault() ?? Start with { Objective = Loss }, states[^1]);
        }

        if (!isCancelled && !chain.Verbs.Contains("StopEarly"))
        {
            Assert.Equal(Epochs, epochs.Length);
        }
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(Chain)])]
    public void A_cancelled_chain_ends_in_the_epoch_and_goes_on_to_the_same_bits(Chain chain)
    {
        // With LINQ's own verb between, the token is looked at after each state only.
        var cancelled =
            chain with
            {
                Verbs = [.. chain.Verbs.Where(verb => verb is not ("Select" or "StopEarly" or "Best")), "Until"],
                CancelledAfter = chain.CancelledAfter % (Epochs * Spiral.Count)
            };
        var states = cancelled.States;
        var last = states[^1];
        Assert.True(last.Epoch == Epochs || last.Stopped.IsSome);
        Assert.InRange(last.Epoch, Math.Max(0, (cancelled.CancelledAfter / Spiral.Count) - 1),
            (cancelled.CancelledAfter + 3) / Spiral.Count);
        var rest = Epochs - last.Epoch;
        StateBits.AssertSame(Plain[^1], rest == 0 ? last : last.Epochs(Spiral.Shuffled(4), Loss).Take(rest).Last());
    }
}
