using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// dW = xᵀ·dz for few outputs: vectors along dz's few columns would be mostly empty, so the transpose is computed,
/// dWᵀ = dzᵀ·x, with vectors along the inputs, and turned as it is stored. Each sum is the same chain, over the rows in order.
/// </summary>
internal readonly unsafe struct NarrowGradientJob<T>(
    T* x, T* dz, T* weightGradient, int rows, int inputs, int outputs, bool accumulates, RowGather<T>? gathered) : ILaneJob<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaxOutputs = 24;

    private const double NanosecondsEach = 1 / 80.0;

    /// <summary>How many columns of rows yet to be gathered are gathered at once: a cache line of bytes.</summary>
    private const int Together = 64;

    public static void Run(Team team, NarrowGradientJob<T> job) => LaneWidth<T>.Run(team, ref job, team.PartsFor(job.Nanoseconds));

    private double Nanoseconds => (double)rows * inputs * outputs * NanosecondsEach;

    public void Execute<L>(int part, int parts)
        where L : struct, ILanes<L, T>
    {
        var panelWidth = TileSizes<T, L>.PanelWidth;
        var tallest = TileSizes<T, L>.EvenHeight(outputs);
        var turned = stackalloc T[MaxOutputs * panelWidth];
        var sums = new TileOutput<T>(turned, panelWidth) { Accumulates = accumulates };
        var (left, right) = Team.Range(inputs, inputs >= parts * panelWidth ? panelWidth : L.Count, part, parts);
        var room = gathered is null ? null : ThreadScratch<T>.Second(rows * Together);
        for (var input = left; input < right; input += panelWidth)
        {
            var width = Math.Min(panelWidth, right - input);
            var position = (input - left) % Together;
            if (room != null && position == 0)
            {
                gathered!.Copy(0, rows, input, Math.Min(Together, right - input), room, Together);
            }

            var panel = room == null ? x + input : room + position;
            var stride = room == null ? inputs : Together;
            var columns = weightGradient + ((nint)input * outputs);
            if (accumulates)
            {
                Transposition.Run<T, L>(columns, outputs, turned, panelWidth, width, outputs);
            }

            for (var output = 0; output < outputs; output += tallest)
            {
                var height = Math.Min(tallest, outputs - output);
                TileSizes<T, L>.Run(height, width, new TileOperand<T>(dz + output, 1, outputs), panel, stride, rows, sums, output, 0);
            }

            Transposition.Run<T, L>(turned, panelWidth, columns, outputs, outputs, width);
        }
    }
}
