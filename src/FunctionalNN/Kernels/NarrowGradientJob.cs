using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// dW = xᵀ·dz for few outputs (at most two tiles' height): vectors along dz's few columns would be mostly empty, so the transpose is computed,
/// dWᵀ = dzᵀ·x, with vectors along the inputs, and turned as it is stored. Each sum is the same chain, over the rows in order.
/// </summary>
internal readonly unsafe struct NarrowGradientJob<T>(T* x, T* dz, T* weightGradient, int rows, int inputs, int outputs, bool accumulates, RowGather<T>? gathered) : IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Up to so many, in tiles of half as many, vectors along the inputs are quicker.</summary>
    public const int MostOutputs = 24;

    private const double NanosecondsEach = 1 / 80.0;

    /// <summary>How many columns of rows yet to be gathered are gathered at once: a cache line of bytes.</summary>
    private const int Together = 64;

    private static int PanelWidth => Tile<T>.Width * Lanes<T>.Count;

    public static void Run(Team team, NarrowGradientJob<T> job) => team.Run(ref job, team.PartsFor(job.Nanoseconds));

    private double Nanoseconds => (double)rows * inputs * outputs * NanosecondsEach;

    public void Execute(int part, int parts)
    {
        var tiles = outputs <= Tile<T>.Height ? 1 : 2;
        var turned = stackalloc T[MostOutputs * PanelWidth];
        var sums = new TileOutput<T>(turned, PanelWidth) { Accumulates = accumulates };
        var (left, right) = Team.Range(inputs, inputs >= parts * PanelWidth ? PanelWidth : Lanes<T>.Count, part, parts);
        var room = gathered is null ? null : Room<T>.Second(rows * Together);
        for (var input = left; input < right; input += PanelWidth)
        {
            var width = Math.Min(PanelWidth, right - input);
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
                Transposition.Run(columns, outputs, turned, PanelWidth, width, outputs);
            }

            for (int output = 0, height; output < outputs; output += height)
            {
                height = output == 0 ? (outputs + tiles - 1) / tiles : outputs - output;
                TileSizes<T>.Run(height, width, new TileOperand<T>(dz + output, 1, outputs), panel, stride, rows, sums, output, 0);
            }

            Transposition.Run(turned, PanelWidth, columns, outputs, outputs, width);
        }
    }
}
