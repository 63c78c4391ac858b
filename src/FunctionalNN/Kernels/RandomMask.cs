using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// y[i] = x[i] / (1 − rate) where hash(key, i) ≥ rate·2³², else 0. The mask is never stored: backward asks for it again.
/// </summary>
/// <remarks>
/// The hash runs 16 positions at a time: two rounds of multiply and shift (constants of Chris Wellons' "lowbias32" search), with one
/// half of the key before each.
/// </remarks>
internal static unsafe class RandomMask
{
    private const int Step = 64;

    public static void Apply<T>(Team team, Key key, double rate, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, py = y)
        {
            var job = new Job<T>(key, (uint)Math.Min(uint.MaxValue, rate * 4294967296.0), 1 / (1 - rate), px, py, y.Length);
            team.Run(ref job, team.PartsFor(y.Length * 0.4));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<uint> Hash(Vector512<uint> position, Vector512<uint> key0, Vector512<uint> key1)
    {
        var x = Round(position ^ key0) ^ key1;
        return Round(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Round(Vector512<uint> x)
    {
        x ^= x >>> 16;
        x *= Vector512.Create(0x7FEB352Du);
        x ^= x >>> 15;
        x *= Vector512.Create(0x846CA68Bu);
        return x ^ (x >>> 16);
    }

    private readonly struct Job<T>(Key key, uint threshold, double scale, T* x, T* y, int count) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute(int part, int parts)
        {
            var key0 = Vector512.Create((uint)key.Value);
            var key1 = Vector512.Create((uint)(key.Value >> 32));
            var least = Vector512.Create(threshold);
            var factor = Lanes<T>.Of(scale);
            var (i, end) = Team.Range(count, Step, part, parts);
            for (; i < end; i += Lanes<T>.Count)
            {
                var hash = Hash(Vector512<uint>.Indices + Vector512.Create((uint)i), key0, key1);
                var isKept = sizeof(T) == sizeof(float)
                    ? Vector512.GreaterThanOrEqual(hash, least).As<uint, T>()
                    : Vector512.GreaterThanOrEqual(Vector512.WidenLower(hash), Vector512.WidenLower(least)).As<ulong, T>();
                if (end - i >= Lanes<T>.Count)
                {
                    Vector512.Store(Vector512.ConditionalSelect(isKept, Vector512.Load(x + i) * factor, Vector512<T>.Zero), y + i);
                }
                else
                {
                    var last = Lanes<T>.LoadFirst(x + i, end - i) * factor;
                    Lanes<T>.StoreFirst(Vector512.ConditionalSelect(isKept, last, Vector512<T>.Zero), y + i, end - i);
                }
            }
        }
    }
}
