namespace FunctionalNN;

/// <summary>
/// y = f(x), number by number, written once: see <see cref="IReal{S}"/>. A struct, so that the compiler makes each loop for its formula;
/// its fields are the formula's settings.
/// </summary>
/// <example><code>readonly struct Softsign : IFormula { public S Of&lt;S&gt;(S x) where S : struct, IReal&lt;S&gt; => x / (1 + S.Abs(x));
/// }</code></example>
public interface IFormula
{
    /// <summary>f(x).</summary>
    S Of<S>(S x)
        where S : struct, IReal<S>;
}

/// <summary>z = f(x, y), number by number, written once: see <see cref="IReal{S}"/>.</summary>
public interface IBinaryFormula
{
    /// <summary>f(x, y).</summary>
    S Of<S>(S x, S y)
        where S : struct, IReal<S>;
}
