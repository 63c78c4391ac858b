using System.Numerics;

namespace FunctionalNN;

/// <summary>Keeps a run's progress in a file.</summary>
public static class Checkpoints
{
    /// <summary>
    /// Saves each state whose epoch is a multiple of a number, and the last of a sequence that ends by itself or by a verb of
    /// <see cref="TrainingVerbs"/>, and passes all on: after <see cref="TrainingVerbs.StopEarly"/> or <see cref="TrainingVerbs.Best"/> the
    /// file holds the best state in the end. The file is always whole: the newest checkpoint, or the one before it while a new one is
    /// written. A state that has diverged is not saved. A relative path is that of the folder at the call.
    /// </summary>
    /// <param name="states">The sequence.</param>
    /// <param name="path">The file; <see cref="TrainingState.Load{T}"/> reads it.</param>
    /// <param name="every">The epochs from one checkpoint to the next, 1 or more.</param>
    /// <param name="vocabulary">Needed for records of your own.</param>
    /// <exception cref="InvalidOperationException">When a file cannot be written, for want of room or permission: the message names it. The
    /// checkpoint before is still there.</exception>
    public static IEnumerable<TrainingState<T>> Checkpoint<T>(this IEnumerable<TrainingState<T>> states, string path, int every = 1,
        Vocabulary? vocabulary = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        path = Path.GetFullPath(path);
        return states.Through(Sequence);

        IEnumerable<TrainingState<T>> Sequence(IEnumerable<TrainingState<T>> source)
        {
            TrainingState<T>? unsaved = null;
            foreach (var state in source)
            {
                if (state.Divergence.IsNone)
                {
                    unsaved = state.Epoch % every == 0 || state.Stopped.IsSome ? Saved(state) : state;
                }

                yield return state;
            }

            if (unsaved is not null)
            {
                Saved(unsaved);
            }
        }

        TrainingState<T>? Saved(TrainingState<T> state)
        {
            state.Save(path, vocabulary).OrThrow();
            return null;
        }
    }

    /// <summary>
    /// Saves each state that is better than all before it, and passes all on: the file always holds the best state so far, also when the
    /// program ends in mid-run. A state that has diverged is not saved.
    /// </summary>
    /// <param name="states">The sequence.</param>
    /// <param name="path">The file; <see cref="TrainingState.Load{T}"/> reads it.</param>
    /// <param name="metric">The value to minimise; the validation loss by default. <see cref="Watched"/> has the common ones. NaN is worse
    /// than any number.</param>
    /// <param name="vocabulary">Needed for records of your own.</param>
    /// <exception cref="InvalidOperationException">No metric is given and the states were not validated, or a file cannot be written: the
    /// message names it, and the state before is still there.</exception>
    public static IEnumerable<TrainingState<T>> CheckpointBest<T>(this IEnumerable<TrainingState<T>> states, string path,
        Func<TrainingState<T>, double>? metric = null, Vocabulary? vocabulary = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        metric ??= state => TrainingVerbs.ValidationLoss(state, "CheckpointBest");
        return states.Through(Sequence);

        IEnumerable<TrainingState<T>> Sequence(IEnumerable<TrainingState<T>> source)
        {
            var least = double.PositiveInfinity;
            var isFirst = true;
            foreach (var state in source)
            {
                if (state.Divergence.IsNone && state.Stopped.IsNone && (metric(state) is var value) && (isFirst || value < least))
                {
                    (isFirst, least) = (false, double.IsNaN(value) ? double.PositiveInfinity : value);
                    state.Save(path, vocabulary).OrThrow();
                }

                yield return state;
            }
        }
    }
}
