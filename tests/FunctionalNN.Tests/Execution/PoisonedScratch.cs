using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>Memory full of NaN, which is made NaN again as soon as nobody may look at it any more.</summary>
internal sealed class PoisonedScratch<T> : Scratch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<Matrix<T>> lent = [];

    public override Matrix<T> Rent(int rows, int columns)
    {
        var block = Block<T>.Allocate(rows * columns);
        block.Array.AsSpan().Fill(T.NaN);
        var matrix = new Matrix<T>(block, rows, columns);
        lent.Add(matrix);
        return matrix;
    }

    public override void Reset()
    {
        lent.ForEach(matrix => matrix.Block.Array.AsSpan().Fill(T.NaN));
        lent.Clear();
    }
}
