using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// y = patches·W without patches: a tile's rows are neighbouring windows, whose numbers lie one stride apart in the image, and its steps go
/// along a row of the window, which is one stretch of the image. So a tile is read where it lies, row of the window by row, and each sum
/// stays one chain in the order of window row, pixel and channel. Where windows reach over the edge, the image is first copied into a frame
/// of zeros; rows of a window above or below the image are left out. Threads divide the lines of the output.
/// </summary>
/// <param name="window">The windows, of images without spread.</param>
/// <param name="x">Images.</param>
/// <param name="weights">[window row · pixel · channel × filters].</param>
/// <param name="filters">The filters.</param>
/// <param name="output">Where the sums go: a row for each window.</param>
/// <param name="images">How many.</param>
internal readonly unsafe struct ConvolutionJob<T>(Window window, T* x, T* weights, int filters, TileOutput<T> output, int images)
    : ILaneJob<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What one multiply-add takes with vectors of 512 bits.</summary>
    private const double NanosecondsEach = 1 / 80.0;

    public static void Run(Team team, ConvolutionJob<T> job) => LaneWidth<T>.Run(team, ref job, team.PartsFor(job.Nanoseconds));

    private double Nanoseconds =>
        (double)images * window.Outputs * window.Pixels * window.Channels * filters * NanosecondsEach * (512 / LaneWidth.Bits);

    /// <summary>Zeros before a row in the frame.</summary>
    private int Before => Math.Max(0, window.Left);

    /// <summary>Pixels of a row in the frame; those of the image where no window reaches over its edge.</summary>
    private int FrameWidth => Math.Max(
        Before + window.Width,
        ((window.OutputWidth - 1) * window.StrideWidth) + (window.DilationWidth * (window.KernelWidth - 1)) + 1 + Before - window.Left);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute<L>(int part, int parts)
        where L : struct, ILanes<L, T>
    {
        var (line, end) = Team.Range(images * window.OutputHeight, 1, part, parts);
        var pitch = FrameWidth * window.Channels;
        var isFramed = FrameWidth != window.Width;
        while (line < end)
        {
            var (image, top) = Math.DivRem(line, window.OutputHeight);
            var bottom = Math.Min(window.OutputHeight, top + end - line);
            var rows = x + ((nint)image * window.Count);
            var firstRow = 0;
            if (isFramed)
            {
                firstRow = Math.Clamp((top * window.StrideHeight) - window.Top, 0, window.Height);
                var behind = Math.Clamp(
                    ((bottom - 1) * window.StrideHeight) - window.Top + (window.DilationHeight * (window.KernelHeight - 1)) + 1, firstRow,
                    window.Height);
                var frame = ThreadScratch<T>.First(Math.Max(1, (behind - firstRow) * pitch));
                PaddedImage.Copy(rows, window.Height, window.Width * window.Channels, firstRow, behind - firstRow,
                    Before * window.Channels, pitch, frame);
                rows = frame;
            }

            for (var y = top; y < bottom; y++, line++)
            {
                Line<L>(rows - ((nint)firstRow * pitch), pitch, y, (nint)line * window.OutputWidth);
            }
        }
    }

    /// <summary>A line of windows.</summary>
    /// <param name="rows">Where row 0 of the image, or of its frame, lies or would lie.</param>
    /// <param name="pitch">From row to row.</param>
    /// <param name="y">The line.</param>
    /// <param name="place">Its first row in the output.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Line<L>(T* rows, nint pitch, int y, nint place)
        where L : struct, ILanes<L, T>
    {
        var first = (y * window.StrideHeight) - window.Top;

        // The rows of the window that lie in the image.
        var (begin, last) = (0, window.KernelHeight);
        while (begin < last && first + (begin * window.DilationHeight) < 0)
        {
            begin++;
        }

        while (last > begin && first + ((last - 1) * window.DilationHeight) >= window.Height)
        {
            last--;
        }

        // A stretch of the image for each row of the window; where the window has gaps, for each pixel.
        var stretches = window.DilationWidth == 1 ? 1 : window.KernelWidth;
        var depth = window.KernelWidth / stretches * window.Channels;
        var height = TileSizes<T, L>.EvenHeight(window.OutputWidth);
        var panelWidth = TileSizes<T, L>.PanelWidth;
        nint betweenRows = window.StrideWidth * window.Channels;
        var sums = new TileOutput<T>(output.At(0, 0), output.Stride);
        var further = new TileOutput<T>(output.At(0, 0), output.Stride) { Accumulates = true };
        var final = new TileOutput<T>(output.At(0, 0), output.Stride)
        {
            Accumulates = true,
            Bias = output.Bias,
            Rectifies = output.Rectifies,
            Gate = output.Gate,
            Scale = output.Scale,
        };
        var count = (last - begin) * stretches;
        for (var column = 0; column < window.OutputWidth; column += height)
        {
            var tall = Math.Min(height, window.OutputWidth - column);
            var start = ((nint)(column * window.StrideWidth) - window.Left + Before) * window.Channels;
            for (var filter = 0; filter < filters; filter += panelWidth)
            {
                var width = Math.Min(panelWidth, filters - filter);
                if (count < 2)
                {
                    // At most one stretch: nothing to go on from.
                    var at = rows + ((first + ((nint)begin * window.DilationHeight)) * pitch) + start;
                    TileSizes<T, L>.Run(tall, width, new TileOperand<T>(at, betweenRows, 1),
                        weights + ((nint)begin * window.KernelWidth * window.Channels * filters) + filter, filters,
                        count == 0 ? 0 : depth, output, place + column, filter);
                    continue;
                }

                for (var i = 0; i < count; i++)
                {
                    var (down, across) = (begin + (i / stretches), i % stretches);
                    var at = rows + ((first + ((nint)down * window.DilationHeight)) * pitch) + start
                        + ((nint)across * window.DilationWidth * window.Channels);
                    TileSizes<T, L>.Run(tall, width, new TileOperand<T>(at, betweenRows, 1),
                        weights + ((((nint)down * window.KernelWidth) + across) * window.Channels * filters) + filter, filters, depth,
                        i == 0 ? sums : i < count - 1 ? further : final, place + column, filter);
                }
            }
        }
    }
}
