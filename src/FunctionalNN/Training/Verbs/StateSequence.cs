using System.Collections;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// A lazy sequence of states that can be told to end. A verb makes one from its source and hands the interruption on to it, so that one at
/// the end of a chain ends the run at its beginning, in mid-epoch, and every verb between can say its last word.
/// </summary>
/// <param name="states">The states, ended by an interruption.</param>
internal sealed class StateSequence<T>(Func<Interruption, IEnumerable<TrainingState<T>>> states) : IEnumerable<TrainingState<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public IEnumerable<TrainingState<T>> Under(Interruption interruption) => states(interruption);

    public IEnumerator<TrainingState<T>> GetEnumerator() => states(Interruption.None).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Making sequences from sequences.</summary>
internal static class StateSequence
{
    /// <summary>The states until an interruption: a run closes its sequence itself, in mid-epoch; another source is closed after a
    /// state.</summary>
    public static IEnumerable<TrainingState<T>> Under<T>(this IEnumerable<TrainingState<T>> source, Interruption interruption)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        source is StateSequence<T> sequence ? sequence.Under(interruption)
        : interruption == Interruption.None ? source
        : Between(source, interruption);

    /// <summary>What ends a sequence between two epochs.</summary>
    public static string After(string reason, int epoch) =>
        epoch == 0 ? $"{reason} before the first epoch" : $"{reason} after epoch {epoch}";

    private static IEnumerable<TrainingState<T>> Between<T>(IEnumerable<TrainingState<T>> source, Interruption interruption)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var state in source)
        {
            yield return state;
            if (interruption.IsEnough)
            {
                yield break;
            }

            if (interruption.Reason is { } reason && state is { Stopped.IsNone: true, Divergence.IsNone: true })
            {
                yield return state with { Stopped = After(reason, state.Epoch) };
                yield break;
            }
        }
    }
}
