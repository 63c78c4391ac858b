using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>Whether prediction and target both lie above the middle of their scale, or both do not; NaN lies nowhere.</summary>
internal readonly struct SameSide<T>(T middle, T targetMiddle) : IPredicate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Invoke<L>(L x, L y)
        where L : struct, ILanes<L, T> => L.EqualTo(x, x) & ~(L.LessThan(L.Of(middle), x) ^ L.LessThan(L.Of(targetMiddle), y));
}
