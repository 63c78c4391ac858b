using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// dW = patchesᵀ·dy without patches, for windows at every pixel (stride 1): image and dy are copied into frames of one width, so that number
/// p of a line of windows and number p of the image stay the same distance apart through the whole image. A tile's rows are then numbers
/// that lie side by side in the image, its steps go from pixel to pixel, and where the frame has a pixel without a window dy is 0. Each sum
/// is one chain over the images and their windows in order. Threads divide the rows of dW.
/// </summary>
/// <param name="window">The windows, of stride 1 and without spread.</param>
/// <param name="x">Images.</param>
/// <param name="dy">A row for each window.</param>
/// <param name="weightGradient">dW.</param>
/// <param name="filters">The filters.</param>
/// <param name="images">How many.</param>
/// <param name="accumulates">Whether the sums start from what dW holds.</param>
internal readonly unsafe struct FilterGradientJob<T>(
    Window window, T* x, T* dy, T* weightGradient, int filters, int images, bool accumulates) : ILaneJob<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double NanosecondsEach = 1 / 80.0;

    /// <summary>Steps at once: their part of image and dy stays in the first-level cache while all tiles use it.</summary>
    private const int Steps = 256;

    public static void Run(Team team, FilterGradientJob<T> job) => LaneWidth<T>.Run(team, ref job, team.PartsFor(job.Nanoseconds));

    private double Nanoseconds =>
        (double)images * window.Outputs * window.Pixels * window.Channels * filters * NanosecondsEach * (512 / LaneWidth.Bits);

    private int FrameWidth => window.OutputWidth + (window.DilationWidth * (window.KernelWidth - 1));

    private int FrameHeight => window.OutputHeight + (window.DilationHeight * (window.KernelHeight - 1));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute<L>(int part, int parts)
        where L : struct, ILanes<L, T>
    {
        // A stretch of rows of dW for each row of the window; where the window has gaps, for each pixel.
        var stretches = window.DilationWidth == 1 ? 1 : window.KernelWidth;
        var length = window.KernelWidth / stretches * window.Channels;
        var height = TileSizes<T, L>.EvenHeight(length);
        var tiles = (length + height - 1) / height;
        var (first, end) = Team.Range(window.KernelHeight * stretches * tiles, 1, part, parts);
        if (first == end)
        {
            return;
        }

        var (pitch, positions) = (FrameWidth * window.Channels, window.OutputHeight * FrameWidth);

        // Behind the last row a tile looks at a few pixels more, whose dy is 0.
        var slack = window.DilationWidth * (window.KernelWidth - 1) * window.Channels;
        var frame = ThreadScratch<T>.First((FrameHeight * pitch) + slack);
        var gradients = ThreadScratch<T>.Second((positions * filters) + TileSizes<T, L>.PanelWidth);
        new Span<T>(frame + (FrameHeight * pitch), slack).Clear();
        var panelWidth = TileSizes<T, L>.PanelWidth;
        for (var image = 0; image < images; image++)
        {
            PaddedImage.Copy(x + ((nint)image * window.Count), window.Height, window.Width * window.Channels, -window.Top, FrameHeight,
                window.Left * window.Channels, pitch, frame);
            PaddedImage.Copy(dy + ((nint)image * window.Outputs * filters), window.OutputHeight, window.OutputWidth * filters, 0,
                window.OutputHeight, 0, FrameWidth * filters, gradients);
            for (var step = 0; step < positions; step += Steps)
            {
                var depth = Math.Min(Steps, positions - step);
                var sums = new TileOutput<T>(weightGradient, filters) { Accumulates = accumulates || image > 0 || step > 0 };
                for (var filter = 0; filter < filters; filter += panelWidth)
                {
                    var width = Math.Min(panelWidth, filters - filter);
                    for (var unit = first; unit < end; unit++)
                    {
                        var (stretch, tile) = Math.DivRem(unit, tiles);
                        var (down, across) = Math.DivRem(stretch, stretches);
                        var row = tile * height;
                        var at = frame + ((nint)down * window.DilationHeight * pitch)
                            + (((nint)across * window.DilationWidth) + step) * window.Channels + row;
                        TileSizes<T, L>.Run(Math.Min(height, length - row), width, new TileOperand<T>(at, 1, window.Channels),
                            gradients + ((nint)step * filters) + filter, filters, depth, sums, ((nint)stretch * length) + row, filter);
                    }
                }
            }
        }
    }
}
