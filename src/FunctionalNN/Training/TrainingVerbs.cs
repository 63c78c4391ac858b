using System.Globalization;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>Verbs over a lazy sequence of training states. Each is lazy itself, and LINQ's own verbs go between them.</summary>
public static class TrainingVerbs
{
    /// <summary>Measures each state on held-out data, by the loss it was trained with.</summary>
    public static IEnumerable<TrainingState<T>> Validate<T>(this IEnumerable<TrainingState<T>> states, DataSet<T> heldOut, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        states.Select(state => state.Objective is { } loss && state.Divergence.IsNone
            ? state with { Validation = state.Model.Evaluate(heldOut, loss, parallelism) }
            : state);

    /// <summary>Calls an action with each state and passes it on: for printing and plotting.</summary>
    public static IEnumerable<TrainingState<T>> Do<T>(this IEnumerable<TrainingState<T>> states, Action<TrainingState<T>> action)
        where T : unmanaged, IFloatingPointIeee754<T> => states.Select(state =>
        {
            action(state);
            return state;
        });

    /// <summary>
    /// Ends the sequence when a metric has not improved for some epochs. The best state comes once more as the last, with
    /// <see cref="TrainingState{T}.Stopped"/> set: <c>.Take(500).StopEarly(patience: 20).Last()</c> is the best of at most 500 epochs.
    /// </summary>
    /// <param name="states">The sequence; it may also end by itself.</param>
    /// <param name="patience">How many epochs without improvement to allow, 1 or more.</param>
    /// <param name="minimumChange">By how much the metric must fall to count as better, 0 or more.</param>
    /// <param name="metric">What to make small; the validation loss unless said otherwise. For accuracy: <c>state => -state.Validation.Accuracy</c>.</param>
    /// <exception cref="InvalidOperationException">No metric is given and the states were not validated.</exception>
    public static IEnumerable<TrainingState<T>> StopEarly<T>(this IEnumerable<TrainingState<T>> states, int patience, double minimumChange = 0, Func<TrainingState<T>, double>? metric = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(minimumChange);
        return Sequence(metric ?? ValidationLoss);

        IEnumerable<TrainingState<T>> Sequence(Func<TrainingState<T>, double> measure)
        {
            TrainingState<T>? best = null;
            var (least, stale, reason) = (double.PositiveInfinity, 0, "the sequence ended");
            foreach (var state in states)
            {
                yield return state;
                if (state.Divergence.IsSome)
                {
                    reason = "the run diverged";
                    break;
                }

                // NaN compares as neither better nor worse: as the first it would stay the best for ever.
                var value = measure(state) is var measured && double.IsNaN(measured) ? double.PositiveInfinity : measured;
                if (best is null || value < least - minimumChange)
                {
                    (best, least, stale) = (state, value, 0);
                }
                else if (++stale >= patience)
                {
                    reason = string.Create(CultureInfo.InvariantCulture, $"no improvement in {patience} epochs");
                    break;
                }
            }

            if (best is not null)
            {
                yield return best with { Stopped = $"best state, epoch {best.Epoch}: {reason}" };
            }
        }
    }

    private static double ValidationLoss<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        state.Validation.Match(
            metrics => metrics.Loss,
            () => throw new InvalidOperationException("StopEarly watches the validation loss, but the states were not validated: put .Validate(heldOut) before it, or give it a metric"));
}
