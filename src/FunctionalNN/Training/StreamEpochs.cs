using System.Numerics;

namespace FunctionalNN;

/// <summary>Training on streams.</summary>
public static class StreamEpochs
{
    /// <summary>
    /// The states after the first epoch, the second, and so on without end, as <see cref="Train.Epochs"/> gives them for data in memory:
    /// from rows in order the
    /// same whole states, with the names of classes and the recipe. The stream is read from the beginning for each epoch, and once more
    /// when <see cref="TrainingState{T}.Recipe"/> is asked for.
    /// </summary>
    /// <param name="state">Where to start; it stays as it was.</param>
    /// <param name="batches">The batches of each epoch.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <param name="heldOut">Data that each state is measured on before the next epoch, for an optimizer that learns from it.</param>
    /// <exception cref="ArgumentException">Network, data, loss and optimizer do not go together, names of inputs or classes are others than
    /// the model's, or the rows are a validation or test part. What only the rows tell is thrown at the first batch that does not
    /// fit.</exception>
    /// <exception cref="InvalidOperationException">The stream gave no rows.</exception>
    /// <exception cref="InvalidDataException">The file that the stream reads has a mistake; the message names the place.</exception>
    public static IEnumerable<TrainingState<T>> Epochs<T>(
        this TrainingState<T> state, StreamBatches<T> batches, Loss loss, Parallelism? parallelism = null, DataSet<T>? heldOut = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            EpochSequence.Begin(state, new StreamSource<T>(batches), loss, parallelism, heldOut);
}
