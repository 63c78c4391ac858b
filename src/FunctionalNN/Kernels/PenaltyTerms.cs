using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>λ₁·Σ|w| + λ₂·Σw², and λ₁·sign(w) + 2λ₂·w added to the gradient, in one pass. The sum is taken block by block, so that threads
/// cannot change it.</summary>
internal static unsafe class PenaltyTerms
{
    private const int MaxBlocks = 256;
    private const int MinBlock = 4096;

    public static double Apply<T>(Team team, Penalty penalty, ReadOnlySpan<T> weights, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var block = Math.Max(MinBlock, (weights.Length + MaxBlocks - 1) / MaxBlocks);
        var blocks = (weights.Length + block - 1) / block;
        var sums = stackalloc double[MaxBlocks];
        fixed (T* pw = weights, pg = gradient)
        {
            var job =
                new Job<T>(penalty.Absolute, penalty.Squared, penalty.Absolute * penalty.SlopeAtZero, pw, pg, sums, weights.Length, block,
                    blocks);
            LaneWidth<T>.RunBlocks(team, ref job, Math.Min(blocks, team.PartsFor(weights.Length * 0.15)));
        }

        var sum = 0.0;
        for (var i = 0; i < blocks; i++)
        {
            sum += sums[i];
        }

        return sum;
    }

    private readonly struct Job<T>(double absolute, double squared, double atZero, T* weights, T* gradient, double* sums, int count,
        int block, int blocks) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var (first, end) = Team.Range(blocks, 1, part, parts);
            for (var i = first; i < end; i++)
            {
                sums[i] = Block<L>(i * block, Math.Min(count, (i + 1) * block));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private double Block<L>(int start, int end)
            where L : struct, ILanes<L, T>
        {
            L distances = L.Zero, squares = L.Zero;
            var (slope1, slope2, kink) = ((L)absolute, (L)(2 * squared), (L)atZero);
            for (var i = start; i < end; i += L.Count)
            {
                var lanes = Math.Min(L.Count, end - i);
                var w = L.LoadFirst(weights + i, lanes);
                distances += L.Abs(w);
                squares = L.MultiplyAdd(w, w, squares);
                if (gradient != null)
                {
                    var sign = L.IfLess(L.Zero, w, slope1, kink);
                    sign = L.IfLess(w, L.Zero, -slope1, sign);
                    var g = L.LoadFirst(gradient + i, lanes) + sign;
                    L.StoreFirst(L.MultiplyAdd(slope2, w, g), gradient + i, lanes);
                }
            }

            return (absolute * Sum<L>(distances)) + (squared * Sum<L>(squares));
        }

        private static double Sum<L>(L lanes)
            where L : struct, ILanes<L, T>
        {
            var sum = 0.0;
            for (var i = 0; i < L.Count; i++)
            {
                sum += double.CreateTruncating(L.Element(lanes, i));
            }

            return sum;
        }
    }
}
