using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// The products of a convolution: those of a dense layer whose rows are gathered patches. x: [n × h·w·c], W: [kh·kw·(c/groups) × filters],
/// y and dy: [n·oh·ow × filters], which is [n × oh·ow·filters]. Group g has the channels and the filters of its place.
/// </summary>
internal static unsafe class ConvolutionProduct
{
    private const int DeepestBlock = 1024;

    /// <summary>y = patches·W + b, then max(·, 0) on request.</summary>
    public static void Forward<T>(Team team, in Window window, int groups, ReadOnlySpan<T> x, ReadOnlySpan<T> weights,
        ReadOnlySpan<T> bias, Span<T> y, int images, int filters, bool rectifies = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (IsPlain(window) && groups == 1)
        {
            Product.Forward(team, x, weights, bias, y, images * window.Outputs, window.Channels, filters, rectifies);
            return;
        }

        var (channels, perGroup) = (window.Channels / groups, filters / groups);
        fixed (T* px = x, pw = weights, pb = bias, py = y)
        {
            if (groups == 1)
            {
                ConvolutionJob<T>.Run(team, new ConvolutionJob<T>(window, px, pw, filters,
                    new TileOutput<T>(py, filters) { Bias = pb, Rectifies = rectifies }, images));
                return;
            }

            if (IsDepthwise(window, groups, filters))
            {
                Depthwise.Forward(team, window, px, pw, new TileOutput<T>(py, filters) { Bias = pb, Rectifies = rectifies }, images);
                return;
            }

            for (var group = 0; group < groups; group++)
            {
                var first = group * perGroup;
                var output = new TileOutput<T>(py + first, filters) { Bias = pb == null ? null : pb + first, Rectifies = rectifies };
                ProductJob<T>.Run(team, new ProductJob<T>(null, 0, 1, pw + first, filters, isTransposed: false, output,
                    images * window.Outputs, perGroup, window.Pixels * channels,
                    new PatchGather<T>(px, window, group * channels, channels)));
            }
        }
    }

    /// <summary>dW = patchesᵀ·dy, or dW += patchesᵀ·dy: the sum runs over the images and their windows, in order.</summary>
    public static void WeightGradient<T>(Team team, in Window window, int groups, ReadOnlySpan<T> x, ReadOnlySpan<T> dy,
        Span<T> weightGradient, int images, int filters, bool accumulates)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (IsPlain(window) && groups == 1)
        {
            Product.WeightGradient(team, x, dy, weightGradient, images * window.Outputs, window.Channels, filters, accumulates);
            return;
        }

        var (channels, perGroup, rows) = (window.Channels / groups, filters / groups, images * window.Outputs);
        var inputs = window.Pixels * channels;
        fixed (T* px = x, pz = dy, pw = weightGradient)
        {
            if (groups == 1 && window is { StrideHeight: 1, StrideWidth: 1 })
            {
                FilterGradientJob<T>.Run(team, new FilterGradientJob<T>(window, px, pz, pw, filters, images, accumulates));
                return;
            }

            if (IsDepthwise(window, groups, filters))
            {
                Depthwise.WeightGradient(team, window, px, pz, pw, images, accumulates);
                return;
            }

            for (var group = 0; group < groups; group++)
            {
                var (first, gather) = (group * perGroup, new PatchGather<T>(px, window, group * channels, channels));
                for (var row = 0; row == 0 || row < rows; row += DeepestBlock)
                {
                    var (goesOn, depth) = (accumulates || row > 0, Math.Min(DeepestBlock, rows - row));
                    var right = pz + ((nint)row * filters);
                    gather.Start = row;
                    if (groups == 1 && ProductShape.WeightGradient(filters, sizeof(T)) == ProductKind.Narrow)
                    {
                        NarrowGradientJob<T>.Run(team, new NarrowGradientJob<T>(null, right, pw, depth, inputs, filters, goesOn, gather));
                        continue;
                    }

                    var output = new TileOutput<T>(pw + first, filters) { Accumulates = goesOn };
                    ProductJob<T>.Run(team, new ProductJob<T>(null, 1, 0, right + first, filters, isTransposed: false, output, inputs,
                        perGroup, depth, gather, isGatheredTransposed: true));
                }
            }
        }
    }

    /// <summary>
    /// dx: for each pixel the outputs that it went into, times the weights that it went in by. With a gate, the output of a rectifier that
    /// dx is the gradient of: dx · scale where that is above 0, else 0.
    /// </summary>
    /// <param name="team">The threads.</param>
    /// <param name="window">The windows of the forward pass.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="dy">∂L/∂y.</param>
    /// <param name="weights">W.</param>
    /// <param name="turned">Room for as many numbers as there are weights.</param>
    /// <param name="dx">Takes ∂L/∂x.</param>
    /// <param name="images">n.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="gate">The rectifier's output, or nothing.</param>
    /// <param name="scale">What a gradient through the gate is multiplied by.</param>
    public static void InputGradient<T>(Team team, in Window window, int groups, ReadOnlySpan<T> dy, ReadOnlySpan<T> weights,
        Span<T> turned, Span<T> dx, int images, int filters, ReadOnlySpan<T> gate = default, double scale = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (IsPlain(window) && groups == 1)
        {
            Product.InputGradient(team, dy, weights, dx, images * window.Outputs, window.Channels, filters, gate, scale);
            return;
        }

        var (channels, perGroup, back) = (window.Channels / groups, filters / groups, window.Back(filters));
        if (IsDepthwise(window, groups, filters))
        {
            // One number a channel: the pixels from the last, each with all its channels.
            Turn(weights, turned, window.Pixels, window.Channels, 1, 1);
        }
        else
        {
            Turn(weights, turned, window.Pixels, channels, groups, perGroup);
        }

        fixed (T* pz = dy, pt = turned, px = dx, pgate = gate)
        {
            if (groups == 1 && back is { SpreadHeight: 1, SpreadWidth: 1 })
            {
                ConvolutionJob<T>.Run(team, new ConvolutionJob<T>(back, pz, pt, channels,
                    new TileOutput<T>(px, channels) { Gate = pgate, Scale = T.CreateTruncating(scale) }, images));
                return;
            }

            if (IsDepthwise(window, groups, filters))
            {
                Depthwise.Forward(team, back, pz, pt,
                    new TileOutput<T>(px, channels * groups) { Gate = pgate, Scale = T.CreateTruncating(scale) }, images);
                return;
            }

            for (var group = 0; group < groups; group++)
            {
                var first = group * channels;
                var output = new TileOutput<T>(px + first, window.Channels)
                {
                    Gate = pgate == null ? null : pgate + first,
                    Scale = T.CreateTruncating(scale),
                };
                ProductJob<T>.Run(team, new ProductJob<T>(null, 0, 1, pt + ((nint)group * window.Pixels * perGroup * channels), channels,
                    isTransposed: false, output, images * window.Height * window.Width, channels, window.Pixels * perGroup,
                    new PatchGather<T>(pz, back, group * perGroup, perGroup)));
            }
        }
    }

    /// <summary>Whether each channel goes to one filter of its own.</summary>
    private static bool IsDepthwise(in Window window, int groups, int filters) => groups > 1 && groups == window.Channels && groups == filters;

    /// <summary>Whether a patch is a pixel, and the patches are the images as they lie.</summary>
    private static bool IsPlain(in Window window) =>
        window is { Pixels: 1, StrideHeight: 1, StrideWidth: 1, Top: 0, Left: 0 } && window.OutputHeight == window.Height
        && window.OutputWidth == window.Width;

    /// <summary>For each group the weights [pixel × channel × filter] as [pixel from the last × filter × channel].</summary>
    private static void Turn<T>(ReadOnlySpan<T> weights, Span<T> turned, int pixels, int channels, int groups, int perGroup)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (at, filters) = (0, groups * perGroup);
        for (var group = 0; group < groups; group++)
        {
            for (var pixel = pixels - 1; pixel >= 0; pixel--)
            {
                for (var filter = 0; filter < perGroup; filter++)
                {
                    for (var channel = 0; channel < channels; channel++)
                    {
                        turned[at++] = weights[(((pixel * channels) + channel) * filters) + (group * perGroup) + filter];
                    }
                }
            }
        }
    }
}
