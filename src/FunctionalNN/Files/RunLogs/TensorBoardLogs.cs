using System.Numerics;

namespace FunctionalNN;

/// <summary>A run's numbers for TensorBoard.</summary>
public static class TensorBoardLogs
{
    /// <summary>
    /// Writes the numbers of each epoch as an event file that TensorBoard shows, and passes the states on: <c>tensorboard --logdir runs</c>
    /// shows a curve for each of learning_rate, loss, accuracy, validation_loss, validation_accuracy and metrics of your own, over epochs,
    /// and compares the runs of several folders. Each epoch is in the file before the next begins. The state that closes a sequence is a
    /// repetition and is not written again.
    /// </summary>
    /// <param name="states">The sequence.</param>
    /// <param name="folder">The run's folder, such as "runs/adam"; each pass over the sequence adds a file of its own.</param>
    /// <param name="clock">Where the time of each event comes from; the system's clock by default.</param>
    /// <param name="metrics">Names and measures of your own.</param>
    /// <exception cref="ArgumentException">A metric's name is empty or there twice. Thrown at once.</exception>
    public static IEnumerable<TrainingState<T>> TensorBoard<T>(this IEnumerable<TrainingState<T>> states, string folder,
        TimeProvider? clock = null, params (string Name, Func<TrainingState<T>, double> Measure)[] metrics)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var columns = RunColumns.Of(metrics);
        clock ??= TimeProvider.System;
        folder = Path.GetFullPath(folder);
        return states.Through(Sequence);

        IEnumerable<TrainingState<T>> Sequence(IEnumerable<TrainingState<T>> source)
        {
            using var file = EventFile.Create(folder, clock);
            foreach (var state in source)
            {
                if (state.Stopped.IsNone && state.Divergence.IsNone)
                {
                    file.Write(state.Epoch, columns.Select(column => (column.Name, (float)column.Value(state)))
                        .Where(scalar => !float.IsNaN(scalar.Item2)));
                }

                yield return state;
            }
        }
    }
}
