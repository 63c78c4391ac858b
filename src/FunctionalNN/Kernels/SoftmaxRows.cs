using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// Softmax over rows, and softmax with cross-entropy and its gradient as one. Rows are short (a few classes) and many, so
/// 16 rows (8 of doubles) are turned into the lanes of vectors and computed at once.
/// With m = max x and s = Σ e^(x − m): y = e^(x − m)/s, loss = ln s + m − x[label], dx = (y − [j = label]) · scale.
/// </summary>
internal static unsafe class SoftmaxRows
{
    private const double NanosecondsEach = 0.6;
    private const int LargestOnStack = 4096;

    public static void Forward<T>(Team team, ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, py = y)
        {
            var job = new Job<T>(px, null, T.Zero, null, py, null, rows, columns);
            team.Run(ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    /// <summary>Loss by row and, unless its span is empty, the gradient with respect to x. Gives the rows whose greatest x is at the label.</summary>
    public static int CrossEntropy<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<int> labels, double gradientScale, Span<T> losses, Span<T> gradient, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var correct = 0;
        fixed (T* px = x, pl = losses, pg = gradient)
        fixed (int* plabels = labels)
        {
            var job = new Job<T>(px, plabels, T.CreateTruncating(gradientScale), pl, pg, &correct, rows, columns);
            team.Run(ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }

        return correct;
    }

    private readonly struct Job<T>(T* x, int* labels, T scale, T* losses, T* output, int* correct, int rows, int columns) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part, int parts)
        {
            var (start, end) = Team.Range(rows, Lanes<T>.Count, part, parts);
            var size = columns * Lanes<T>.Count;
            var rented = size > LargestOnStack ? ArrayPool<T>.Shared.Rent(size) : null;
            fixed (T* large = rented)
            {
                var small = stackalloc T[rented is null ? size : 1];
                var right = Rows(start, end, rented is null ? small : large);
                if (correct != null)
                {
                    Interlocked.Add(ref *correct, right);
                }
            }

            if (rented is not null)
            {
                ArrayPool<T>.Shared.Return(rented);
            }
        }

        /// <param name="start">The first row.</param>
        /// <param name="end">The row after the last.</param>
        /// <param name="room">A vector for each column: one row in each lane.</param>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private int Rows(int start, int end, T* room)
        {
            var right = 0;
            T* ofLabel = stackalloc T[Lanes<T>.Count], label = stackalloc T[Lanes<T>.Count];
            for (var row = start; row < end; row += Lanes<T>.Count)
            {
                var lanes = Math.Min(Lanes<T>.Count, end - row);
                RowLanes<T>.Load(x + ((nint)row * columns), room, lanes, columns);
                var (greatest, best) = Greatest(room);
                if (labels == null)
                {
                    var scaleOfRow = Vector512<T>.One / Exponentials(room, greatest);
                    Multiply(room, scaleOfRow);
                    RowLanes<T>.Store(room, output + ((nint)row * columns), lanes, columns);
                    continue;
                }

                for (var lane = 0; lane < lanes; lane++)
                {
                    ofLabel[lane] = room[(labels[row + lane] * Lanes<T>.Count) + lane];
                    label[lane] = T.CreateTruncating(labels[row + lane]);
                }

                var isRight = Vector512.Equals(best, Vector512.Load(label)) & Lanes<T>.First(lanes);
                right += BitOperations.PopCount(isRight.ExtractMostSignificantBits());
                var sum = Exponentials(room, greatest);
                Lanes<T>.StoreFirst((Exponential<T>.Log(sum) + greatest) - Vector512.Load(ofLabel), losses + row, lanes);
                if (output != null)
                {
                    Multiply(room, Vector512.Create(scale) / sum);
                    for (var lane = 0; lane < lanes; lane++)
                    {
                        room[(labels[row + lane] * Lanes<T>.Count) + lane] -= scale;
                    }

                    RowLanes<T>.Store(room, output + ((nint)row * columns), lanes, columns);
                }
            }

            return right;
        }

        /// <summary>Each lane's greatest number, NaN if it has one, and where it first stands.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private (Vector512<T> Greatest, Vector512<T> Column) Greatest(T* room)
        {
            var greatest = Vector512.Load(room);
            var best = Vector512<T>.Zero;
            for (var column = 1; column < columns; column++)
            {
                var candidate = Vector512.Load(room + (column * Lanes<T>.Count));
                var isNotGreater = Vector512.LessThanOrEqual(candidate, greatest);
                greatest = Vector512.ConditionalSelect(isNotGreater, greatest, candidate);
                best = Vector512.ConditionalSelect(isNotGreater, best, Lanes<T>.Of(column));
            }

            return (greatest, best);
        }

        /// <summary>Replaces each x by e^(x − greatest) and gives the sums.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector512<T> Exponentials(T* room, Vector512<T> greatest)
        {
            var sum = Vector512<T>.Zero;
            for (var column = 0; column < columns; column++)
            {
                var at = room + (column * Lanes<T>.Count);
                var e = Exponential<T>.Exp(Vector512.Load(at) - greatest);
                Vector512.Store(e, at);
                sum += e;
            }

            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Multiply(T* room, Vector512<T> factor)
        {
            for (var column = 0; column < columns; column++)
            {
                var at = room + (column * Lanes<T>.Count);
                Vector512.Store(Vector512.Load(at) * factor, at);
            }
        }
    }
}
