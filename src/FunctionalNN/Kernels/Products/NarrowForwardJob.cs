using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// z = x·W + b, then max(·, 0) on request, for 5 to 10 outputs: vectors along the few columns of W would be partly empty, so the
/// transpose is computed, zᵀ = Wᵀ·xᵀ, with vectors along the rows. Some rows of x are turned, a stretch of columns at a time that the
/// first-level cache holds. Each sum is the same chain, over the inputs in order.
/// </summary>
internal readonly unsafe struct NarrowForwardJob<T>(T* x, T* weights, T* bias, T* z, int rows, int inputs, int outputs, bool rectifies)
    : ILaneJob<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaxOutputs = 10;
    private const int Stretch = 128;
    private const double NanosecondsEach = 1 / 80.0;

    public static void Run(Team team, NarrowForwardJob<T> job) => LaneWidth<T>.Run(team, ref job, team.PartsFor(job.Nanoseconds));

    private double Nanoseconds => (double)rows * inputs * outputs * NanosecondsEach;

    public void Execute<L>(int part, int parts)
        where L : struct, ILanes<L, T>
    {
        var panelWidth = TileSizes<T, L>.PanelWidth;
        var tallest = TileSizes<T, L>.EvenHeight(outputs);
        var turned = stackalloc T[MaxOutputs * panelWidth];
        var panel = ThreadScratch<T>.First(Stretch * panelWidth);
        var (top, bottom) = Team.Range(rows, panelWidth, part, parts);
        for (var row = top; row < bottom; row += panelWidth)
        {
            var width = Math.Min(panelWidth, bottom - row);
            var first = x + ((nint)row * inputs);
            for (var input = 0; input < inputs; input += Stretch)
            {
                var depth = Math.Min(Stretch, inputs - input);
                Transposition.Run<T, L>(first + input, inputs, panel, panelWidth, width, depth);
                var sums = new TileOutput<T>(turned, panelWidth) { Accumulates = input > 0 };
                for (var output = 0; output < outputs; output += tallest)
                {
                    var left = new TileOperand<T>(weights + ((nint)input * outputs) + output, 1, outputs);
                    TileSizes<T, L>.Run(Math.Min(tallest, outputs - output), width, left, panel, panelWidth, depth, sums, output, 0);
                }
            }

            Finish<L>(turned);
            Transposition.Run<T, L>(turned, panelWidth, z + ((nint)row * outputs), outputs, outputs, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Finish<L>(T* turned)
        where L : struct, ILanes<L, T>
    {
        for (var output = 0; output < outputs; output++)
        {
            var summand = bias == null ? L.Zero : L.Of(bias[output]);
            for (var column = 0; column < TileSizes<T, L>.PanelWidth; column += L.Count)
            {
                var sum = L.Load(turned + column);
                sum = bias == null ? sum : sum + summand;
                sum = rectifies ? L.IfLessOrEqual(sum, L.Zero, L.Zero, sum) : sum;
                L.Store(sum, turned + column);
            }

            turned += TileSizes<T, L>.PanelWidth;
        }
    }
}
