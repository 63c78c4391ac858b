using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// Poolings of images, and their gradients, with vectors along the channels. Threads divide the images, so that each number is written by
/// one of them. An average counts the window's pixels that lie in the image, or all of them.
/// </summary>
internal static unsafe class Pooling
{
    private const double NanosecondsEach = 0.15;

    /// <summary>y = the greatest, or the mean, of each window.</summary>
    public static void Forward<T>(Team team, in Window window, bool isMaximum, bool countsPadding, ReadOnlySpan<T> x, Span<T> y, int images)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, py = y)
        {
            var job = new ForwardJob<T>(window, isMaximum, countsPadding, px, py, images);
            LaneWidth<T>.Run(team, ref job, PartsFor(team, window, images));
        }
    }

    /// <summary>dx: of a maximum all of dy where the window's first greatest number is, of a mean its share everywhere. Gated, for a
    /// maximum: nothing where that number is 0 or less.</summary>
    public static void Backward<T>(Team team, in Window window, bool isMaximum, bool countsPadding, ReadOnlySpan<T> x, ReadOnlySpan<T> y,
        ReadOnlySpan<T> dy, Span<T> dx, int images, bool isGated = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* px = x, py = y, pdy = dy, pdx = dx)
        {
            var job = new BackwardJob<T>(window, isMaximum, countsPadding, isGated, px, py, pdy, pdx, images);
            LaneWidth<T>.Run(team, ref job, PartsFor(team, window, images));
        }
    }

    private static int PartsFor(Team team, in Window window, int images) => Math.Min(images,
        team.PartsFor((double)images * window.Outputs * window.Channels * window.Pixels * NanosecondsEach));

    /// <summary>The part of a window that lies in the image, in one direction: first pixel, one behind the last, and how many of the
    /// window's pixels count where those of the padding do.</summary>
    private static (int First, int End) Inside(int place, int stride, int before, int kernel, int size)
    {
        var first = (place * stride) - before;
        return (Math.Max(0, first), Math.Min(size, first + kernel));
    }

    private readonly struct ForwardJob<T>(Window window, bool isMaximum, bool countsPadding, T* x, T* y, int images) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var channels = window.Channels;
            var (image, end) = Team.Range(images, 1, part, parts);
            for (; image < end; image++)
            {
                T* source = x + ((nint)image * window.Count), to = y + ((nint)image * window.Outputs * channels);
                for (var row = 0; row < window.OutputHeight; row++)
                {
                    var (top, bottom) = Inside(row, window.StrideHeight, window.Top, window.KernelHeight, window.Height);
                    for (var column = 0; column < window.OutputWidth; column++, to += channels)
                    {
                        var (left, right) = Inside(column, window.StrideWidth, window.Left, window.KernelWidth, window.Width);
                        var share = (L)(1.0 / (countsPadding ? window.Pixels : Math.Max(1, (bottom - top) * (right - left))));
                        for (var channel = 0; channel < channels; channel += L.Count)
                        {
                            var lanes = channels - channel;
                            var result = isMaximum ? (L)double.NegativeInfinity : L.Zero;
                            for (var i = top; i < bottom; i++)
                            {
                                var pixel = source + ((((nint)i * window.Width) + left) * channels) + channel;
                                for (var j = left; j < right; j++, pixel += channels)
                                {
                                    var value = lanes >= L.Count ? L.Load(pixel) : L.LoadFirst(pixel, lanes);
                                    result = isMaximum ? Greater(value, result) : result + value;
                                }
                            }

                            result = isMaximum ? result : result * share;
                            if (lanes >= L.Count)
                            {
                                L.Store(result, to + channel);
                            }
                            else
                            {
                                L.StoreFirst(result, to + channel, lanes);
                            }
                        }
                    }
                }
            }
        }

        /// <summary>The greater; a NaN stays.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static L Greater<L>(L value, L best)
            where L : struct, ILanes<L, T> => L.IfLessOrEqual(value, best, best, L.IfEqual(best, best, value, best));
    }

    private readonly struct BackwardJob<T>(
        Window window, bool isMaximum, bool countsPadding, bool isGated, T* x, T* y, T* dy, T* dx, int images) : ILaneJob<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Execute<L>(int part, int parts)
            where L : struct, ILanes<L, T>
        {
            var channels = window.Channels;
            var (image, end) = Team.Range(images, 1, part, parts);
            for (; image < end; image++)
            {
                var (from, place) = ((nint)image * window.Count, (nint)image * window.Outputs * channels);
                new Span<T>(dx + from, window.Count).Clear();
                for (var row = 0; row < window.OutputHeight; row++)
                {
                    var (top, bottom) = Inside(row, window.StrideHeight, window.Top, window.KernelHeight, window.Height);
                    for (var column = 0; column < window.OutputWidth; column++, place += channels)
                    {
                        var (left, right) = Inside(column, window.StrideWidth, window.Left, window.KernelWidth, window.Width);
                        var share = (L)(1.0 / (countsPadding ? window.Pixels : Math.Max(1, (bottom - top) * (right - left))));
                        for (var channel = 0; channel < channels; channel += L.Count)
                        {
                            var lanes = channels - channel;
                            var rest = L.LoadFirst(dy + place + channel, lanes);
                            var best = isMaximum ? L.LoadFirst(y + place + channel, lanes) : L.Zero;
                            rest = !isMaximum ? rest * share : isGated ? L.IfLessOrEqual(best, L.Zero, L.Zero, rest) : rest;
                            for (var i = top; i < bottom; i++)
                            {
                                var at = from + ((((nint)i * window.Width) + left) * channels) + channel;
                                for (var j = left; j < right; j++, at += channels)
                                {
                                    var sum = L.LoadFirst(dx + at, lanes);
                                    if (isMaximum)
                                    {
                                        var value = L.LoadFirst(x + at, lanes);
                                        sum += L.IfEqual(value, best, rest, L.Zero);
                                        rest = L.IfEqual(value, best, L.Zero, rest);
                                    }
                                    else
                                    {
                                        sum += rest;
                                    }

                                    L.StoreFirst(sum, dx + at, lanes);
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
