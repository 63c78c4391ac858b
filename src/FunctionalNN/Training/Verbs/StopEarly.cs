using System.Numerics;

namespace FunctionalNN;

/// <content>Verbs that close with the best state.</content>
public static partial class TrainingVerbs
{
    private const string BestState = "best state, epoch ";

    /// <summary>
    /// Ends the sequence when a metric has not improved for some epochs. The best state comes once more as the last, with
    /// <see cref="TrainingState{T}.Stopped"/> set: <c>.Take(500).StopEarly(patience: 20).Last()</c> is the best of at most 500 epochs.
    /// </summary>
    /// <remarks>
    /// Patience is Keras' rule: an epoch counts as better when the metric falls by more than the minimum change below the last one that
    /// counted. The best state is the first of least metric all the same, as in scikit-learn: a change too small to go on for is not too
    /// small to keep.
    /// </remarks>
    /// <param name="states">The sequence; it may also end by itself.</param>
    /// <param name="patience">How many epochs without improvement to allow, 1 or more.</param>
    /// <param name="minimumChange">By how much the metric must fall to count as better, 0 or more.</param>
    /// <param name="metric">The value to minimise; the validation loss by default. <see cref="Watched"/> has the common ones. NaN
    /// is worse than any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">Patience or minimum change is out of range. Thrown at once.</exception>
    /// <exception cref="InvalidOperationException">No metric is given and the states were not validated.</exception>
    public static IEnumerable<TrainingState<T>> StopEarly<T>(this IEnumerable<TrainingState<T>> states, int patience,
        double minimumChange = 0, Func<TrainingState<T>, double>? metric = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (patience < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(patience), $"the patience is {patience} epochs, expected 1 or more");
        }

        if (!(minimumChange >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(minimumChange),
                $"the minimum change is {minimumChange}, expected 0 or more");
        }

        return states.Through(source =>
            CloseWithBest(source, patience, minimumChange, metric ?? (state => ValidationLoss(state, "StopEarly"))));
    }

    /// <summary>
    /// Passes all states on, and the best comes once more as the last: <c>.Take(100).Best().Last()</c> is the best of 100 epochs, whatever
    /// the last one was.
    /// </summary>
    /// <param name="states">The sequence; it must end by itself or by a verb before.</param>
    /// <param name="metric">The value to minimise; the validation loss by default. <see cref="Watched"/> has the common ones. NaN
    /// is worse than any number.</param>
    /// <exception cref="InvalidOperationException">No metric is given and the states were not validated.</exception>
    public static IEnumerable<TrainingState<T>> Best<T>(this IEnumerable<TrainingState<T>> states,
        Func<TrainingState<T>, double>? metric = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        states.Through(source => CloseWithBest(source, int.MaxValue, 0, metric ?? (state => ValidationLoss(state, "Best"))));

    private static IEnumerable<TrainingState<T>> CloseWithBest<T>(IEnumerable<TrainingState<T>> states, int patience, double minimumChange,
        Func<TrainingState<T>, double> metric)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TrainingState<T>? best = null;
        var (least, mark, stale, reason) = (double.PositiveInfinity, double.PositiveInfinity, 0, "the sequence ended");
        foreach (var state in states)
        {
            var (isFirst, isClosing) = (best is null, state.Stopped.IsSome);
            if (!isClosing || isFirst)
            {
                yield return state;
            }

            if (IsLast(state) && isFirst)
            {
                // Nothing came before: a run that diverged or was interrupted in its first epoch has no better state than this.
                yield break;
            }

            if (state.Divergence.IsSome)
            {
                reason = "the run diverged";
                break;
            }

            // NaN compares as neither better nor worse: as the first it would stay the best for ever.
            var value = metric(state) is var measured && double.IsNaN(measured) ? double.PositiveInfinity : measured;
            if (isFirst || value < least)
            {
                (best, least) = (state, value);
            }

            if (isClosing)
            {
                reason = ReasonOf(state);
                break;
            }

            if (isFirst || value < mark - minimumChange)
            {
                (mark, stale) = (value, 0);
            }
            else if (++stale >= patience)
            {
                reason = $"no improvement in {patience} epochs";
                break;
            }
        }

        if (best is not null)
        {
            yield return best with { Stopped = $"{BestState}{best.Epoch}: {reason}" };
        }
    }

    /// <summary>Why a sequence was closed, without what an earlier verb took for the best.</summary>
    private static string ReasonOf<T>(TrainingState<T> closing)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        closing.Stopped.Match(
            why => why.StartsWith(BestState, StringComparison.Ordinal) ? why[(why.IndexOf(": ", StringComparison.Ordinal) + 2)..] : why,
            () => "the sequence ended");

    internal static double ValidationLoss<T>(TrainingState<T> state, string verb)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        state.Validation.Match(
            metrics => metrics.Loss,
            () => throw new InvalidOperationException(
                $"{verb} watches the validation loss, but the states were not validated: put .Validate(heldOut) before it, or give it "
                    + $"a metric"));
}
