using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// y[i] = x[i] + σ·zᵢ with zᵢ from the normal distribution, a function of key and position (Box and Muller, 1958):
/// z = √(−2·ln u)·sin 2πv, with u and v from two hashes of 23 bits each. So |z| is at most 5.8, and float and double draw the same numbers.
/// </summary>
internal static unsafe class RandomNormal
{
    private const int Step = 64;

    public static void Add<T>(Team team, Key key, double standardDeviation, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, py = y)
        {
            var job = new Job<T>(key, key.Fold(1), T.CreateTruncating(standardDeviation), px, py, y.Length);
            LaneWidth<T>.Run(team, ref job, team.PartsFor(y.Length * 1.5));
        }
    }

    /// <summary>Numbers (k + ½)/2²³ between 0 and 1, from the upper bits of the hashes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Uniform<T, L>(L bits)
        where T : unmanaged, IFloatingPointIeee754<T>
        where L : struct, ILanes<L, T> => (L.UpperBits(bits) + (L)0.5) * (L)(1.0 / (1 << 23));

    /// <summary>sin 2πv up to the sign of all of them, which a symmetric distribution does not show: sin y with y = 2π·(¼ − |v − ½|),
    /// between ±π/2, by its series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Wave<S>(S v)
        where S : struct, IReal<S>
    {
        var y = Math.Tau * (0.25 - S.Abs(v - 0.5));
        var square = y * y;
        S series = -1.0 / 121645100408832000;
        series = S.MultiplyAdd(series, square, 1.0 / 355687428096000);
        series = S.MultiplyAdd(series, square, -1.0 / 1307674368000);
        series = S.MultiplyAdd(series, square, 1.0 / 6227020800);
        series = S.MultiplyAdd(series, square, -1.0 / 39916800);
        series = S.MultiplyAdd(series, square, 1.0 / 362880);
        series = S.MultiplyAdd(series, square, -1.0 / 5040);
        series = S.MultiplyAdd(series, square, 1.0 / 120);
        series = S.MultiplyAdd(series, square, -1.0 / 6);
        return S.MultiplyAdd(series * square, y, y);
    }

    private readonly struct Job<T>(Key first, Key second, T standardDeviation, T* x, T* y, int count) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var sigma = L.Of(standardDeviation);
            var (i, end) = Team.Range(count, Step, part, parts);
            for (; i < end; i += L.Count)
            {
                var radius = L.Sqrt((L)(-2.0) * L.Log(Uniform<T, L>(L.RandomBits((uint)i, first.Value))));
                var z = radius * Wave(Uniform<T, L>(L.RandomBits((uint)i, second.Value)));
                var lanes = Math.Min(L.Count, end - i);
                L.StoreFirst(L.MultiplyAdd(sigma, z, L.LoadFirst(x + i, lanes)), y + i, lanes);
            }
        }
    }
}
