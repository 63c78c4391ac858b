using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// y = x where x > 0, else slope·x; dx = dy where x > 0, else slope·dy, at 0 as PyTorch and Keras have it (Maas et al., 2013).
/// The slope is 0.01 in PyTorch and here; Keras takes 0.3.
/// </summary>
/// <param name="Slope">Any finite number.</param>
public sealed record LeakyRelu(double Slope = 0.01) : Activation
{
    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        double.IsFinite(Slope) ? Right(inputs) : Wrong(string.Create(CultureInfo.InvariantCulture, $"the slope is {Slope}: give a finite number, such as 0.01"));

    /// <inheritdoc/>
    protected internal override string Details => string.Create(CultureInfo.InvariantCulture, $"slope {Slope}");

    /// <inheritdoc/>
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y) => Elementwise.Map(new Leak<T>(T.CreateTruncating(Slope)), x, y);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(new Gate<T>(T.CreateTruncating(Slope)), x, dy, dx);

    private readonly struct Leak<T>(T slope) : IUnary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x) =>
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<T>.Zero), x * Vector512.Create(slope), x);
    }

    private readonly struct Gate<T>(T slope) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> dy) =>
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<T>.Zero), dy * Vector512.Create(slope), dy);
    }
}
