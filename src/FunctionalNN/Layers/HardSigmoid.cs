using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// y = min(max(slope·x + ½, 0), 1), a sigmoid of straight lines; dx = dy·slope where 0 &lt; y &lt; 1, else 0.
/// The slope is 1/6 in PyTorch, Keras 3 and here; <see cref="Keras2"/> has 0.2.
/// </summary>
public sealed record HardSigmoid : Activation
{
    /// <summary>The slope 0.2 of Keras before version 3, and of Theano.</summary>
    public static HardSigmoid Keras2 { get; } = new() { Slope = 0.2 };

    /// <summary>The slope at 0, above 0.</summary>
    public double Slope { get; init; } = 1 / 6.0;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        double.IsFinite(Slope) && Slope > 0 ? Right(inputs) : Wrong(string.Create(CultureInfo.InvariantCulture, $"the slope is {Slope}: give a finite number above 0, such as 1/6"));

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => OutputRange.Probabilities;

    /// <inheritdoc/>
    protected internal override string Details => string.Create(CultureInfo.InvariantCulture, $"slope {Slope:G4}");

    /// <inheritdoc/>
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y) => Elementwise.Map(new Ramp<T>(T.CreateTruncating(Slope)), x, y);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(new Gate<T>(T.CreateTruncating(Slope)), y, dy, dx);

    private readonly struct Ramp<T>(T slope) : IUnary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x)
        {
            var y = Lanes<T>.MultiplyAdd(Vector512.Create(slope), x, Lanes<T>.Of(0.5));
            y = Vector512.ConditionalSelect(Vector512.LessThan(y, Vector512<T>.Zero), Vector512<T>.Zero, y);
            return Vector512.ConditionalSelect(Vector512.GreaterThan(y, Vector512<T>.One), Vector512<T>.One, y);
        }
    }

    private readonly struct Gate<T>(T slope) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> y, Vector512<T> dy)
        {
            var isFlat = Vector512.LessThanOrEqual(y, Vector512<T>.Zero) | Vector512.GreaterThanOrEqual(y, Vector512<T>.One);
            return Vector512.ConditionalSelect(isFlat, Vector512<T>.Zero, dy * Vector512.Create(slope));
        }
    }
}
