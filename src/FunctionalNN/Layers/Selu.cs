using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>
/// The self-normalising unit: y = λ·x where x > 0, else λ·α·(eˣ − 1); dx = dy·λ where x > 0, else dy·λ·α·eˣ = dy·(y + λ·α), with the α and λ
/// under which activations of mean 0 and variance 1 stay so (Klambauer et al., 2017, arXiv 1706.02515).
/// It wants weights from <see cref="Initializer.LeCun"/>.
/// </summary>
public sealed record Selu : Activation
{
    internal const double Alpha = 1.6732632423543772848170429916717;
    internal const double Lambda = 1.0507009873554804934193349852946;

    private protected override double NanosecondsEach => 0.4;

    /// <inheritdoc/>
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y) => Elementwise.Map(default(Scaled<T>), x, y);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(default(Slope<T>), y, dy, dx);

    private readonly struct Scaled<T> : IUnary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x)
        {
            var negative = Lanes<T>.Of(Lambda * Alpha) * NearZero<T>.ExpMinusOne(x);
            return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<T>.Zero), negative, Lanes<T>.Of(Lambda) * x);
        }
    }

    private readonly struct Slope<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> y, Vector512<T> dy) =>
            dy * Vector512.ConditionalSelect(Vector512.LessThanOrEqual(y, Vector512<T>.Zero), y + Lanes<T>.Of(Lambda * Alpha), Lanes<T>.Of(Lambda));
    }
}
