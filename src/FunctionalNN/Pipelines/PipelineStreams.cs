namespace FunctionalNN;

/// <content>Training on tables that are larger than memory.</content>
public sealed partial record Pipeline<T>
{
    /// <summary>
    /// The states after each epoch on rows that come only forward, as
    /// <see cref="Epochs(Table, Optimizer, int, int, Loss?, Parallelism?, Table?)"/> gives them for a table: the rows are read once an
    /// epoch, and a window of them is in memory. Columns are fitted before, on <see cref="StreamedTable.Sample"/>.
    /// </summary>
    /// <param name="trainingRows">The rows to learn from.</param>
    /// <param name="optimizer">How gradients become new parameters.</param>
    /// <param name="batchSize">Rows a batch.</param>
    /// <param name="window">Rows in memory, from which the next is drawn: 2 or more, or 0 for the order of the stream. Rows that are
    /// sorted by class need a window of several classes.</param>
    /// <param name="seed">Decides the order of the rows and what dropout drops.</param>
    /// <param name="loss">The loss to minimise; by default cross-entropy for classes and the mean squared error for a quantity.</param>
    /// <exception cref="ArgumentException">Network, loss and optimizer do not go together; the message names everything that is
    /// wrong.</exception>
    public IEnumerable<TrainingState<T>> Epochs(StreamedTable trainingRows, Optimizer optimizer, int batchSize = 256, int window = 20_000,
        int seed = 0, Loss? loss = null)
    {
        var rows = Encoding.Stream<T>(trainingRows);
        return Model.Train(optimizer, seed)
            .Epochs(window == 0 ? rows.InOrder(batchSize) : rows.Shuffled(batchSize, window), loss ?? DefaultLoss);
    }
}
