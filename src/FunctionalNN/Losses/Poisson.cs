using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// For counts, with the rate ŷ that the network puts out: ℓ = ŷ − y·ln(ŷ + ε), ℓ′ = 1 − y/(ŷ + ε) with ε = 1e-7, averaged over outputs and rows:
/// the negative logarithm of the Poisson distribution, without the part ln y! that no training changes. Keras' form.
/// With <see cref="FromLogarithms"/>, from the rate's logarithm z: ℓ = eᶻ − y·z, ℓ′ = eᶻ − y: PyTorch's default form.
/// </summary>
public sealed record Poisson : ElementLoss
{
    private const double Least = 1e-7;

    /// <summary>Whether the network ends in logarithms of rates, which may be any numbers.</summary>
    public bool FromLogarithms { get; init; }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        !FromLogarithms && range is not (OutputRange.NonNegative or OutputRange.Probabilities or OutputRange.Distribution)
            ? Wrong($"{Kind} takes rates of 0 or more, the network ends in {range.InWords}: end it in Softplus, or set FromLogarithms")
        : FromLogarithms && range is OutputRange.NonNegative or OutputRange.Probabilities or OutputRange.Distribution
            ? Wrong($"{Kind} with FromLogarithms takes any numbers, the network ends in {range.InWords}: leave its last activation out, or FromLogarithms")
        : TargetRows.ProblemOutside(Kind, targets, 0, double.PositiveInfinity, "counts are never negative; for other numbers use MeanSquaredError") is { } problem
            ? Wrong(problem)
        : base.Fits(outputs, range, targets);

    /// <inheritdoc/>
    protected override void Terms<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> losses)
    {
        if (FromLogarithms)
        {
            Elementwise.Zip(default(LogarithmTerm<T>), prediction, target, losses);
        }
        else
        {
            Elementwise.Zip(default(Term<T>), prediction, target, losses);
        }
    }

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes)
    {
        if (FromLogarithms)
        {
            Elementwise.Zip(new LogarithmSlope<T>(scale), prediction, target, slopes);
        }
        else
        {
            Elementwise.Zip(new Slope<T>(scale), prediction, target, slopes);
        }
    }

    private readonly struct Term<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => x - (y * Exponential<T>.Log(x + Lanes<T>.Of(Least)));
    }

    private readonly struct Slope<T>(T scale) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => (Vector512<T>.One - (y / (x + Lanes<T>.Of(Least)))) * Vector512.Create(scale);
    }

    private readonly struct LogarithmTerm<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> z, Vector512<T> y) => Exponential<T>.Exp(z) - (y * z);
    }

    private readonly struct LogarithmSlope<T>(T scale) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> z, Vector512<T> y) => (Exponential<T>.Exp(z) - y) * Vector512.Create(scale);
    }
}
