using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// A loss of numbers that is one formula ℓ(ŷ, y), written once over <see cref="IReal{S}"/>: from it come the vectors of every width, the
/// derivative with respect to ŷ (by dual numbers) and its text.
/// </summary>
/// <example>
/// The quantile loss:
/// <code>
/// public sealed record Quantile(double Tau) : ElementLoss&lt;Quantile.Rule&gt;
/// {
///     protected override Rule Formula => new(Tau);
///
///     public readonly struct Rule(Setting tau) : IBinaryFormula
///     {
///         public S Of&lt;S&gt;(S prediction, S target) where S : struct, IReal&lt;S&gt; =>
///             S.IfLess(prediction, target, tau * (target - prediction), (1 - (S)tau) * (prediction - target));
///     }
/// }
/// </code>
/// </example>
/// <typeparam name="TRule">The formula ℓ(ŷ, y); its fields are settings.</typeparam>
public abstract record ElementLoss<TRule> : ElementLoss, IBinaryFormula
    where TRule : struct, IBinaryFormula
{
    /// <summary>The formula with this record's settings; the default value of its type where it has none.</summary>
    protected virtual TRule Formula => default;

    /// <summary>ℓ(ŷ, y), read as any S.</summary>
    public S Of<S>(S x, S y)
        where S : struct, IReal<S> => Formula.Of(x, y);

    /// <inheritdoc/>
    protected sealed override void Terms<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> losses)
    {
        if (BinaryFormulaLength<TRule>.IsLong)
        {
            Elementwise.Zip(new CalledBinaryFormula<TRule>(Formula), prediction, target, losses);
        }
        else
        {
            Elementwise.Zip(Formula, prediction, target, losses);
        }
    }

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes)
    {
        if (BinaryFormulaLength<TRule>.IsSlopeLong)
        {
            Elementwise.Zip(new CalledLossDerivative<TRule>(Formula, double.CreateTruncating(scale)), prediction, target, slopes);
        }
        else
        {
            Elementwise.Zip(new LossDerivative<TRule>(Formula, double.CreateTruncating(scale)), prediction, target, slopes);
        }
    }
}

/// <summary>scale·∂ℓ/∂ŷ, by dual numbers.</summary>
internal readonly struct LossDerivative<TRule>(TRule formula, Setting scale) : IBinaryFormula
    where TRule : struct, IBinaryFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Of<S>(S x, S y)
        where S : struct, IReal<S> => formula.Of(new Dual<S>(x, 1), new Dual<S>(y, 0)).Slope * scale;
}
