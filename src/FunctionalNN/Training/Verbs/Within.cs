using System.Numerics;

namespace FunctionalNN;

/// <content>Verbs that end a sequence from outside.</content>
public static partial class TrainingVerbs
{
    /// <summary>
    /// Ends the sequence when a time is up, counted from when its first state is asked for. The epoch under way is finished, so it takes
    /// longer by up to an epoch and what the verbs before do with it; <see cref="Until"/> with a token that cancels itself ends at once and
    /// gives that epoch up.
    /// </summary>
    /// <param name="states">The sequence; it may also end by itself.</param>
    /// <param name="time">More than none.</param>
    /// <param name="clock">The system's clock by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is zero or negative. Thrown at once.</exception>
    public static IEnumerable<TrainingState<T>> Within<T>(this IEnumerable<TrainingState<T>> states, TimeSpan time,
        TimeProvider? clock = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (time <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(time), $"the time is {time}, expected more than 00:00:00");
        }

        return new StateSequence<T>(Sequence);

        IEnumerable<TrainingState<T>> Sequence(Interruption outer)
        {
            var (watch, isUp) = (clock ?? TimeProvider.System, false);
            var begun = watch.GetTimestamp();
            foreach (var state in states.Under(new Interruption(() => isUp ? $"the time of {time} was up" : null, outer)))
            {
                yield return state;
                isUp = watch.GetElapsedTime(begun) >= time;
            }
        }
    }

    /// <summary>
    /// Ends the sequence when a token is cancelled, at once: a run in mid-epoch gives that epoch's steps up and the last whole state comes
    /// once more as the last, with the reason. Going on from it gives, to the last bit, what an uninterrupted run gives.
    /// </summary>
    /// <remarks>
    /// The token reaches the run through the verbs of this class. Where another verb of LINQ is between, or the states are those of a list,
    /// it is looked at after each state.
    /// </remarks>
    /// <param name="states">The sequence; it may also end by itself.</param>
    /// <param name="cancellation">For example one that Ctrl+C cancels.</param>
    public static IEnumerable<TrainingState<T>> Until<T>(this IEnumerable<TrainingState<T>> states, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new StateSequence<T>(outer =>
            states.Under(new Interruption(() => cancellation.IsCancellationRequested ? "cancelled" : null, outer)));

    /// <summary>Ends the sequence when a function gives a reason, at once, as <see cref="Until"/> does. It is asked before every
    /// step.</summary>
    /// <param name="states">The sequence; it may also end by itself.</param>
    /// <param name="reason">Null while the run shall go on; else why it ends, for <see cref="TrainingState{T}.Stopped"/>.</param>
    public static IEnumerable<TrainingState<T>> StopWhen<T>(this IEnumerable<TrainingState<T>> states, Func<string?> reason)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(reason);
        return new StateSequence<T>(outer => states.Under(new Interruption(reason, outer)));
    }
}
