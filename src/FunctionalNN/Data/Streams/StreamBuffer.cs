using System.Numerics;

namespace FunctionalNN;

/// <summary>A row on its way.</summary>
/// <param name="Source">What it lies in.</param>
/// <param name="Row">Where in it.</param>
/// <param name="Number">How many rows of the stream come before.</param>
/// <param name="Lineage">Where it comes from, as far as its piece says.</param>
internal readonly record struct StreamRow<T>(Batch<T> Source, int Row, long Number, Lineage? Lineage)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>Memory for some rows of a stream, of the shape of the first that came.</summary>
internal sealed class StreamBuffer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int rows;
    private readonly long[] numbers;
    private Lineage? lineage;

    /// <summary>A buffer of the shape of a batch.</summary>
    /// <param name="like">The batch.</param>
    /// <param name="rows">How many rows.</param>
    public StreamBuffer(Batch<T> like, int rows)
    {
        (this.rows, numbers) = (rows, new long[rows]);
        var width = like.Inputs.Columns;
        Whole = new Batch<T>(new Matrix<T>(Block<T>.Allocate(MatrixSize.Of<T>(rows, width)), rows, width), like.Targets.NewBuffer(rows))
        {
            Weights = like.Weights is null ? null : new Matrix<T>(Block<T>.Allocate(rows), rows, 1),
        };
    }

    /// <summary>All places.</summary>
    public Batch<T> Whole { get; }

    /// <summary>Writes a row of a batch to a place.</summary>
    /// <exception cref="ArgumentException">The row is of another shape or kind.</exception>
    public void Copy(in StreamRow<T> from, int place)
    {
        var (source, row) = (from.Source, from.Row);
        var width = Whole.Inputs.Columns;
        if (source.Inputs.Columns != width || !source.Targets.IsLike(Whole.Targets) || source.Weights is null != Whole.Weights is null)
        {
            throw new ArgumentException($"a piece of the stream has {Text(source)}, those before it have {Text(Whole)}");
        }

        numbers[place] = from.Number;
        if (from.Lineage is { } known && !ReferenceEquals(known, lineage)
            && (lineage is null || known.Part is DataPart.Validation or DataPart.Test))
        {
            lineage = known;
        }

        source.Inputs.Row(row).CopyTo(Whole.Inputs.Block.Span.Slice(place * width, width));
        source.Targets.CopyInto(row, Whole.Targets, place);
        if (source.Weights is { } weights)
        {
            Whole.Weights!.Block.Span[place] = weights[row, 0];
        }
    }

    /// <summary>The row at a place.</summary>
    public StreamRow<T> At(int place) => new(Whole, place, numbers[place], lineage);

    /// <summary>The first places as a batch; one that lasts has the numbers of its rows.</summary>
    public Batch<T> First(int count, bool isLent)
    {
        var batch = count == rows
            ? Whole
            : new Batch<T>(new Matrix<T>(Whole.Inputs.Block.Slice(0, count * Whole.Inputs.Columns), count, Whole.Inputs.Columns),
                Whole.Targets.Pick([.. Enumerable.Range(0, count)]))
            {
                Weights = Whole.Weights is null ? null : new Matrix<T>(Whole.Weights.Block.Slice(0, count), count, 1),
            };
        return batch
            with
        {
            Lineage = lineage,
            Rows = isLent || numbers.Any(number => number > int.MaxValue)
                    ? []
                    : [.. numbers.Take(count).Select(number => (int)number)]
        };
    }

    private static string Text(Batch<T> batch) => $"{batch.Inputs.Columns} inputs and {batch.Targets switch
    {
        ClassLabels labels => $"{labels.Classes} classes",
        RealTargets<T> real => $"{real.Values.Columns} targets",
        _ => "targets of another number type",
    }}{(batch.Weights is null ? "" : " with weights")}";
}
