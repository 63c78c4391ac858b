using System.Numerics;

namespace FunctionalNN;

/// <summary>Memory for some rows of a stream, of the shape of the first that came.</summary>
internal sealed class StreamRoom<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int rows;

    public StreamRoom(Batch<T> like, int rows)
    {
        this.rows = rows;
        var width = like.Inputs.Columns;
        Whole = new Batch<T>(new Matrix<T>(Block<T>.Allocate(MatrixSize.Of<T>(rows, width)), rows, width), like.Targets.Room(rows))
        {
            Weights = like.Weights is null ? null : new Matrix<T>(Block<T>.Allocate(rows), rows, 1),
        };
    }

    /// <summary>All places.</summary>
    public Batch<T> Whole { get; }

    /// <summary>Writes a row of a batch to a place.</summary>
    /// <exception cref="ArgumentException">The row is of another shape or kind.</exception>
    public void Copy(Batch<T> source, int row, int place)
    {
        var width = Whole.Inputs.Columns;
        if (source.Inputs.Columns != width || !source.Targets.IsLike(Whole.Targets) || source.Weights is null != Whole.Weights is null)
        {
            throw new ArgumentException($"a piece of the stream has {Text(source)}, those before it have {Text(Whole)}");
        }

        source.Inputs.Row(row).CopyTo(Whole.Inputs.Block.Span.Slice(place * width, width));
        source.Targets.CopyInto(row, Whole.Targets, place);
        if (source.Weights is { } weights)
        {
            Whole.Weights!.Block.Span[place] = weights[row, 0];
        }
    }

    /// <summary>The first places as a batch.</summary>
    public Batch<T> First(int count) => count == rows
        ? Whole
        : new Batch<T>(new Matrix<T>(Whole.Inputs.Block.Slice(0, count * Whole.Inputs.Columns), count, Whole.Inputs.Columns), Whole.Targets.Pick([.. Enumerable.Range(0, count)]))
        {
            Weights = Whole.Weights is null ? null : new Matrix<T>(Whole.Weights.Block.Slice(0, count), count, 1),
        };

    private static string Text(Batch<T> batch) => $"{batch.Inputs.Columns} inputs and {batch.Targets switch
    {
        ClassLabels labels => $"{labels.Classes} classes",
        RealTargets<T> real => $"{real.Values.Columns} targets",
        _ => "targets of another number type",
    }}{(batch.Weights is null ? "" : " with weights")}";
}
