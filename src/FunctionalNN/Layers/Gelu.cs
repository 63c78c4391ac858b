using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// The Gaussian error linear unit: y = x·Φ(x), where Φ is the integral of the normal density φ; dx = dy·(Φ(x) + x·φ(x))
/// (Hendrycks and Gimpel, 2016, arXiv 1606.08415). With <see cref="IsApproximate"/>: y = ½·x·(1 + tanh u) = x·s with
/// u = √(2/π)·(x + 0.044715·x³) and the logistic function s = σ(2u), which keeps its digits where tanh u is near −1; dx = dy·s·(1 + 2x·(1 −
/// s)·u′).
/// </summary>
public sealed record Gelu : Activation<Gelu.Rule>
{
    internal static Schema Schema => SchemaOf("Gelu", new Gelu())
        .With("isApproximate", gelu => gelu.IsApproximate, (gelu, value) => gelu with { IsApproximate = value });

    internal const double Cubic = 0.044715;
    internal const double RootTwoOverPi = 0.7978845608028654;

    /// <summary>From here on Φ is 0 or 1 and φ is 0, in float and in double.</summary>
    private const double Limit = 100;

    /// <summary>Whether to take the tanh form, within 0.0005 of the exact one: "approximate" in PyTorch and Keras, where the exact form is
    /// the default too.</summary>
    public bool IsApproximate { get; init; }

    /// <inheritdoc/>
    protected internal override string Details => IsApproximate ? "tanh form" : "";

    /// <inheritdoc/>
    public override IFormula Plain => IsApproximate ? default(BareTanh) : default(Bare);

    private protected override double NanosecondsEach => 0.8;

    /// <inheritdoc/>
    protected override Rule Formula => new(IsApproximate);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        if (IsApproximate)
        {
            Elementwise.Zip(default(TanhSlope), x, dy, dx);
        }
        else
        {
            Elementwise.Zip(default(ExactSlope), x, dy, dx);
        }
    }

    /// <summary>y = x·Φ(x), or its tanh form. At −∞, where Φ is 0, y is 0 too.</summary>
    public readonly struct Rule(bool isApproximate) : IFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => isApproximate ? S.Max(x, -Limit) * Gate(x) : S.Max(x, -Limit) * S.NormalCumulative(x);
    }

    /// <summary>x·Φ(x), which is NaN at −∞.</summary>
    private readonly struct Bare : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => x * S.NormalCumulative(x);
    }

    /// <summary>x·σ(x·(√(8/π)·0.044715·x² + √(8/π))): where x² overflows, σ is 0 or 1 as it should be.</summary>
    private readonly struct BareTanh : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => x * S.Sigmoid(((x * x * (Cubic * 2 * RootTwoOverPi)) + (2 * RootTwoOverPi)) * x);
    }

    private readonly struct ExactSlope : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S dy)
            where S : struct, IReal<S>
        {
            var near = S.Min(S.Max(x, -Limit), Limit);
            return dy * S.MultiplyAdd(near, S.NormalDensity(x), S.NormalCumulative(x));
        }
    }

    private readonly struct TanhSlope : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S dy)
            where S : struct, IReal<S>
        {
            var near = S.Min(S.Max(x, -Limit), Limit);
            var slope = RootTwoOverPi * S.MultiplyAdd(3 * Cubic, near * near, 1);
            var sigmoid = Gate(x);
            return dy * sigmoid * (1 + (2 * near * (1 - sigmoid) * slope));
        }
    }

    /// <summary>σ(2u). Beyond ±100 it is 0 or 1, and x³ must not overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Gate<S>(S x)
        where S : struct, IReal<S>
    {
        var near = S.Min(S.Max(x, -Limit), Limit);
        var u = RootTwoOverPi * near * S.MultiplyAdd(Cubic, near * near, 1);
        return S.Sigmoid(u + u);
    }
}
