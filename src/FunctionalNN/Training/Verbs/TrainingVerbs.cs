using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>
/// Verbs over a lazy sequence of training states. Each is lazy itself, they go in any order, and LINQ's own verbs go between them.
/// </summary>
/// <remarks>
/// A verb that ends a sequence (<see cref="StopEarly"/>, <see cref="Best"/>, <see cref="Within"/>, <see cref="Until"/>) closes it: a state
/// that came before comes once more as the last, with <see cref="TrainingState{T}.Stopped"/> set to the reason. A sequence has one such
/// state at most. A verb further down takes it as the end and not as another epoch, so <c>.Until(token).StopEarly(5)</c> and
/// <c>.StopEarly(5).Until(token)</c> both close with the best, and so do <c>.Take(30).Best()</c> and <c>.Best().Take(30)</c>. Behind a verb
/// of LINQ, such as Select, a verb ends the states and cannot tell those before to close.
/// </remarks>
public static partial class TrainingVerbs
{
    /// <summary>Measures each state on held-out data, by the loss it was trained with.</summary>
    /// <exception cref="ArgumentException">There are no rows. Thrown at once. Later, where names of inputs or classes are others than the
    /// model's.</exception>
    public static IEnumerable<TrainingState<T>> Validate<T>(this IEnumerable<TrainingState<T>> states, DataSet<T> heldOut,
        Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Compatibility.RequireRows(heldOut);
        return states.Through(Sequence);

        IEnumerable<TrainingState<T>> Sequence(IEnumerable<TrainingState<T>> source)
        {
            TrainingState<T>? last = null;
            foreach (var state in source)
            {
                yield return last = state.Objective.Case is Loss loss && state.Divergence.IsNone
                    ? state with { Validation = Measure(state, loss, last) }
                    : state;
            }
        }

        // The state that closes a sequence is mostly the one before it.
        Option<Metrics> Measure(TrainingState<T> state, Loss loss, TrainingState<T>? last) =>
            last is { Validation.IsSome: true } && ReferenceEquals(last.Model, state.Model) && last.Objective == state.Objective
                ? last.Validation
                : state.Model.Evaluate(heldOut, loss, parallelism);
    }

    /// <summary>Calls an action with each state and passes it on: for printing and plotting.</summary>
    public static IEnumerable<TrainingState<T>> Do<T>(this IEnumerable<TrainingState<T>> states, Action<TrainingState<T>> action)
        where T : unmanaged, IFloatingPointIeee754<T> => states.Through(source => source.Select(state =>
        {
            action(state);
            return state;
        }));

    /// <summary>
    /// A verb of your own, as a function from states to states: what <see cref="Until"/> and <see cref="Within"/> further down say goes
    /// through it to the run. It should pass on, as the last, a state with <see cref="TrainingState{T}.Stopped"/> set.
    /// </summary>
    /// <param name="states">The sequence.</param>
    /// <param name="verb">Called anew for each pass.</param>
    public static IEnumerable<TrainingState<T>> Through<T>(this IEnumerable<TrainingState<T>> states,
        Func<IEnumerable<TrainingState<T>>, IEnumerable<TrainingState<T>>> verb)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new StateSequence<T>(interruption => verb(states.Under(interruption)));

    /// <summary>Whether a state closes its sequence.</summary>
    private static bool IsLast<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => state.Stopped.IsSome || state.Divergence.IsSome;
}
