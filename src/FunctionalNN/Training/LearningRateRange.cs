using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>One step of a range test.</summary>
/// <param name="Rate">The learning rate of the step.</param>
/// <param name="Loss">The loss of its batch, with penalties, before the update.</param>
/// <param name="Smoothed">The moving average of the losses so far.</param>
public readonly record struct LearningRatePoint(double Rate, double Loss, double Smoothed)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => RecordText.Of(nameof(LearningRatePoint), PrintMembers);
}

/// <summary>
/// A learning-rate range test as a value: the loss over steps whose rate grows from step to step by the same factor,
/// rateᵢ = from·(to/from)^(i/(steps − 1)). Source: Smith, "Cyclical learning rates for training neural networks", 2015 (arXiv:1506.01186);
/// growth by a factor, smoothing and suggestion are those of fastai.
/// </summary>
/// <remarks>
/// Losses are smoothed as in fastai, by an average of which each step keeps 0.98, corrected for its start. The test ends early when a
/// number is not finite or the smoothed loss is more than four times its least.
/// </remarks>
public sealed record LearningRateRange
{
    private const double Keep = 0.98;
    private const double TooMuch = 4;

    /// <summary>The fewest points that say anything.</summary>
    private const int Least = 10;

    private LearningRateRange(double from, double to, int steps, ImmutableArray<LearningRatePoint> points, string end)
    {
        (From, To, Steps, Points, End) = (from, to, steps, points, end);
        Suggestion = LearningRateSuggestion.Valley(Curve).Map(i => Curve[i].Rate);
    }

    /// <summary>The first rate.</summary>
    public double From { get; }

    /// <summary>The last rate, if the test got there.</summary>
    public double To { get; }

    /// <summary>How many steps there were to be.</summary>
    public int Steps { get; }

    /// <summary>The steps done.</summary>
    public ImmutableArray<LearningRatePoint> Points { get; }

    /// <summary>Why the test ended.</summary>
    public string End { get; }

    /// <summary>
    /// The points that the suggestion looks at: without the first tenth, in which the average still settles, and the last five, in which it
    /// explodes, as in fastai. Empty when fewer than ten remain.
    /// </summary>
    public ImmutableArray<LearningRatePoint> Curve =>
        Points.Length - (Steps / 10) - 5 is var count and >= Least ? Points.Slice(Steps / 10, count) : [];

    /// <summary>
    /// The rate to train with, fastai's "valley": the middle of the longest fall of the smoothed loss. Of the curve's longest falling
    /// subsequence, of length n and ending at e, it is the rate of point e − n + ⌊n/3⌋ + ⌊n/6⌋. (The steepest point, the older rule, moves
    /// with a single batch.) None when the loss never fell or the test was too short.
    /// </summary>
    public Option<double> Suggestion { get; }

    /// <summary>Runs the test on a copy of the state: the state stays as it was, and the same call gives the same bits.</summary>
    /// <param name="state">Where to start. Its optimizer's rate, schedule and decay are replaced; moments and wrappers work as in
    /// training.</param>
    /// <param name="batches">The batches; as many epochs of them as the steps take.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="from">The first rate, more than 0.</param>
    /// <param name="to">The last rate, more than the first.</param>
    /// <param name="steps">How many steps, 20 or more.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">Rates or steps are out of range.</exception>
    /// <exception cref="ArgumentException">The state has diverged, or network, data, loss and optimizer do not go together.</exception>
    public static LearningRateRange Test<T>(TrainingState<T> state, Batches<T> batches, Loss loss, double from = 1e-7, double to = 10,
        int steps = 100, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Test(state, new MemoryBatches<T>(batches), loss, from, to, steps, parallelism);

    /// <summary>Runs the test on the batches of a stream.</summary>
    /// <inheritdoc cref="Test{T}(TrainingState{T}, Batches{T}, Loss, double, double, int, Parallelism?)"/>
    public static LearningRateRange Test<T>(TrainingState<T> state, StreamBatches<T> batches, Loss loss, double from = 1e-7, double to = 10,
        int steps = 100, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Test(state, new StreamSource<T>(batches), loss, from, to, steps, parallelism);

    private static LearningRateRange Test<T>(TrainingState<T> state, IBatchSource<T> batches, Loss loss, double from, double to, int steps,
        Parallelism? parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(from > 0 && to > from && double.IsFinite(to)))
        {
            throw new ArgumentOutOfRangeException(nameof(from),
                $"the rates go from {from} to {to}, expected a range that begins above 0 and ends higher");
        }

        if (steps < 20)
        {
            throw new ArgumentOutOfRangeException(nameof(steps),
                $"{steps} steps make no curve, expected 20 or more");
        }

        if (state.Divergence.IsSome)
        {
            throw new ArgumentException("the state has diverged: a range test would end at once; take an earlier state");
        }

        state = state.Named(batches);
        batches = batches.InOrderOf(state.Model);
        EpochSequence.Require(state, batches, loss, null);
        var growth = new ExponentialDecay(from, to / from, steps - 1);
        var schedule = state.Step == 0 ? growth : new Constant(0).Then(state.Step, growth);
        var run = new EpochRun<T>(state with { Optimizer = state.Optimizer with { LearningRate = schedule, Decay = 0 } }, loss);
        return Climb(state, run, batches, growth, steps, parallelism, (points, end) => new LearningRateRange(from, to, steps, points, end));
    }

    /// <inheritdoc/>
    public bool Equals(LearningRateRange? other) =>
        other is not null && (From, To, Steps, End) == (other.From, other.To, other.Steps, other.End)
            && Points.AsSpan().SequenceEqual(other.Points.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(From, To, Steps, Points.Length, End);

    /// <summary>The curve over the logarithm of the rate, with a mark under the suggestion.</summary>
    public override string ToString() => LearningRateText.Of(this);

    private static LearningRateRange Climb<T>(TrainingState<T> state, EpochRun<T> run, IBatchSource<T> batches, LearningRateSchedule rates,
        int steps, Parallelism? parallelism, Func<ImmutableArray<LearningRatePoint>, string, LearningRateRange> made)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var points = ImmutableArray.CreateBuilder<LearningRatePoint>(steps);
        var (average, weight, least, rate, end) = (0.0, 1.0, double.PositiveInfinity, 0.0, (string?)null);
        for (var epoch = state.Epoch; end is null; epoch++)
        {
            var progress = run.Advance(batches.PassOf(state.Key, epoch), 0, parallelism, new Interruption(() => end, null), Measure);
            end = progress.HasFailed ? $"a number was not finite at the rate {rate:G3}"
                : progress.Batches == 0 ? throw EpochSequence.NoRows(epoch)
                : end;
        }

        return made(points.DrainToImmutable(), end);

        void Measure()
        {
            rate = rates.At(points.Count);
            if (double.IsFinite(run.Measured.Loss))
            {
                average = (Keep * average) + ((1 - Keep) * run.Measured.Loss);
                weight *= Keep;
                points.Add(new LearningRatePoint(rate, run.Measured.Loss, average / (1 - weight)));
                least = Math.Min(least, points[^1].Smoothed);
                end = points[^1].Smoothed > TooMuch * least ? $"the loss was {TooMuch} times its least at the rate {rate:G3}"
                    : points.Count == steps ? "all steps were done"
                    : null;
            }
        }
    }
}
