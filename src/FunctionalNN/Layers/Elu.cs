using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// The exponential linear unit: y = x where x > 0, else α·(eˣ − 1); dx = dy where x > 0, else dy·α·eˣ = dy·(y + α)
/// (Clevert et al., 2015, arXiv 1511.07289). α is 1 in PyTorch, Keras and here.
/// </summary>
/// <param name="Alpha">−α is where y goes for large negative x: 0 or more.</param>
public sealed record Elu(double Alpha = 1) : Activation
{
    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        double.IsFinite(Alpha) && Alpha >= 0 ? Right(inputs) : Wrong(string.Create(CultureInfo.InvariantCulture, $"α is {Alpha}: give a finite number of 0 or more, such as 1"));

    /// <inheritdoc/>
    protected internal override string Details => string.Create(CultureInfo.InvariantCulture, $"α {Alpha}");

    private protected override double NanosecondsEach => 0.4;

    /// <inheritdoc/>
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y) => Elementwise.Map(new Bend<T>(T.CreateTruncating(Alpha)), x, y);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(new Slope<T>(T.CreateTruncating(Alpha)), y, dy, dx);

    private readonly struct Bend<T>(T alpha) : IUnary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x) =>
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<T>.Zero), Vector512.Create(alpha) * NearZero<T>.ExpMinusOne(x), x);
    }

    private readonly struct Slope<T>(T alpha) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> y, Vector512<T> dy) =>
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(y, Vector512<T>.Zero), dy * (y + Vector512.Create(alpha)), dy);
    }
}
