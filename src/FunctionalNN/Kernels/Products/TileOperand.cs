using System.Numerics;

namespace FunctionalNN;

/// <summary>The left operand of a tile: A(i, p) lies at At[i·BetweenRows + p·BetweenSteps].</summary>
internal readonly unsafe struct TileOperand<T>(T* at, nint betweenRows, nint betweenSteps)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T* At { get; } = at;

    public nint BetweenRows { get; } = betweenRows;

    public nint BetweenSteps { get; } = betweenSteps;

    public TileOperand<T> From(nint number) => new(At + number, BetweenRows, BetweenSteps);
}
