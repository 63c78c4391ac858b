using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>Σ x in double, in 8 interleaved chains, so that no order of additions depends on the machine.</summary>
internal static unsafe class Sums
{
    public static double Of<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* p = x)
        {
            return LaneWidth.Is512 ? Of<T, Lanes512<double>>(p, x.Length)
                : LaneWidth.Is256 ? Of<T, Pair<Lanes256<double>, double>>(p, x.Length)
                : Of<T, Pair<Pair<Lanes128<double>, double>, double>>(p, x.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Of<T, L>(T* x, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        where L : struct, ILanes<L, double>
    {
        var sums = L.Zero;
        var i = 0;
        for (; i <= count - L.Count; i += L.Count)
        {
            sums += typeof(T) == typeof(float) ? L.FromFloats((float*)x + i) : L.Load((double*)x + i);
        }

        var sum = 0.0;
        for (var chain = 0; chain < L.Count; chain++)
        {
            sum += L.Element(sums, chain);
        }

        for (; i < count; i++)
        {
            sum += double.CreateTruncating(x[i]);
        }

        return sum;
    }
}
