using System.Collections;
using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>The batches of one pass over a stream. Each enumeration reads it from the beginning.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class StreamEpoch<T> : IEnumerable<Batch<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly StreamedRows<T> stream;
    private readonly int batchSize;
    private readonly int window;
    private readonly Key key;

    internal StreamEpoch(StreamedRows<T> stream, int batchSize, int window, Key key) =>
        (this.stream, this.batchSize, this.window, this.key) = (stream, batchSize, window, key);

    /// <inheritdoc/>
    public IEnumerator<Batch<T>> GetEnumerator() => Batches(isReused: false).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The size of a batch, and how rows are shuffled; how many there are is known at the end.</summary>
    public override string ToString() =>
        $"batches of {batchSize} from a stream, {(window > 0 ? $"shuffled among {window} rows" : "in order")}";

    /// <summary>The samples.</summary>
    internal StreamedRows<T> Stream => stream;

    /// <summary>The same batches with their columns in the order of other names.</summary>
    internal StreamEpoch<T> InOrderOf(ImmutableArray<string> names)
    {
        var ordered = stream.InOrderOf(names);
        return ReferenceEquals(ordered, stream) ? this : new StreamEpoch<T>(ordered, batchSize, window, key);
    }

    /// <summary>The batches in memory that is used again: each is good until the next is asked for.</summary>
    internal IEnumerable<Batch<T>> Lent() => Batches(isReused: true);

    private IEnumerable<Batch<T>> Batches(bool isReused)
    {
        StreamBuffer<T>? buffer = null;
        var count = 0;
        foreach (var row in window > 0 ? Drawn() : Rows())
        {
            (buffer ??= new StreamBuffer<T>(row.Source, batchSize)).Copy(row, count++);
            if (count == batchSize)
            {
                yield return buffer.First(count, isReused);
                (buffer, count) = (isReused ? buffer : null, 0);
            }
        }

        if (count > 0)
        {
            yield return buffer!.First(count, isReused);
        }
    }

    private IEnumerable<StreamRow<T>> Rows()
    {
        var number = 0L;
        foreach (var piece in stream.Open())
        {
            for (var row = 0; row < piece.Inputs.Rows; row++)
            {
                yield return new StreamRow<T>(piece, row, number++, piece.Lineage ?? stream.Lineage);
            }
        }
    }

    /// <summary>A full window gives a row drawn from it for each that comes; at the end the rest comes in random order.</summary>
    private IEnumerable<StreamRow<T>> Drawn()
    {
        StreamBuffer<T>? buffer = null;
        var (filled, drawn) = (0, 0L);
        foreach (var row in Rows())
        {
            buffer ??= new StreamBuffer<T>(row.Source, window);
            var place = filled < window ? filled++ : key.Below(window, drawn++);
            if (drawn > 0)
            {
                yield return buffer.At(place);
            }

            buffer.Copy(row, place);
        }

        foreach (var place in key.Fold(filled).Permutation(filled))
        {
            yield return buffer!.At(place);
        }
    }
}
