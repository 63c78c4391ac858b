using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// dW = xᵀ·dz for few outputs (at most a tile's height): vectors along dz's few columns would be mostly empty, so the transpose is computed,
/// dWᵀ = dzᵀ·x, with vectors along the inputs, and turned as it is stored. Each sum is the same chain, over the rows in order.
/// </summary>
internal readonly unsafe struct NarrowGradientJob<T>(T* x, T* dz, T* weightGradient, int rows, int inputs, int outputs, bool accumulates) : IJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double NanosecondsEach = 1 / 80.0;

    private static int PanelWidth => Tile<T>.Width * Lanes<T>.Count;

    public static void Run(Team team, NarrowGradientJob<T> job) => team.Run(ref job, team.PartsFor(job.Nanoseconds));

    private double Nanoseconds => (double)rows * inputs * outputs * NanosecondsEach;

    public void Execute(int part, int parts)
    {
        var turned = stackalloc T[Tile<T>.Height * PanelWidth];
        var output = new TileOutput<T>(turned, PanelWidth) { Accumulates = accumulates };
        var (left, right) = Team.Range(inputs, inputs >= parts * PanelWidth ? PanelWidth : Lanes<T>.Count, part, parts);
        for (var input = left; input < right; input += PanelWidth)
        {
            var width = Math.Min(PanelWidth, right - input);
            var columns = weightGradient + ((nint)input * outputs);
            if (accumulates)
            {
                for (var i = 0; i < width * outputs; i++)
                {
                    turned[(i % outputs * PanelWidth) + (i / outputs)] = columns[i];
                }
            }

            if (width > Lanes<T>.Count)
            {
                Tiles<Two>(input, output, width - Lanes<T>.Count);
            }
            else
            {
                Tiles<One>(input, output, width);
            }

            for (var i = 0; i < width; i++)
            {
                for (var j = 0; j < outputs; j++)
                {
                    *columns++ = turned[(j * PanelWidth) + i];
                }
            }
        }
    }

    private void Tiles<TWidth>(int input, in TileOutput<T> output, int last)
        where TWidth : struct, INumber
    {
        switch (outputs)
        {
            case 1: Run<One, TWidth>(input, output, last); break;
            case 2: Run<Two, TWidth>(input, output, last); break;
            case 3: Run<Three, TWidth>(input, output, last); break;
            case 4: Run<Four, TWidth>(input, output, last); break;
            case 5: Run<Five, TWidth>(input, output, last); break;
            case 6: Run<Six, TWidth>(input, output, last); break;
            case 7: Run<Seven, TWidth>(input, output, last); break;
            case 8: Run<Eight, TWidth>(input, output, last); break;
            case 9: Run<Nine, TWidth>(input, output, last); break;
            case 10: Run<Ten, TWidth>(input, output, last); break;
            case 11: Run<Eleven, TWidth>(input, output, last); break;
            default: Run<Twelve, TWidth>(input, output, last); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Run<THeight, TWidth>(int input, in TileOutput<T> output, int last)
        where THeight : struct, INumber
        where TWidth : struct, INumber =>
        Tile<T>.Run<THeight, TWidth>(dz, 1, outputs, x + input, inputs, rows, output, 0, 0, last);
}
