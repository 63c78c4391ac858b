using System.Numerics;

namespace FunctionalNN;

/// <summary>The rows of the batch at hand in a data set: pointed at the next batch's by the reader.</summary>
internal sealed unsafe class BatchRows<T>(RowSource<T> source) : RowGather<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private ReadOnlyMemory<int> rows;

    public void PointAt(ReadOnlyMemory<int> next) => rows = next;

    public override void Copy(int row, int rows, int column, int columns, T* destination, nint stride) =>
        source.Gather(this.rows.Span, row, rows, column, columns, destination, stride);
}
