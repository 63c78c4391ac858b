using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// y[i] = x[i] / (1 − rate) where hash(key, i) ≥ rate·2³², else 0. The mask is never stored: backward asks for it again.
/// </summary>
/// <remarks>The hash is <see cref="RandomHash"/>.</remarks>
internal static unsafe class RandomMask
{
    private const int Step = 64;

    public static void Apply<T>(Team team, Key key, double rate, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, py = y)
        {
            var job = new Job<T>(key, (uint)Math.Min(uint.MaxValue, rate * 4294967296.0), 1 / (1 - rate), px, py, y.Length);
            LaneWidth<T>.Run(team, ref job, team.PartsFor(y.Length * 0.4));
        }
    }

    private readonly struct Job<T>(Key key, uint threshold, double scale, T* x, T* y, int count) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var factor = (L)scale;
            var (i, end) = Team.Range(count, Step, part, parts);
            for (; i < end; i += L.Count)
            {
                var isKept = L.BitsAtLeast(L.RandomBits((uint)i, key.Value), threshold);
                if (end - i >= L.Count)
                {
                    L.Store(L.Select(isKept, L.Load(x + i) * factor, L.Zero), y + i);
                }
                else
                {
                    var last = L.LoadFirst(x + i, end - i) * factor;
                    L.StoreFirst(L.Select(isKept, last, L.Zero), y + i, end - i);
                }
            }
        }
    }
}
