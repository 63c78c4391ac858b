using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Anything that gives rows of numbers by index: the inputs of a data set. What it gives for a row is always the same.
/// It is read from several threads at once.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class RowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The numbers in a row.</summary>
    public abstract int Width { get; }

    /// <summary>The size of the images that the rows are, where they are known to be images; null by default. A network for images of
    /// another size refuses them.</summary>
    public virtual ImageSize? Image => null;

    /// <summary>Writes some rows, one after the other.</summary>
    /// <param name="rows">Row numbers, each 0 … <see cref="Count"/> − 1, in any order and with repetitions.</param>
    /// <param name="destination">Takes rows.Length · <see cref="Width"/> numbers.</param>
    public abstract void Gather(ReadOnlySpan<int> rows, Span<T> destination);

    /// <summary>Whether a stretch of columns is as cheap to read as its share of the rows: a product may then read rows where they are, a
    /// stretch at a time.</summary>
    internal virtual bool GivesColumns => false;

    /// <summary>Writes a stretch of columns of some rows, where the source <see cref="GivesColumns"/>.</summary>
    /// <param name="rows">Row numbers; those after the wanted ones are likely to be asked for next.</param>
    /// <param name="first">The position in them of the first row wanted.</param>
    /// <param name="count">How many rows are wanted.</param>
    /// <param name="column">The first column.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="destination">Takes count rows.</param>
    /// <param name="stride">From one row there to the next.</param>
    internal virtual unsafe void Gather(ReadOnlySpan<int> rows, int first, int count, int column, int columns, T* destination,
        nint stride) =>
        throw new NotSupportedException($"{GetType().Name} gives whole rows only");

    /// <summary>Rows that lie one after the other, without a copy, where the source has them as numbers of this type.</summary>
    internal virtual Matrix<T>? Contiguous(int start, int count) => null;

    /// <summary>A matrix as a source of rows.</summary>
    public static implicit operator RowSource<T>(Matrix<T> matrix) => new MatrixRows<T>(matrix);
}
