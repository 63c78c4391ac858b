using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// z = x·W + b for a single row x. The weights are read once and nothing is used twice, so the speed is that of memory:
/// many vectors of a row of W are read in one go, and their sums kept in registers. Threads divide the columns.
/// </summary>
internal readonly unsafe struct RowProduct<T>(T* x, T* weights, int inputs, int outputs, TileOutput<T> output) : ILaneJob<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int RowsAhead = 6;
    private const double NanosecondsEach = 0.06;

    public static void Run(Team team, T* x, T* weights, int inputs, int outputs, TileOutput<T> output)
    {
        var job = new RowProduct<T>(x, weights, inputs, outputs, output);
        LaneWidth<T>.Run(team, ref job, team.PartsFor((double)inputs * outputs * NanosecondsEach));
    }

    public void Execute<L>(int part, int parts)
        where L : struct, ILanes<L, T>
    {
        var (column, end) = Team.Range(outputs, L.Count, part, parts);
        for (; RowKernel<T, L>.MaxVectors == 16 && column <= end - (16 * L.Count); column += 16 * L.Count)
        {
            RowKernel<T, L>.Run<Sixteen>(x, weights + column, outputs, RowsAhead, inputs, output, column);
        }

        for (; RowKernel<T, L>.MaxVectors == 8 && column <= end - (8 * L.Count); column += 8 * L.Count)
        {
            RowKernel<T, L>.Run<Eight>(x, weights + column, outputs, RowsAhead, inputs, output, column);
        }

        for (; column < end; column += L.Count)
        {
            TileSizes<T, L>.Run(1, Math.Min(L.Count, end - column), new TileOperand<T>(x, 0, 1), weights + column, outputs, inputs, output,
                0, column);
        }
    }
}
