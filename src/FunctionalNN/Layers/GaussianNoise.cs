using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// In training y = x + σ·z with z from the normal distribution of mean 0 and variance 1, a function of the step's key and the place alone;
/// in prediction y = x. dx = dy. Keras has the same layer.
/// </summary>
/// <param name="StandardDeviation">σ ≥ 0.</param>
public sealed record GaussianNoise(double StandardDeviation) : Layer
{
    internal static Schema Schema => SchemaOf("GaussianNoise", new GaussianNoise(0))
        .With("standardDeviation", layer => layer.StandardDeviation, (layer, value) => layer with { StandardDeviation = value });

    /// <inheritdoc/>
    protected internal override string Details => $"σ {StandardDeviation}";

    /// <inheritdoc/>
    public override bool IsIdentity => true;

    /// <inheritdoc/>
    public override bool KeepsShape => true;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        double.IsFinite(StandardDeviation) && StandardDeviation >= 0
            ? Right(inputs)
            : Wrong($"the standard deviation is {StandardDeviation}: give a finite number of 0 or more");

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        var output = pass.Rent(input.Rows, input.Columns, out var y);
        RandomNormal.Add(pass.Team, pass.Key, StandardDeviation, input.Values, y);
        return new GaussianNoiseCache<T>(output);
    }

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => input;

    /// <inheritdoc/>
    protected internal override Layer AsInference() => new Linear { Name = Name };

    private sealed record GaussianNoiseCache<T>(Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient) => outputGradient;
    }
}
