using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// y = min(max(slope·x + ½, 0), 1), a sigmoid of straight lines; dx = dy·slope where 0 &lt; y &lt; 1, else 0.
/// The slope is 1/6 in PyTorch, Keras 3 and here; <see cref="Keras2"/> has 0.2.
/// </summary>
public sealed record HardSigmoid : Activation<HardSigmoid.Rule>
{
    internal static Schema Schema => SchemaOf("HardSigmoid", new HardSigmoid())
        .With("slope", sigmoid => sigmoid.Slope, (sigmoid, value) => sigmoid with { Slope = value });

    /// <summary>The slope 0.2 of Keras before version 3, and of Theano.</summary>
    public static HardSigmoid Keras2 { get; } = new() { Slope = 0.2 };

    /// <summary>The slope at 0, above 0.</summary>
    public double Slope { get; init; } = 1 / 6.0;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        double.IsFinite(Slope) && Slope > 0
            ? Right(inputs)
            : Wrong($"the slope is {Slope}: give a finite number above 0, such as 1/6");

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => OutputRange.Probabilities;

    /// <inheritdoc/>
    protected internal override string Details => $"slope {Slope:G4}";

    /// <inheritdoc/>
    public override NamedOperator KnownOperator => new("HardSigmoid", ("alpha", Slope), ("beta", 0.5));

    /// <inheritdoc/>
    protected override Rule Formula => new(Slope);

    /// <inheritdoc/>
    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Elementwise.Zip(new Gate(Slope), y, dy, dx);

    /// <summary>y = min(max(slope·x + ½, 0), 1).</summary>
    public readonly struct Rule(Setting slope) : IFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.Min(S.Max(S.MultiplyAdd(slope, x, 0.5), 0), 1);
    }

    private readonly struct Gate(Setting slope) : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S y, S dy)
            where S : struct, IReal<S> => S.IfLessOrEqual(y, 0, 0, S.IfLessOrEqual(1, y, 0, dy * slope));
    }
}
