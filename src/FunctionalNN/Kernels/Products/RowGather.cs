using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// The rows of a batch, still where they came from. A product copies a stretch of them when it needs it, so that the numbers
/// made from bytes live in the cache of the core that uses them and nowhere else.
/// </summary>
internal abstract unsafe class RowGather<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes some columns of some rows. Called from several threads at once.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="column">The first column.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="stride">From one row there to the next.</param>
    public abstract void Copy(int row, int rows, int column, int columns, T* destination, nint stride);

    /// <summary>Some of the rows: those that this has at that time.</summary>
    public RowGather<T> From(int row) => row == 0 ? this : new Part(this, row);

    private sealed class Part(RowGather<T> whole, int start) : RowGather<T>
    {
        public override void Copy(int row, int rows, int column, int columns, T* destination, nint stride) =>
            whole.Copy(start + row, rows, column, columns, destination, stride);
    }
}
