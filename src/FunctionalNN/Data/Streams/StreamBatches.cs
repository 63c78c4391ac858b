using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>How a stream is cut into batches: a description that gives the batches of any epoch.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class StreamBatches<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const long ShuffleKey = 0x5u;

    internal StreamBatches(StreamedRows<T> stream, int batchSize, int window)
    {
        if (batchSize < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(batchSize), $"the batch size is {batchSize}, expected 1 or more");
        }

        (Stream, BatchSize, Window) = (stream, batchSize, window);
    }

    /// <summary>The samples.</summary>
    public StreamedRows<T> Stream { get; }

    /// <summary>The rows of every batch but the last.</summary>
    public int BatchSize { get; }

    /// <summary>The rows among which each next one is drawn; 0 for the order of the stream.</summary>
    public int Window { get; }

    /// <summary>The batches of an epoch, read while they are asked for. Each row of the stream is in exactly one of them.</summary>
    /// <param name="key">The run's key.</param>
    /// <param name="epoch">The number of epochs done before, 0 for the first.</param>
    public StreamEpoch<T> Epoch(Key key, int epoch) => new(Stream, BatchSize, Window, key.Fold(ShuffleKey).Fold(epoch));

    /// <summary>The same batches with their columns in the order of other names.</summary>
    internal StreamBatches<T> InOrderOf(ImmutableArray<string> names)
    {
        var stream = Stream.InOrderOf(names);
        return ReferenceEquals(stream, Stream) ? this : new StreamBatches<T>(stream, BatchSize, Window);
    }

    /// <summary>Size and order.</summary>
    public override string ToString() =>
        $"batches of {BatchSize}, {(Window > 0 ? $"shuffled among {Window} rows" : "in order")}, of a stream";
}
