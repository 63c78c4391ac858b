using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// The patches of images as the rows of a matrix that is never made whole: row (image, window), column (kernel row, kernel column,
/// channel). A product copies the strip that it multiplies into the cache. What lies outside of the image is 0.
/// </summary>
/// <param name="images">Images one behind the other; pinned while this is used.</param>
/// <param name="window">The windows.</param>
/// <param name="firstChannel">The first of the channels that are looked at.</param>
/// <param name="channels">How many channels are looked at.</param>
internal sealed unsafe class PatchGather<T>(T* images, Window window, int firstChannel, int channels) : RowGather<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Window window = window;

    /// <summary>Whether a row of the window is one stretch of the image.</summary>
    private readonly bool isContiguous = channels == window.Channels && window is { DilationWidth: 1, SpreadWidth: 1 };

    /// <summary>The row that counts as the first: for products over some of the rows after others.</summary>
    public int Start { get; set; }

    public override void Copy(int row, int rows, int column, int columns, T* destination, nint stride)
    {
        var rowLength = window.KernelWidth * channels;
        var (image, place) = Math.DivRem(Start + row, window.Outputs);
        var (y, x) = Math.DivRem(place, window.OutputWidth);
        var (firstKernelRow, firstWithin) = Math.DivRem(column, rowLength);
        var source = images + ((nint)image * window.Count);
        for (var done = 0; done < rows; done++)
        {
            var to = destination + (done * stride);
            var (kernelRow, within, left) = (firstKernelRow, firstWithin, columns);
            while (left > 0)
            {
                var count = Math.Min(left, rowLength - within);
                var line = (y * window.StrideHeight) - window.Top + (kernelRow * window.DilationHeight);
                if (window.SpreadHeight > 1)
                {
                    line = line % window.SpreadHeight == 0 ? line / window.SpreadHeight : -1;
                }

                if ((uint)line >= (uint)window.Height)
                {
                    Clear(to, count);
                }
                else if (isContiguous)
                {
                    CopyStretch(source + ((nint)line * window.Width * channels), (x * window.StrideWidth) - window.Left, within, count, to);
                }
                else
                {
                    CopyPixels(source + ((nint)line * window.Width * window.Channels), x, within, count, to);
                }

                to += count;
                (left, kernelRow, within) = (left - count, kernelRow + 1, 0);
            }

            if (++x == window.OutputWidth)
            {
                x = 0;
                if (++y == window.OutputHeight)
                {
                    y = 0;
                    source += window.Count;
                }
            }
        }
    }

    /// <summary>Some numbers of a window's row, which begins at a pixel and lies in one stretch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CopyStretch(T* line, int pixel, int within, int count, T* to)
    {
        // In numbers of the image's row.
        var from = (pixel * channels) + within;
        var end = window.Width * channels;
        var before = Math.Clamp(-from, 0, count);
        var inside = Math.Clamp(end - from, before, count) - before;
        if (inside == count)
        {
            Move(line + from, to, count);
            return;
        }

        Clear(to, before);
        Move(line + from + before, to + before, inside);
        Clear(to + before + inside, count - before - inside);
    }

    /// <summary>Some numbers of a window's row, pixel by pixel.</summary>
    private void CopyPixels(T* line, int x, int within, int count, T* to)
    {
        var (kernelColumn, channel) = Math.DivRem(within, channels);
        while (count > 0)
        {
            var length = Math.Min(count, channels - channel);
            var pixel = (x * window.StrideWidth) - window.Left + (kernelColumn * window.DilationWidth);
            if (window.SpreadWidth > 1)
            {
                pixel = pixel % window.SpreadWidth == 0 ? pixel / window.SpreadWidth : -1;
            }

            if ((uint)pixel < (uint)window.Width)
            {
                Move(line + ((nint)pixel * window.Channels) + firstChannel + channel, to, length);
            }
            else
            {
                Clear(to, length);
            }

            to += length;
            (count, kernelColumn, channel) = (count - length, kernelColumn + 1, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(T* from, T* to, int count)
    {
        if (count > Short)
        {
            new ReadOnlySpan<T>(from, count).CopyTo(new Span<T>(to, count));
            return;
        }

        for (var i = 0; i < count; i++)
        {
            to[i] = from[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(T* to, int count)
    {
        for (var i = 0; i < count; i++)
        {
            to[i] = T.Zero;
        }
    }

    private const int Short = 8;
}
