using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// An image as a row of numbers, in the order in which it lies: rows, pixels, channels. The numbers stay where they are, and a dense layer
/// behind an image needs no such layer; it says what happens.
/// </summary>
public sealed record Flatten : Layer
{
    internal static Schema Schema => SchemaOf("Flatten", new Flatten());

    /// <summary>Whether an image stays one: what a layer is in prediction that does something in training only.</summary>
    internal bool KeepsImage { get; init; }

    /// <inheritdoc/>
    public override bool KeepsShape => KeepsImage;

    /// <inheritdoc/>
    public override bool IsIdentity => true;

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => input;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) => Right(inputs);

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new FlattenCache<T>(input);

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => input;

    private sealed record FlattenCache<T>(Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient) => outputGradient;
    }
}
