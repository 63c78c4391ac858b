using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Layer normalisation (Ba et al., 2016, arXiv 1607.06450): with mean μ and variance σ² (÷ w) of each row, x̂ = (x − μ)/√(σ² + ε), y = γ·x̂
/// + β, the same in training and prediction. x, y: [n × w]; γ, β: [1 × w].
/// dβ = Σdy, dγ = Σdy·x̂ over the rows; with g = dy·γ: dx = (g − mean(g) − x̂·mean(g·x̂))/√(σ² + ε), means along the row.
/// Behind an image each pixel is a row of its channels, as in Keras with axis −1.
/// </summary>
public sealed record LayerNormalization : Layer
{
    internal static Schema Schema => SchemaOf("LayerNormalization", new LayerNormalization())
        .With("epsilon", layer => layer.Epsilon, (layer, value) => layer with { Epsilon = value });

    /// <summary>A system's layer normalisation with its defaults. PyTorch: ε = 1e-5, the default here too. Keras: ε = 1e-3.</summary>
    /// <exception cref="ArgumentException">The book and scikit-learn have none.</exception>
    public static LayerNormalization Like(Dialect dialect) => dialect switch
    {
        Dialect.Keras => new LayerNormalization { Epsilon = 1e-3 },
        Dialect.PyTorch => new LayerNormalization(),
        _ => throw Dialects.Without(dialect, "layer normalisation"),
    };

    /// <summary>ε > 0, added to the variance.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    protected internal override string Details => $"ε {Epsilon}";

    /// <inheritdoc/>
    public override bool KeepsShape => true;

    internal override bool ActsOnChannels => true;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        !(Epsilon > 0 && double.IsFinite(Epsilon))
            ? Wrong($"ε is {Epsilon}, expected a number above 0, such as 1e-5")
        : inputs < 2 ? Wrong("a row of a single number, less its mean, is always 0: give it 2 or more inputs, or use BatchNormalization")
        : Right(inputs);

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Parameters(int inputs) =>
        [new Slot("gamma", 1, inputs) { Initializer = Initializer.Ones }, new Slot("beta", 1, inputs)];

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        var (normalized, scale, output) = Normalize(pass, input);
        return new LayerNormalizationCache<T>(normalized, scale, output);
    }

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => Normalize(pass, input).Output;

    private (Matrix<T> Normalized, Matrix<T> Scale, Matrix<T> Output) Normalize<T>(in Pass<T> pass, Matrix<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (n, width) = (input.Rows, input.Columns);
        var output = pass.Rent(n, width, out var y);
        var normalized = pass.Rent(n, width, out var x);
        var scale = pass.Rent(n, 1, out var inverse);
        RowMoments.Forward(pass.Team, input.Values, pass.Parameter(0).Values, pass.Parameter(1).Values, Epsilon, x, inverse, y, n, width);
        return (normalized, scale, output);
    }

    private sealed record LayerNormalizationCache<T>(Matrix<T> Normalized, Matrix<T> Scale, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var (n, width) = (Output.Rows, Output.Columns);
            var dx = Span<T>.Empty;
            var inputGradient = pass.NeedsInputGradient ? pass.Rent(n, width, out dx) : outputGradient;
            pass.Rent(n, width, out var weighted);
            RowMoments.Backward(pass.Team, Normalized.Values, Scale.Values, pass.Parameter(0).Values, outputGradient.Values, weighted, dx,
                n, width);
            ColumnSums.Run(pass.Team, weighted, parameterGradient[..width], n, width, pass.Accumulates);
            ColumnSums.Run(pass.Team, outputGradient.Values, parameterGradient[width..], n, width, pass.Accumulates);
            return inputGradient;
        }
    }
}
