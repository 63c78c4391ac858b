using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>
/// Samples that come only forward, one after the other, such as the rows of a file that is larger than memory: a description that can be
/// read from the beginning again for each epoch. Made by <see cref="StreamedRows"/> or <see cref="CsvEncoding.Stream{T}"/>.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class StreamedRows<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Func<string>? hash;

    internal StreamedRows(
        Func<IEnumerable<Batch<T>>> open, ImmutableArray<string> inputNames = default, Lineage? lineage = null,
        Func<string>? hash = null) =>
        (Open, InputNames, Lineage, this.hash) = (open, inputNames.IsDefault ? [] : inputNames, lineage ?? new Lineage(), hash);

    /// <summary>The names of the inputs, or empty; see <see cref="DataSet{T}.InputNames"/>.</summary>
    public ImmutableArray<string> InputNames { get; }

    internal Func<IEnumerable<Batch<T>>> Open { get; }

    /// <summary>Where the rows come from, as far as it is known before they are read.</summary>
    internal Lineage Lineage { get; }

    /// <summary>What it is; how many rows there are is known at the end.</summary>
    public override string ToString() => $"rows of {typeof(T).Name} that are read from the beginning for each epoch";

    /// <summary>The same rows with their columns in the order of other names.</summary>
    internal StreamedRows<T> InOrderOf(ImmutableArray<string> names) => NameOrder.Places("inputs", names, InputNames) is { } columns
        ? new StreamedRows<T>(() => Open().Select(piece => piece with { Inputs = NameOrder.Columns(piece.Inputs, columns) }), names,
            Lineage)
        : this;

    /// <summary>Batches in the order of the rows. Training on them gives, to the last bit, what <see cref="DataSet{T}.InOrder"/> gives in
    /// memory.</summary>
    /// <param name="batchSize">Rows a batch, 1 or more; the last may be smaller.</param>
    public StreamBatches<T> InOrder(int batchSize) => new(this, batchSize, 0);

    /// <summary>
    /// Batches in a new order each epoch, by the run's key and the epoch: a window of rows is kept in memory, and each next row is drawn
    /// from it. A row comes at most a window's length before its place; a window as long as the data shuffles all of it. A file sorted by
    /// class needs a window of several classes.
    /// </summary>
    /// <param name="batchSize">Rows a batch, 1 or more; the last may be smaller.</param>
    /// <param name="window">Rows kept in memory, 2 or more.</param>
    public StreamBatches<T> Shuffled(int batchSize, int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 2);
        return new StreamBatches<T>(this, batchSize, window);
    }

    /// <summary>What <see cref="DataSet{T}.ContentHash"/> is of the same rows; none where they cannot be read again.</summary>
    internal Option<string> ContentHash()
    {
        try
        {
            return hash?.Invoke() ?? DataSetHash.Of(this);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException
            or InvalidOperationException or ArgumentException)
        {
            // The state is worth more than its recipe: it is saved without.
            return Option<string>.None;
        }
    }
}
