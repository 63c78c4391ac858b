using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>ℓ = f·(ŷ − y)², ℓ′ = 2f·(ŷ − y), averaged over outputs and rows, with f = 1 by default. For regression.</summary>
public sealed record MeanSquaredError : ElementLoss<MeanSquaredError.Rule>
{
    internal static Schema Schema => Schema.Of("MeanSquaredError", new MeanSquaredError())
        .With("factor", loss => loss.Factor, (loss, value) => loss with { Factor = value });

    /// <summary>f above 0: 1; ½ of scikit-learn's and of many a textbook.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not a finite number above 0.</exception>
    public double Factor
    {
        get; init =>
        field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"the factor is {value}, expected a finite number above 0");
    } = 1;

    /// <inheritdoc/>
    public override string? Unit => "target²";

    /// <summary>The loss of always predicting the mean of each column.</summary>
    /// <inheritdoc/>
    public override double Baseline(Targets targets) => Factor * MeanOf(targets, difference => difference * difference);

    /// <inheritdoc/>
    protected override Rule Formula => new(Factor);

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) =>
        Elementwise.Zip(new Slope(double.CreateTruncating(T.CreateTruncating(2 * Factor) * scale)), prediction, target, slopes);

    /// <summary>ℓ = f·(ŷ − y)².</summary>
    public readonly struct Rule(Setting factor) : IBinaryFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S> => (x - y) * (x - y) * factor;
    }

    private readonly struct Slope(Setting scale) : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S> => (x - y) * scale;
    }
}
