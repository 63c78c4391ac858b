using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// An activation that is one formula, written once over <see cref="IReal{S}"/>: from it come the vectors of every width, the derivative (by
/// dual numbers), the C# of <see cref="CSharpEmission"/>, the nodes of ONNX and its text.
/// </summary>
/// <example>
/// y = x/(1 + |x|):
/// <code>
/// public sealed record Softsign : Activation&lt;Softsign.Rule&gt;
/// {
///     public readonly struct Rule : IFormula
///     {
///         public S Of&lt;S&gt;(S x) where S : struct, IReal&lt;S&gt; => x / (1 + S.Abs(x));
///     }
/// }
/// </code>
/// </example>
/// <typeparam name="TRule">The formula; its fields are settings.</typeparam>
public abstract record Activation<TRule> : Activation, IFormula
    where TRule : struct, IFormula
{
    /// <summary>The formula with this record's settings; the default value of its type where it has none.</summary>
    protected virtual TRule Formula => default;

    /// <summary>f(x), read as any S.</summary>
    public S Of<S>(S x)
        where S : struct, IReal<S> => Formula.Of(x);

    /// <inheritdoc/>
    protected sealed override void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        if (FormulaLength<TRule>.IsLong)
        {
            Elementwise.Map(new CalledFormula<TRule>(Formula), x, y);
        }
        else
        {
            Elementwise.Map(Formula, x, y);
        }
    }

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        if (FormulaLength<TRule>.IsSlopeLong)
        {
            Elementwise.Zip(new CalledDerivative<TRule>(Formula), x, dy, dx);
        }
        else
        {
            Elementwise.Zip(new Derivative<TRule>(Formula), x, dy, dx);
        }
    }
}

/// <summary>dx = dy·f′(x), f′ by dual numbers.</summary>
internal readonly struct Derivative<TRule>(TRule formula) : IBinaryFormula
    where TRule : struct, IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Of<S>(S x, S dy)
        where S : struct, IReal<S> => dy * formula.Of(new Dual<S>(x, 1)).Slope;
}
