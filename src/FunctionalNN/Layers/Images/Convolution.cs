using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A convolution: a small window moves over the image, and at each of its places a dense layer looks at the patch below it.
/// y[i, j, f] = b[f] + Σ x[i·s + d·u − p, j·s + d·v − p, c] · W[u, v, c, f] over the window's rows u, pixels v and channels c, with stride
/// s, dilation d and padding p; outside of the image x is 0. As everywhere in the field the window is not turned (a correlation).
/// x: [n × h·w·c], W: [kh·kw·c × filters], b: [1 × filters], y: [n × oh·ow·filters].
/// Backward: dW = patchesᵀ·dy, db = Σ dy over images and places, dx = the convolution of dy with the turned window.
/// </summary>
public sealed record Convolution : WindowLayer
{
    internal static Schema Schema => SchemaOf("Convolution", new Convolution(1, 1))
        .With("filters", layer => layer.Filters, (layer, value) => layer with { Filters = value })
        .With("kernelHeight", layer => layer.KernelHeight, (layer, value) => layer with { KernelHeight = value })
        .With("kernelWidth", layer => layer.KernelWidth, (layer, value) => layer with { KernelWidth = value })
        .With("strideHeight", layer => layer.StrideHeight, (layer, value) => layer with { StrideHeight = value })
        .With("strideWidth", layer => layer.StrideWidth, (layer, value) => layer with { StrideWidth = value })
        .With("padding", layer => layer.Padding, (layer, value) => layer with { Padding = value })
        .With("dilationHeight", layer => layer.DilationHeight, (layer, value) => layer with { DilationHeight = value })
        .With("dilationWidth", layer => layer.DilationWidth, (layer, value) => layer with { DilationWidth = value })
        .With("groups", layer => layer.Groups, (layer, value) => layer with { Groups = value })
        .With("weightInitializer", layer => layer.WeightInitializer, (layer, value) => layer with { WeightInitializer = value })
        .With("biasInitializer", layer => layer.BiasInitializer, (layer, value) => layer with { BiasInitializer = value })
        .With("weightPenalty", layer => layer.WeightPenalty, (layer, value) => layer with { WeightPenalty = value })
        .With("biasPenalty", layer => layer.BiasPenalty, (layer, value) => layer with { BiasPenalty = value })
        .With("weightConstraint", layer => layer.WeightConstraint, (layer, value) => layer with { WeightConstraint = value })
        .With("biasConstraint", layer => layer.BiasConstraint, (layer, value) => layer with { BiasConstraint = value });

    /// <summary>A convolution with a square window: <c>new Convolution(32, kernel: 3)</c>.</summary>
    /// <param name="filters">The channels of the output, 1 or more.</param>
    /// <param name="kernel">The window's side in pixels, 1 or more; <see cref="WindowLayer.KernelHeight"/> and
    /// <see cref="WindowLayer.KernelWidth"/> give others.</param>
    public Convolution(int filters, int kernel)
        : base(kernel) => Filters = filters;

    /// <summary>The channels of the output.</summary>
    public int Filters { get; init; }

    /// <summary>Pixels from one pixel of the window to the next, 1 by default, in both directions.</summary>
    public int Dilation
    {
        get => DilationHeight;
        init => (DilationHeight, DilationWidth) = (value, value);
    }

    /// <summary>Rows from one row of the window to the next.</summary>
    public int DilationHeight { get; init; } = 1;

    /// <summary>Pixels from one pixel of a row of the window to the next.</summary>
    public int DilationWidth { get; init; } = 1;

    /// <summary>
    /// Into how many groups channels and filters are divided, 1 by default: the filters of a group see the channels of the group alone. As
    /// many groups as channels make it depthwise.
    /// </summary>
    public int Groups { get; init; } = 1;

    /// <summary>How the weights start: <see cref="Initializer.He"/> by default, with the inputs of a patch as fan-in and the window's
    /// pixels times the filters of a group as fan-out, as PyTorch and Keras count them.</summary>
    public Initializer WeightInitializer { get; init; } = Initializer.He;

    /// <summary>How the bias starts: zeros by default.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>What is added to the loss for the weights.</summary>
    public Penalty WeightPenalty { get; init; } = Penalty.None;

    /// <summary>What is added to the loss for the bias.</summary>
    public Penalty BiasPenalty { get; init; } = Penalty.None;

    /// <summary>What the weights are brought back to after each update.</summary>
    public Constraint WeightConstraint { get; init; } = Constraint.None;

    /// <summary>What the bias is brought back to after each update.</summary>
    public Constraint BiasConstraint { get; init; } = Constraint.None;

    /// <inheritdoc/>
    protected internal override string Details => string.Join(", ", new[]
    {
        WindowText,
        DilationHeight == 1 && DilationWidth == 1 ? null : $"dilation {DilationHeight} × {DilationWidth}",
        Groups == 1 ? null : $"{Groups} groups",
        WeightInitializer.ToString(),
        WeightPenalty.IsNone ? null : $"weights {WeightPenalty}",
        BiasPenalty.IsNone ? null : $"bias {BiasPenalty}",
    }.Where(text => text is not null));

    private protected override (int Height, int Width) Spacing => (DilationHeight, DilationWidth);

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Parameters(int inputs)
    {
        var depth = KernelHeight * KernelWidth * (Size.Channels / Groups);
        var fanOut = KernelHeight * KernelWidth * (Filters / Groups);
        return
        [
            new Slot("weights", depth, Filters)
            {
                Initializer = WeightInitializer, Penalty = WeightPenalty, Constraint = WeightConstraint, FanOut = fanOut,
            },
            new Slot("bias", 1, Filters)
            {
                Initializer = BiasInitializer, Penalty = BiasPenalty, Constraint = BiasConstraint, FanIn = depth, FanOut = fanOut,
            },
        ];
    }

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new ConvolutionCache<T>(this, input, Infer(pass, input));

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => Infer(pass, input, rectifies: false);

    /// <summary>The output, with max(·, 0) on request.</summary>
    internal Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input, bool rectifies)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var window = Over();
        var output = pass.Rent(input.Rows, window.Outputs * Filters, out var y);
        ConvolutionProduct.Forward(pass.Team, window, Groups, input.Values, pass.Parameter(0).Values, pass.Parameter(1).Values, y,
            input.Rows, Filters, rectifies);
        return output;
    }

    /// <summary>The gradients; see <see cref="Cache{T}.Backward"/>. With a gate as in <see cref="ConvolutionProduct"/>.</summary>
    internal Matrix<T> Backward<T>(in Pass<T> pass, Matrix<T> input, Matrix<T> outputGradient, Span<T> parameterGradient,
        ReadOnlySpan<T> gate = default, double scale = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (window, weights) = (Over(), pass.Parameter(0));
        var dw = parameterGradient[..weights.Values.Length];
        ConvolutionProduct.WeightGradient(pass.Team, window, Groups, input.Values, outputGradient.Values, dw, input.Rows, Filters,
            pass.Accumulates);
        ColumnSums.Run(pass.Team, outputGradient.Values, parameterGradient[dw.Length..], input.Rows * window.Outputs, Filters,
            pass.Accumulates);
        if (!pass.NeedsInputGradient)
        {
            return outputGradient;
        }

        var inputGradient = pass.Rent(input.Rows, window.Count, out var dx);
        pass.Rent(1, weights.Values.Length, out var turned);
        ConvolutionProduct.InputGradient(pass.Team, window, Groups, outputGradient.Values, weights.Values, turned, dx, input.Rows, Filters,
            gate, scale);
        return inputGradient;
    }

    private protected override Validation<Error, Shape> ShapeFor(ImageSize image) =>
        Filters < 1 ? Failed($"{Filters} filters: give 1 or more")
        : Groups < 1 || image.Channels % Groups != 0 || Filters % Groups != 0
            ? Failed($"{Groups} groups of {image.Channels} channels and {Filters} filters: give a number of groups that divides both")
        : !WeightPenalty.IsValid ? Failed($"the weight penalty is {WeightPenalty}: give finite strengths of 0 or more")
        : !BiasPenalty.IsValid ? Failed($"the bias penalty is {BiasPenalty}: give finite strengths of 0 or more")
        : !WeightConstraint.IsValid || !BiasConstraint.IsValid
            ? Failed($"the constraints are {WeightConstraint} and {BiasConstraint}: give finite norms above 0")
        : WindowOver(image).Bind(window =>
            Math.Max((long)window.Outputs * Filters, (long)window.Pixels * image.Channels * Filters) > Array.MaxLength
                ? Failed($"{Filters} filters over images of {image} do not fit an array: take fewer")
                : Found(new ImageSize(window.OutputHeight, window.OutputWidth, Filters)));

    private sealed record ConvolutionCache<T>(Convolution Layer, Matrix<T> Input, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient) =>
            Layer.Backward(pass, Input, outputGradient, parameterGradient);
    }
}
