using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// The self-normalising unit: y = λ·x where x > 0, else λ·α·(eˣ − 1); dx = dy·λ where x > 0, else dy·λ·α·eˣ = dy·(y + λ·α), with the α and
/// λ under which activations of mean 0 and variance 1 stay so (Klambauer et al., 2017, arXiv 1706.02515).
/// It wants weights from <see cref="Initializer.LeCun"/>.
/// </summary>
public sealed record Selu : Activation<Selu.Rule>
{
    internal static Schema Schema => SchemaOf("Selu", new Selu());

    internal const double Alpha = 1.6732632423543772848170429916717;
    internal const double Lambda = 1.0507009873554804934193349852946;

    /// <inheritdoc/>
    public override NamedOperator KnownOperator => new("Selu", ("alpha", Alpha), ("gamma", Lambda));

    private protected override double NanosecondsEach => 0.4;

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(default(Slope), y, dy, dx);

    /// <summary>y = λ·x where x > 0, else λ·α·(eˣ − 1).</summary>
    public readonly struct Rule : IFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.IfLessOrEqual(x, 0, Lambda * Alpha * S.ExpMinusOne(x), Lambda * x);
    }

    private readonly struct Slope : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S y, S dy)
            where S : struct, IReal<S> => dy * S.IfLessOrEqual(y, 0, y + (Lambda * Alpha), Lambda);
    }
}
