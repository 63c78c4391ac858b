using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// 32 random bits from a position and a key: two rounds of multiply and shift (constants of Chris Wellons' "lowbias32" search), with one
/// half of the key before each.
/// </summary>
internal static class RandomHash
{
    private const uint First = 0x7FEB352D;
    private const uint Second = 0x846CA68B;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Of(Vector512<uint> position, ulong key) =>
        Round(Round(position ^ Vector512.Create((uint)key)) ^ Vector512.Create((uint)(key >> 32)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Of(Vector256<uint> position, ulong key) =>
        Round(Round(position ^ Vector256.Create((uint)key)) ^ Vector256.Create((uint)(key >> 32)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Of(Vector128<uint> position, ulong key) =>
        Round(Round(position ^ Vector128.Create((uint)key)) ^ Vector128.Create((uint)(key >> 32)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Round(Vector512<uint> x)
    {
        x ^= x >>> 16;
        x *= First;
        x ^= x >>> 15;
        x *= Second;
        return x ^ (x >>> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Round(Vector256<uint> x)
    {
        x ^= x >>> 16;
        x *= First;
        x ^= x >>> 15;
        x *= Second;
        return x ^ (x >>> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Round(Vector128<uint> x)
    {
        x ^= x >>> 16;
        x *= First;
        x ^= x >>> 15;
        x *= Second;
        return x ^ (x >>> 16);
    }
}
