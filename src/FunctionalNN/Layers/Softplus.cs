using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// y = ln(1 + eˣ), a smooth ReLU above 0; dx = dy·σ(x) with the logistic function σ. Computed as max(x, 0) + ln(1 + e^(−|x|)), so that no
/// input overflows.
/// </summary>
public sealed record Softplus : Activation<Softplus.Rule>
{
    internal static Schema Schema => SchemaOf("Softplus", new Softplus());

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => OutputRange.NonNegative;

    /// <inheritdoc/>
    public override NamedOperator KnownOperator => new("Softplus");

    private protected override double NanosecondsEach => 0.7;

    /// <summary>y = ln(1 + eˣ).</summary>
    public readonly struct Rule : IFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.Softplus(x);
    }
}
