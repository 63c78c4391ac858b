using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>Passes over long vectors with all threads.</summary>
internal static unsafe class VectorPass
{
    private const int MaxBlocks = 256;
    private const int MinBlock = 4096;

    /// <summary>z = f(x, y). z may be x or y.</summary>
    public static void Zip<T, TFormula>(Team team, TFormula formula, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IBinaryFormula
    {
        fixed (T* px = x, py = y, pz = z)
        {
            var job = new ZipJob<T, TFormula>(formula, px, py, pz, z.Length);
            team.Run(ref job, team.PartsFor(z.Length * 0.15));
        }
    }

    /// <summary>Σx², summed in double, so that no float overflows, and block by block, so that threads cannot change it.</summary>
    public static double SumOfSquares<T>(Team team, ReadOnlySpan<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var block = Math.Max(MinBlock, (x.Length + MaxBlocks - 1) / MaxBlocks);
        var blocks = (x.Length + block - 1) / block;
        var sums = stackalloc double[MaxBlocks];
        fixed (T* px = x)
        {
            var job = new SquaresJob<T>(px, sums, x.Length, block, blocks);
            LaneWidth<double>.RunBlocks(team, ref job, Math.Clamp(blocks, 1, team.PartsFor(x.Length * 0.15)));
        }

        var sum = 0.0;
        for (var i = 0; i < blocks; i++)
        {
            sum += sums[i];
        }

        return sum;
    }

    private readonly struct ZipJob<T, TFormula>(TFormula formula, T* x, T* y, T* z, int count) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IBinaryFormula
    {
        public void Execute(int part, int parts)
        {
            var (start, end) = Team.Range(count, 64, part, parts);
            Elementwise.Zip(formula, new ReadOnlySpan<T>(x + start, end - start), new ReadOnlySpan<T>(y + start, end - start),
                new Span<T>(z + start, end - start));
        }
    }

    private readonly struct SquaresJob<T>(T* x, double* sums, int count, int block, int blocks) : ILaneJob<double>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, double>
        {
            var (first, end) = Team.Range(blocks, 1, part, parts);
            for (var i = first; i < end; i++)
            {
                sums[i] = Block<L>(i * block, Math.Min(count, (i + 1) * block));
            }
        }

        /// <summary>A float's square needs 16 chains, a double's 8: as many as a block of 64 bytes has numbers.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private double Block<L>(int start, int end)
            where L : struct, ILanes<L, double>
        {
            L even = L.Zero, odd = L.Zero;
            var i = start;
            if (typeof(T) == typeof(float))
            {
                for (; i <= end - (2 * L.Count); i += 2 * L.Count)
                {
                    var (low, high) = (L.FromFloats((float*)x + i), L.FromFloats((float*)x + i + L.Count));
                    even = L.MultiplyAdd(low, low, even);
                    odd = L.MultiplyAdd(high, high, odd);
                }

                var last = stackalloc float[2 * L.Count];
                new Span<float>(last, 2 * L.Count).Clear();
                new ReadOnlySpan<float>((float*)x + i, end - i).CopyTo(new Span<float>(last, 2 * L.Count));
                even = L.MultiplyAdd(L.FromFloats(last), L.FromFloats(last), even);
                odd = L.MultiplyAdd(L.FromFloats(last + L.Count), L.FromFloats(last + L.Count), odd);
            }
            else
            {
                for (; i < end; i += L.Count)
                {
                    var lanes = L.LoadFirst((double*)x + i, end - i);
                    even = L.MultiplyAdd(lanes, lanes, even);
                }
            }

            var sum = 0.0;
            for (var lane = 0; lane < L.Count; lane++)
            {
                sum += L.Element(even, lane) + L.Element(odd, lane);
            }

            return sum;
        }
    }
}
