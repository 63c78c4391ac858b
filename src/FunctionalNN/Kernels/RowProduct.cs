using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// z = x·W + b for a single row x. The weights are read once and nothing is used twice, so the speed is that of memory:
/// 16 vectors of a row of W are read in one go, and their sums kept in registers. Threads divide the columns.
/// The chain of each sum is that of <see cref="Tile{T}"/>.
/// </summary>
internal readonly unsafe struct RowProduct<T>(T* x, T* weights, int inputs, int outputs, TileOutput<T> output) : IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Vectors = 16;
    private const int RowsAhead = 6;
    private const double NanosecondsEach = 0.06;

    public static void Run(Team team, T* x, T* weights, int inputs, int outputs, TileOutput<T> output)
    {
        var job = new RowProduct<T>(x, weights, inputs, outputs, output);
        team.Run(ref job, team.PartsFor((double)inputs * outputs * NanosecondsEach));
    }

    public void Execute(int part, int parts)
    {
        var (column, end) = Team.Range(outputs, Lanes<T>.Count, part, parts);
        for (; column <= end - (Vectors * Lanes<T>.Count); column += Vectors * Lanes<T>.Count)
        {
            Wide(column);
        }

        for (; column < end; column += Lanes<T>.Count)
        {
            Tile<T>.Run<One, One>(x, 0, 1, weights + column, outputs, inputs, output, 0, column, Math.Min(Lanes<T>.Count, end - column));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Wide(int column)
    {
        Vector512<T> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        Vector512<T> c8 = default, c9 = default, c10 = default, c11 = default, c12 = default, c13 = default, c14 = default, c15 = default;
        var w = weights + column;
        for (var p = 0; p < inputs; p++)
        {
            Prefetching.Of(new ReadOnlySpan<T>(w + (RowsAhead * (nint)outputs), Vectors * Lanes<T>.Count));
            var a = Vector512.Create(x[p]);
            c0 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w), c0);
            c1 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + Lanes<T>.Count), c1);
            c2 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (2 * Lanes<T>.Count)), c2);
            c3 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (3 * Lanes<T>.Count)), c3);
            c4 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (4 * Lanes<T>.Count)), c4);
            c5 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (5 * Lanes<T>.Count)), c5);
            c6 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (6 * Lanes<T>.Count)), c6);
            c7 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (7 * Lanes<T>.Count)), c7);
            c8 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (8 * Lanes<T>.Count)), c8);
            c9 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (9 * Lanes<T>.Count)), c9);
            c10 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (10 * Lanes<T>.Count)), c10);
            c11 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (11 * Lanes<T>.Count)), c11);
            c12 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (12 * Lanes<T>.Count)), c12);
            c13 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (13 * Lanes<T>.Count)), c13);
            c14 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (14 * Lanes<T>.Count)), c14);
            c15 = Lanes<T>.MultiplyAdd(a, Vector512.Load(w + (15 * Lanes<T>.Count)), c15);
            w += outputs;
        }

        output.Store<Two>(c0, c1, 0, column, Lanes<T>.Count);
        output.Store<Two>(c2, c3, 0, column + (2 * Lanes<T>.Count), Lanes<T>.Count);
        output.Store<Two>(c4, c5, 0, column + (4 * Lanes<T>.Count), Lanes<T>.Count);
        output.Store<Two>(c6, c7, 0, column + (6 * Lanes<T>.Count), Lanes<T>.Count);
        output.Store<Two>(c8, c9, 0, column + (8 * Lanes<T>.Count), Lanes<T>.Count);
        output.Store<Two>(c10, c11, 0, column + (10 * Lanes<T>.Count), Lanes<T>.Count);
        output.Store<Two>(c12, c13, 0, column + (12 * Lanes<T>.Count), Lanes<T>.Count);
        output.Store<Two>(c14, c15, 0, column + (14 * Lanes<T>.Count), Lanes<T>.Count);
    }
}
