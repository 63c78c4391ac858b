using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>Σ x in double, in 8 interleaved chains, so that no order of additions depends on the machine.</summary>
internal static unsafe class Sums
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static double Of<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Chains = 8;
        var sums = Vector512<double>.Zero;
        var i = 0;
        fixed (T* p = x)
        {
            for (; i <= x.Length - Chains; i += Chains)
            {
                sums += typeof(T) == typeof(float)
                    ? Vector512.WidenLower(Vector256.Load((float*)p + i).ToVector512())
                    : Vector512.Load((double*)p + i);
            }
        }

        var sum = 0.0;
        for (var chain = 0; chain < Chains; chain++)
        {
            sum += sums.GetElement(chain);
        }

        for (; i < x.Length; i++)
        {
            sum += double.CreateTruncating(x[i]);
        }

        return sum;
    }
}
