using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>λ₁·Σ|w| + λ₂·Σw², and λ₁·sign(w) + 2λ₂·w added to the gradient, in one pass. The sum is taken block by block, so that threads cannot change it.</summary>
internal static unsafe class PenaltyTerms
{
    private const int MostBlocks = 256;
    private const int LeastBlock = 4096;

    public static double Apply<T>(Team team, Penalty penalty, ReadOnlySpan<T> weights, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var block = Math.Max(LeastBlock, (weights.Length + MostBlocks - 1) / MostBlocks);
        var blocks = (weights.Length + block - 1) / block;
        var sums = stackalloc double[MostBlocks];
        fixed (T* pw = weights, pg = gradient)
        {
            var job = new Job<T>(penalty.Absolute, penalty.Squared, penalty.Absolute * penalty.SlopeAtZero, pw, pg, sums, weights.Length, block, blocks);
            team.Run(ref job, Math.Min(blocks, team.PartsFor(weights.Length * 0.15)));
        }

        var sum = 0.0;
        for (var i = 0; i < blocks; i++)
        {
            sum += sums[i];
        }

        return sum;
    }

    private readonly struct Job<T>(double absolute, double squared, double atZero, T* weights, T* gradient, double* sums, int count, int block, int blocks) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part, int parts)
        {
            var (first, end) = Team.Range(blocks, 1, part, parts);
            for (var i = first; i < end; i++)
            {
                sums[i] = Block(i * block, Math.Min(count, (i + 1) * block));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private double Block(int start, int end)
        {
            Vector512<T> distances = Vector512<T>.Zero, squares = Vector512<T>.Zero;
            var (slope1, slope2, kink) = (Lanes<T>.Of(absolute), Lanes<T>.Of(2 * squared), Lanes<T>.Of(atZero));
            for (var i = start; i < end; i += Lanes<T>.Count)
            {
                var lanes = Math.Min(Lanes<T>.Count, end - i);
                var w = Lanes<T>.LoadFirst(weights + i, lanes);
                distances += Vector512.Abs(w);
                squares = Lanes<T>.MultiplyAdd(w, w, squares);
                if (gradient != null)
                {
                    var sign = Vector512.ConditionalSelect(Vector512.GreaterThan(w, Vector512<T>.Zero), slope1, kink);
                    sign = Vector512.ConditionalSelect(Vector512.LessThan(w, Vector512<T>.Zero), -slope1, sign);
                    var g = Lanes<T>.LoadFirst(gradient + i, lanes) + sign;
                    Lanes<T>.StoreFirst(Lanes<T>.MultiplyAdd(slope2, w, g), gradient + i, lanes);
                }
            }

            return (absolute * Sum(distances)) + (squared * Sum(squares));
        }

        private static double Sum(Vector512<T> lanes)
        {
            var sum = 0.0;
            for (var i = 0; i < Lanes<T>.Count; i++)
            {
                sum += double.CreateTruncating(lanes.GetElement(i));
            }

            return sum;
        }
    }
}
