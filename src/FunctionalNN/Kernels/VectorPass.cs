using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>Passes over long vectors with all threads.</summary>
internal static unsafe class VectorPass
{
    private const int MostBlocks = 256;
    private const int LeastBlock = 4096;

    /// <summary>z = f(x, y). z may be x or y.</summary>
    public static void Zip<T, TFormula>(Team team, TFormula formula, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IBinary<T>
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
        var block = Math.Max(LeastBlock, (x.Length + MostBlocks - 1) / MostBlocks);
        var blocks = (x.Length + block - 1) / block;
        var sums = stackalloc double[MostBlocks];
        fixed (T* px = x)
        {
            var job = new SquaresJob<T>(px, sums, x.Length, block, blocks);
            team.Run(ref job, Math.Clamp(blocks, 1, team.PartsFor(x.Length * 0.15)));
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
        where TFormula : struct, IBinary<T>
    {
        public void Execute(int part, int parts)
        {
            var (start, end) = Team.Range(count, 64, part, parts);
            Elementwise.Zip(formula, new ReadOnlySpan<T>(x + start, end - start), new ReadOnlySpan<T>(y + start, end - start), new Span<T>(z + start, end - start));
        }
    }

    private readonly struct SquaresJob<T>(T* x, double* sums, int count, int block, int blocks) : IJob
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

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private double Block(int start, int end)
        {
            Vector512<double> even = Vector512<double>.Zero, odd = Vector512<double>.Zero;
            for (var i = start; i < end; i += Lanes<T>.Count)
            {
                var lanes = Lanes<T>.LoadFirst(x + i, Math.Min(Lanes<T>.Count, end - i));
                if (typeof(T) == typeof(float))
                {
                    var (low, high) = Vector512.Widen(lanes.AsSingle());
                    even = Vector512.FusedMultiplyAdd(low, low, even);
                    odd = Vector512.FusedMultiplyAdd(high, high, odd);
                }
                else
                {
                    even = Vector512.FusedMultiplyAdd(lanes.AsDouble(), lanes.AsDouble(), even);
                }
            }

            var sum = 0.0;
            for (var lane = 0; lane < Vector512<double>.Count; lane++)
            {
                sum += even[lane] + odd[lane];
            }

            return sum;
        }
    }
}
