using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
            team.Run(ref job, team.PartsFor(y.Length * 1.5));
        }
    }

    /// <summary>Numbers (k + ½)/2²³ between 0 and 1, from the upper bits of the hashes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Uniform<T>(Vector512<uint> hash)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var bits = hash >>> 9;
        var whole = sizeof(T) == sizeof(float)
            ? Vector512.ConvertToSingle(bits.AsInt32()).As<float, T>()
            : Vector512.ConvertToDouble(Vector512.WidenLower(bits).AsInt64()).As<double, T>();
        return (whole + Lanes<T>.Of(0.5)) * Lanes<T>.Of(1.0 / (1 << 23));
    }

    /// <summary>sin 2πv up to the sign of all of them, which a symmetric distribution does not show: sin y with y = 2π·(¼ − |v − ½|), between ±π/2, by its series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Wave<T>(Vector512<T> v)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var y = Lanes<T>.Of(Math.Tau) * (Lanes<T>.Of(0.25) - Vector512.Abs(v - Lanes<T>.Of(0.5)));
        var square = y * y;
        var series = Lanes<T>.Of(-1.0 / 121645100408832000);
        series = Lanes<T>.MultiplyAdd(series, square, Lanes<T>.Of(1.0 / 355687428096000));
        series = Lanes<T>.MultiplyAdd(series, square, Lanes<T>.Of(-1.0 / 1307674368000));
        series = Lanes<T>.MultiplyAdd(series, square, Lanes<T>.Of(1.0 / 6227020800));
        series = Lanes<T>.MultiplyAdd(series, square, Lanes<T>.Of(-1.0 / 39916800));
        series = Lanes<T>.MultiplyAdd(series, square, Lanes<T>.Of(1.0 / 362880));
        series = Lanes<T>.MultiplyAdd(series, square, Lanes<T>.Of(-1.0 / 5040));
        series = Lanes<T>.MultiplyAdd(series, square, Lanes<T>.Of(1.0 / 120));
        series = Lanes<T>.MultiplyAdd(series, square, Lanes<T>.Of(-1.0 / 6));
        return Lanes<T>.MultiplyAdd(series * square, y, y);
    }

    private readonly struct Job<T>(Key first, Key second, T standardDeviation, T* x, T* y, int count) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute(int part, int parts)
        {
            var (u0, u1) = (Vector512.Create((uint)first.Value), Vector512.Create((uint)(first.Value >> 32)));
            var (v0, v1) = (Vector512.Create((uint)second.Value), Vector512.Create((uint)(second.Value >> 32)));
            var sigma = Vector512.Create(standardDeviation);
            var (i, end) = Team.Range(count, Step, part, parts);
            for (; i < end; i += Lanes<T>.Count)
            {
                var position = Vector512<uint>.Indices + Vector512.Create((uint)i);
                var radius = Vector512.Sqrt(Lanes<T>.Of(-2) * Exponential<T>.Log(Uniform<T>(RandomMask.Hash(position, u0, u1))));
                var z = radius * Wave(Uniform<T>(RandomMask.Hash(position, v0, v1)));
                var lanes = Math.Min(Lanes<T>.Count, end - i);
                Lanes<T>.StoreFirst(Lanes<T>.MultiplyAdd(sigma, z, Lanes<T>.LoadFirst(x + i, lanes)), y + i, lanes);
            }
        }
    }
}
