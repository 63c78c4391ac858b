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
}
