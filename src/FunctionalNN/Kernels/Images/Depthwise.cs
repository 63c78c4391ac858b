using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// A convolution in which each channel has a window of its own: y[·, c] = Σ x[·, c]·w[·, c], with vectors along the channels. The input's
/// gradient is the same with the window turned. Threads divide the images' lines.
/// </summary>
internal static unsafe class Depthwise
{
    private const double NanosecondsEach = 1 / 10.0;

    /// <summary>y = Σ x·w + b, then max(·, 0) on request, or · scale where a gate is above 0 and 0 elsewhere.</summary>
    public static void Forward<T>(Team team, in Window window, T* x, T* weights, TileOutput<T> output, int images)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var job = new ForwardJob<T>(window, x, weights, output, images);
        LaneWidth<T>.Run(team, ref job, team.PartsFor((double)images * window.Outputs * window.Pixels * window.Channels * NanosecondsEach));
    }

    /// <summary>dW = Σ x·dy over images and windows, in order. Threads divide the channels.</summary>
    public static void WeightGradient<T>(Team team, in Window window, T* x, T* dy, T* weightGradient, int images, bool accumulates)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var job = new GradientJob<T>(window, x, dy, weightGradient, images, accumulates);
        LaneWidth<T>.Run(team, ref job, team.PartsFor((double)images * window.Outputs * window.Pixels * window.Channels * NanosecondsEach));
    }

    /// <summary>The row or pixel of the image that a place in a frame with spread holds, or −1 where it holds a zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Source(int place, int spread, int size)
    {
        var source = spread == 1 ? place : place % spread == 0 ? place / spread : -1;
        return (uint)source < (uint)size ? source : -1;
    }

    private readonly struct ForwardJob<T>(Window window, T* x, T* weights, TileOutput<T> output, int images) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var channels = window.Channels;
            var (line, end) = Team.Range(images * window.OutputHeight, 1, part, parts);
            for (; line < end; line++)
            {
                var (image, y) = Math.DivRem(line, window.OutputHeight);
                var source = x + ((nint)image * window.Count);
                for (var column = 0; column < window.OutputWidth; column++)
                {
                    var row = ((nint)line * window.OutputWidth) + column;
                    for (var channel = 0; channel < channels; channel += L.Count)
                    {
                        var lanes = channels - channel;
                        var sum = L.Zero;
                        for (var u = 0; u < window.KernelHeight; u++)
                        {
                            var i = Source((y * window.StrideHeight) - window.Top + (u * window.DilationHeight), window.SpreadHeight,
                                window.Height);
                            for (var v = 0; v < window.KernelWidth && i >= 0; v++)
                            {
                                var j = Source((column * window.StrideWidth) - window.Left + (v * window.DilationWidth), window.SpreadWidth,
                                    window.Width);
                                if (j >= 0)
                                {
                                    sum = L.MultiplyAdd(
                                        L.LoadFirst(source + ((((nint)i * window.Width) + j) * channels) + channel, lanes),
                                        L.LoadFirst(weights + ((((nint)u * window.KernelWidth) + v) * channels) + channel, lanes), sum);
                                }
                            }
                        }

                        sum = output.Bias == null ? sum : sum + L.LoadFirst(output.Bias + channel, lanes);
                        sum = output.Rectifies ? L.IfLessOrEqual(sum, L.Zero, L.Zero, sum) : sum;
                        sum = output.Gate == null
                            ? sum
                            : L.IfLessOrEqual(L.LoadFirst(output.GateAt(row, channel), lanes), L.Zero, L.Zero, sum * L.Of(output.Scale));
                        L.StoreFirst(sum, output.At(row, channel), lanes);
                    }
                }
            }
        }
    }

    private readonly struct GradientJob<T>(Window window, T* x, T* dy, T* weightGradient, int images, bool accumulates) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var channels = window.Channels;
            var (first, end) = Team.Range(channels, L.Count, part, parts);
            for (var pixel = 0; pixel < window.Pixels && !accumulates; pixel++)
            {
                new Span<T>(weightGradient + ((nint)pixel * channels) + first, end - first).Clear();
            }

            for (var line = 0; line < images * window.OutputHeight; line++)
            {
                var (image, y) = Math.DivRem(line, window.OutputHeight);
                var source = x + ((nint)image * window.Count);
                for (var u = 0; u < window.KernelHeight; u++)
                {
                    var i = Source((y * window.StrideHeight) - window.Top + (u * window.DilationHeight), 1, window.Height);
                    for (var v = 0; v < window.KernelWidth && i >= 0; v++)
                    {
                        var sums = weightGradient + ((((nint)u * window.KernelWidth) + v) * channels);
                        for (var channel = first; channel < end; channel += L.Count)
                        {
                            var lanes = end - channel;
                            var sum = L.LoadFirst(sums + channel, lanes);
                            for (var column = 0; column < window.OutputWidth; column++)
                            {
                                var j = Source((column * window.StrideWidth) - window.Left + (v * window.DilationWidth), 1, window.Width);
                                if (j >= 0)
                                {
                                    sum = L.MultiplyAdd(
                                        L.LoadFirst(source + ((((nint)i * window.Width) + j) * channels) + channel, lanes),
                                        L.LoadFirst(dy + ((((nint)line * window.OutputWidth) + column) * channels) + channel, lanes), sum);
                                }
                            }

                            L.StoreFirst(sum, sums + channel, lanes);
                        }
                    }
                }
            }
        }
    }
}
