using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// y = x·σ(x) with the logistic function σ, also called swish (Elfwing et al., 2017, arXiv 1702.03118);
/// dx = dy·σ(x)·(1 + x·(1 − σ(x))).
/// </summary>
public sealed record Silu : Activation<Silu.Rule>
{
    internal static Schema Schema => SchemaOf("Silu", new Silu());

    /// <summary>From here on σ is 0 or 1, in float and in double.</summary>
    private const double Limit = 1000;

    /// <inheritdoc/>
    public override IFormula Plain => default(Bare);

    private protected override double NanosecondsEach => 0.4;

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(default(Slope), x, dy, dx);

    /// <summary>y = x·σ(x). At −∞, where σ is 0, y is 0 too.</summary>
    public readonly struct Rule : IFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.Max(x, -Limit) * S.Sigmoid(x);
    }

    /// <summary>x·σ(x), which is NaN at −∞.</summary>
    private readonly struct Bare : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => x * S.Sigmoid(x);
    }

    private readonly struct Slope : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S dy)
            where S : struct, IReal<S>
        {
            var sigmoid = S.Sigmoid(x);
            return dy * sigmoid * S.MultiplyAdd(S.Min(S.Max(x, -Limit), Limit), 1 - sigmoid, 1);
        }
    }
}
