using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// Softmax over rows, and softmax with cross-entropy and its gradient as one. Rows are short (a few classes) and many, so a
/// block of rows is transposed and computed with one row in each lane of a vector.
/// With m = max x and s = Σ e^(x − m): y = e^(x − m)/s, loss = ln s + m − x[label], dx = (y − [j = label]) · scale.
/// </summary>
internal static unsafe class SoftmaxRows
{
    private const double NanosecondsEach = 1.2;

    /// <summary>Numbers in a block: 16 KB of floats.</summary>
    private const int BlockSize = 4096;

    public static void Forward<T>(Team team, ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, py = y)
        {
            var job = new Job<T>(px, null, T.One, null, py, null, rows, columns);
            LaneWidth<T>.Run(team, ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }
    }

    /// <summary>Loss by row and, unless its span is empty, the gradient with respect to x. Gives the rows whose greatest x is at the
    /// label.</summary>
    public static int CrossEntropy<T>(Team team, ReadOnlySpan<T> x, ReadOnlySpan<int> labels, double gradientScale, Span<T> losses,
        Span<T> gradient, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var correct = 0;
        fixed (T* px = x, pl = losses, pg = gradient)
        fixed (int* plabels = labels)
        {
            var job = new Job<T>(px, plabels, T.CreateTruncating(gradientScale), pl, pg, &correct, rows, columns);
            LaneWidth<T>.Run(team, ref job, team.PartsFor((double)rows * columns * NanosecondsEach));
        }

        return correct;
    }

    private readonly struct Job<T>(T* x, int* labels, T scale, T* losses, T* output, int* correct, int rows, int columns) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var (start, end) = Team.Range(rows, L.Count, part, parts);
            var blockRows = Math.Max(1, BlockSize / columns / L.Count) * L.Count;
            var size = blockRows * columns;
            var rented = size > BlockSize ? ArrayPool<T>.Shared.Rent(size) : null;
            T* small = stackalloc T[rented is null ? size : 1], ofLabel = stackalloc T[blockRows], label = stackalloc T[blockRows];
            var right = 0;
            fixed (T* large = rented)
            {
                for (var row = start; row < end; row += blockRows)
                {
                    right += Block<L>(row, Math.Min(blockRows, end - row), blockRows, rented is null ? small : large, ofLabel, label);
                }
            }

            if (correct != null)
            {
                Interlocked.Add(ref *correct, right);
            }

            if (rented is not null)
            {
                ArrayPool<T>.Shared.Return(rented);
            }
        }

        /// <param name="first">The block's first row.</param>
        /// <param name="count">Its rows.</param>
        /// <param name="stride">From one column to the next in the room.</param>
        /// <param name="room">The block transposed: one row of numbers for each column.</param>
        /// <param name="ofLabel">Room for each row's x at its label.</param>
        /// <param name="label">Room for each row's label, as a number.</param>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private int Block<L>(int first, int count, int stride, T* room, T* ofLabel, T* label)
            where L : struct, ILanes<L, T>
        {
            var rowsOfX = x + ((nint)first * columns);
            if (count % L.Count != 0)
            {
                ClearLast<L>(room, count / L.Count * L.Count, stride);
            }

            Transposition.Run<T, L>(rowsOfX, columns, room, stride, count, columns);
            for (var row = 0; labels != null && row < count; row++)
            {
                ofLabel[row] = rowsOfX[((nint)row * columns) + labels[first + row]];
                label[row] = T.CreateTruncating(labels[first + row]);
            }

            var right = Vectors<L>(first, count, stride, room, ofLabel, label);
            if (output != null)
            {
                var rowsOfOutput = output + ((nint)first * columns);
                Transposition.Run<T, L>(room, stride, rowsOfOutput, columns, columns, count);
                for (var row = 0; labels != null && row < count; row++)
                {
                    rowsOfOutput[((nint)row * columns) + labels[first + row]] -= scale;
                }
            }

            return right;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private int Vectors<L>(int first, int count, int stride, T* room, T* ofLabel, T* label)
            where L : struct, ILanes<L, T>
        {
            var right = 0;
            for (var row = 0; row < count; row += L.Count)
            {
                var at = room + row;
                var greatest = L.Load(at);
                var best = L.Zero;
                for (var column = 1; column < columns; column++)
                {
                    // Written so that NaN counts as greatest and shows in the loss.
                    var candidate = L.Load(at + (column * (nint)stride));
                    var isNotGreater = L.LessThanOrEqual(candidate, greatest);
                    greatest = L.Select(isNotGreater, greatest, candidate);
                    best = L.Select(isNotGreater, best, (L)column);
                }

                var sum = L.Zero;
                for (var column = 0; column < columns; column++)
                {
                    var e = L.Exp(L.Load(at + (column * (nint)stride)) - greatest);
                    L.Store(e, at + (column * (nint)stride));
                    sum += e;
                }

                var factor = L.Of(scale) / sum;
                for (var column = 0; output != null && column < columns; column++)
                {
                    L.Store(L.Load(at + (column * (nint)stride)) * factor, at + (column * (nint)stride));
                }

                if (labels != null)
                {
                    var lanes = Math.Min(L.Count, count - row);
                    L.StoreFirst(L.Log(sum) + greatest - L.Load(ofLabel + row), losses + first + row, lanes);
                    var isRight = L.EqualTo(best, L.Load(label + row)) & L.EqualTo(sum, sum) & L.First(lanes);
                    right += L.CountOf(isRight);
                }
            }

            return right;
        }

        /// <summary>Lanes without a row hold zeros, so that what is computed in them is harmless.</summary>
        private void ClearLast<L>(T* room, int from, int stride)
            where L : struct, ILanes<L, T>
        {
            for (var column = 0; column < columns; column++)
            {
                L.Store(L.Zero, room + (column * (nint)stride) + from);
            }
        }
    }
}
