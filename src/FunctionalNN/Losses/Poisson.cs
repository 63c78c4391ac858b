using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// For counts, with the rate ŷ that the network puts out: ℓ = ŷ − y·ln(ŷ + ε), ℓ′ = 1 − y/(ŷ + ε) with ε = 1e-7, averaged over outputs and
/// rows: the negative logarithm of the Poisson distribution, without the part ln y! that no training changes. Keras' form.
/// With <see cref="FromLogarithms"/>, from the rate's logarithm z: ℓ = eᶻ − y·z, ℓ′ = eᶻ − y: PyTorch's default form.
/// </summary>
public sealed record Poisson : ElementLoss<Poisson.Rule>
{
    internal static Schema Schema => Schema.Of("Poisson", new Poisson())
        .With("fromLogarithms", loss => loss.FromLogarithms, (loss, value) => loss with { FromLogarithms = value });

    private const double Least = 1e-7;

    /// <summary>Whether the network ends in logarithms of rates, which may be any numbers.</summary>
    public bool FromLogarithms { get; init; }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        !FromLogarithms && range is not (OutputRange.NonNegative or OutputRange.Probabilities or OutputRange.Distribution)
            ? Wrong($"{Kind} takes rates of 0 or more, the network ends in {range.InWords}: end it in Softplus, or set FromLogarithms")
        : FromLogarithms && range is OutputRange.NonNegative or OutputRange.Probabilities or OutputRange.Distribution
            ? Wrong($"{Kind} with FromLogarithms takes any numbers, the network ends in {range.InWords}: leave its last activation out, or "
                + $"FromLogarithms")
        : TargetRows.ProblemOutside(Kind, targets, 0, double.PositiveInfinity,
            "counts are never negative; for other numbers use MeanSquaredError") is { } problem
            ? Wrong(problem)
        : base.Fits(outputs, range, targets);

    /// <inheritdoc/>
    protected override Rule Formula => new(FromLogarithms);

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) =>
        Elementwise.Zip(new Slope(FromLogarithms, double.CreateTruncating(scale)), prediction, target, slopes);

    /// <summary>ℓ = ŷ − y·ln(ŷ + ε), or eᶻ − y·z.</summary>
    public readonly struct Rule(bool fromLogarithms) : IBinaryFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S> => fromLogarithms ? S.Exp(x) - (y * x) : x - (y * S.Log(x + Least));
    }

    private readonly struct Slope(bool fromLogarithms, Setting scale) : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S> => (fromLogarithms ? S.Exp(x) - y : 1 - (y / (x + Least))) * scale;
    }
}
