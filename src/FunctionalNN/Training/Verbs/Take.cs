using System.Numerics;

namespace FunctionalNN;

/// <content>Verbs that take the first states, under the names of LINQ's own.</content>
public static partial class TrainingVerbs
{
    /// <summary>
    /// The first <c>count</c> states. Verbs before it close then: <c>.StopEarly(patience: 20).Take(500)</c> gives 500 states and the best
    /// of them once more, as <c>.Take(500).StopEarly(patience: 20)</c> does. Without such a verb there are no more than
    /// <paramref name="count"/> states.
    /// </summary>
    /// <param name="states">The sequence; it may also end by itself.</param>
    /// <param name="count">How many states, without the one that closes them; none where it is 0 or less.</param>
    public static IEnumerable<TrainingState<T>> Take<T>(this IEnumerable<TrainingState<T>> states, int count)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        count <= 0 ? [] : states.While(taken => taken + 1 < count ? Wanted.More : Wanted.Last);

    /// <summary>The states as long as a condition holds. Verbs before it close at the first for which it does not hold; that state itself
    /// is left out.</summary>
    /// <param name="states">The sequence; it may also end by itself.</param>
    /// <param name="condition">Asked of each state but the one that closes the sequence.</param>
    public static IEnumerable<TrainingState<T>> TakeWhile<T>(this IEnumerable<TrainingState<T>> states,
        Func<TrainingState<T>, bool> condition)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(condition);
        return states.While((_, state) => condition(state) ? Wanted.More : Wanted.None);
    }

    private static StateSequence<T> While<T>(this IEnumerable<TrainingState<T>> states, Func<int, Wanted> wanted)
        where T : unmanaged, IFloatingPointIeee754<T> => states.While((taken, _) => wanted(taken));

    /// <summary>States until there are enough, then what the verbs before have to say at the end.</summary>
    private static StateSequence<T> While<T>(this IEnumerable<TrainingState<T>> states, Func<int, TrainingState<T>, Wanted> wanted)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return new StateSequence<T>(Sequence);

        IEnumerable<TrainingState<T>> Sequence(Interruption outer)
        {
            var (isEnough, isClosed, taken) = (false, false, 0);
            foreach (var state in states.Under(new Interruption(null, outer, () => isEnough)))
            {
                // A verb before that goes on all the same has nothing to close with.
                if (isClosed || (isEnough && state.Stopped.IsNone))
                {
                    yield break;
                }

                isClosed = state.Stopped.IsSome;
                if (isClosed)
                {
                    yield return state;
                    continue;
                }

                var answer = wanted(taken++, state);
                isEnough = answer != Wanted.More;
                if (answer != Wanted.None)
                {
                    yield return state;
                }
            }
        }
    }

    /// <summary>What of a state is wanted.</summary>
    private enum Wanted
    {
        /// <summary>This one and the next.</summary>
        More,

        /// <summary>This one and no other.</summary>
        Last,

        /// <summary>Not even this one.</summary>
        None,
    }
}
