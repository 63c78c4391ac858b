using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// ℓ = ln cosh(ŷ − y), ℓ′ = tanh(ŷ − y), averaged over outputs and rows: half the squared difference near the target, |ŷ − y| − ln 2 far
/// from it, and smooth between. The same in Keras. Exact for any difference: cosh itself would overflow.
/// </summary>
public sealed record LogCosh : ElementLoss<LogCosh.Rule>
{
    internal static Schema Schema => Schema.Of("LogCosh", new LogCosh());

    /// <summary>ℓ = ln cosh(ŷ − y).</summary>
    public readonly struct Rule : IBinaryFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S> => S.LogCosh(x - y);
    }
}
