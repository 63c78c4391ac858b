using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>Whether prediction and target both lie above the middle of their scale, or both do not; NaN lies nowhere.</summary>
internal readonly struct SameSide<T>(T middle, T targetMiddle) : IPredicate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) =>
        Vector512.Equals(x, x) & ~(Vector512.GreaterThan(x, Vector512.Create(middle)) ^ Vector512.GreaterThan(y, Vector512.Create(targetMiddle)));
}
