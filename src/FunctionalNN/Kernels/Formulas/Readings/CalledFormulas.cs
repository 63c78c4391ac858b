using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>f(x), with calls.</summary>
internal readonly struct CalledFormula<TRule>(TRule formula) : IFormula
    where TRule : struct, IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Of<S>(S x)
        where S : struct, IReal<S> => formula.Of(new Called<S>(x)).Value;
}

/// <summary>f(x, y), with calls.</summary>
internal readonly struct CalledBinaryFormula<TRule>(TRule formula) : IBinaryFormula
    where TRule : struct, IBinaryFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Of<S>(S x, S y)
        where S : struct, IReal<S> => formula.Of(new Called<S>(x), new Called<S>(y)).Value;
}

/// <summary>dy·f′(x), f′ by dual numbers, with calls.</summary>
internal readonly struct CalledDerivative<TRule>(TRule formula) : IBinaryFormula
    where TRule : struct, IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Of<S>(S x, S dy)
        where S : struct, IReal<S> => dy * formula.Of(new Dual<Called<S>>(new(x), 1)).Slope.Value;
}

/// <summary>scale·∂ℓ/∂ŷ by dual numbers, with calls.</summary>
internal readonly struct CalledLossDerivative<TRule>(TRule formula, Setting scale) : IBinaryFormula
    where TRule : struct, IBinaryFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Of<S>(S x, S y)
        where S : struct, IReal<S> => formula.Of(new Dual<Called<S>>(new(x), 1), new Dual<Called<S>>(new(y), 0)).Slope.Value * scale;
}
