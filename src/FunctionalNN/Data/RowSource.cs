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

    /// <summary>Writes some rows, one after the other.</summary>
    /// <param name="rows">Row numbers, each 0 … <see cref="Count"/> − 1, in any order and with repetitions.</param>
    /// <param name="destination">Takes rows.Length · <see cref="Width"/> numbers.</param>
    public abstract void Gather(ReadOnlySpan<int> rows, Span<T> destination);

    /// <summary>Rows that lie one after the other, without a copy, where the source has them as numbers of this type.</summary>
    internal virtual Matrix<T>? Contiguous(int start, int count) => null;

    /// <summary>A matrix as a source of rows.</summary>
    public static implicit operator RowSource<T>(Matrix<T> matrix) => matrix.ToRowSource();
}
