using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>
/// z = x·W + b, then max(·, 0) on request, for 5 to 10 outputs: vectors along the few columns of W would be partly empty, so the
/// transpose is computed, zᵀ = Wᵀ·xᵀ, with vectors along the rows. Some rows of x are turned, a stretch of columns at a time that the first-level cache
/// holds. Each sum is the same chain, over the inputs in order.
/// </summary>
internal readonly unsafe struct NarrowForwardJob<T>(T* x, T* weights, T* bias, T* z, int rows, int inputs, int outputs, bool rectifies) : IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int FewestInputs = 32;
    private const int FewestOutputs = 5;
    private const int MostOutputs = 10;
    private const int Stretch = 128;
    private const int MostBytes = 1 << 20;
    private const double NanosecondsEach = 1 / 80.0;

    private static int PanelWidth => Tile<T>.Width * Lanes<T>.Count;

    /// <summary>
    /// Whether it is of use: without AVX-512 turning is slow, for few inputs it costs more than it saves, and what is yet to come from memory comes faster row
    /// by row.
    /// </summary>
    public static bool Serves(int rows, int inputs, int outputs) =>
        Avx512F.IsSupported && rows >= PanelWidth && inputs >= FewestInputs && (long)rows * inputs * sizeof(T) <= MostBytes && outputs >= FewestOutputs && outputs <= MostOutputs;

    public static void Run(Team team, NarrowForwardJob<T> job) => team.Run(ref job, team.PartsFor(job.Nanoseconds));

    private double Nanoseconds => (double)rows * inputs * outputs * NanosecondsEach;

    public void Execute(int part, int parts)
    {
        var turned = stackalloc T[MostOutputs * PanelWidth];
        var panel = Room<T>.First(Stretch * PanelWidth);
        var (top, bottom) = Team.Range(rows, PanelWidth, part, parts);
        for (var row = top; row < bottom; row += PanelWidth)
        {
            var width = Math.Min(PanelWidth, bottom - row);
            var first = x + ((nint)row * inputs);
            for (var input = 0; input < inputs; input += Stretch)
            {
                var depth = Math.Min(Stretch, inputs - input);
                Transposition.Run(first + input, inputs, panel, PanelWidth, width, depth);
                var output = new TileOutput<T>(turned, PanelWidth) { Accumulates = input > 0 };
                var left = new TileOperand<T>(weights + ((nint)input * outputs), 1, outputs);
                TileSizes<T>.Run(outputs, width, left, panel, PanelWidth, depth, output, 0, 0);
            }

            Finish(turned);
            Transposition.Run(turned, PanelWidth, z + ((nint)row * outputs), outputs, outputs, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Finish(T* turned)
    {
        for (var output = 0; output < outputs; output++)
        {
            var summand = bias == null ? default : Vector512.Create(bias[output]);
            for (var column = 0; column < PanelWidth; column += Lanes<T>.Count)
            {
                var sum = Vector512.Load(turned + column);
                sum = bias == null ? sum : sum + summand;
                sum = rectifies ? Vector512.ConditionalSelect(Vector512.LessThanOrEqual(sum, Vector512<T>.Zero), Vector512<T>.Zero, sum) : sum;
                Vector512.Store(sum, turned + column);
            }

            turned += PanelWidth;
        }
    }
}
