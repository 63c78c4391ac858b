using System.Globalization;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Dropout of whole channels: in training y = x·m/(1 − rate), where m, 0 with probability rate and else 1, is one for all pixels of an
/// image's channel; in prediction y = x (Tompson et al., 2015, arXiv 1411.4280). Neighbouring pixels say nearly the same, so that dropping
/// single numbers would drop little. x, y: [n × h·w·c].
/// </summary>
public sealed record SpatialDropout : ImageLayer
{
    internal static Schema Schema => SchemaOf("SpatialDropout", new SpatialDropout(0))
        .With("rate", layer => layer.Rate, (layer, value) => layer with { Rate = value });

    /// <summary>Dropout of channels.</summary>
    /// <param name="rate">The fraction set to 0: 0 ≤ rate &lt; 1.</param>
    public SpatialDropout(double rate) => Rate = rate;

    /// <summary>The fraction set to 0.</summary>
    public double Rate { get; init; }

    /// <inheritdoc/>
    protected internal override string Details => Rate.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override bool IsIdentity => true;

    /// <summary>False: what is dropped depends on the place in the batch.</summary>
    public override bool IsRowwise => false;

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new MaskCache<T>(this, Masked(pass, input));

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => input;

    /// <inheritdoc/>
    protected internal override Layer AsInference() => new Flatten { Name = Name, KeepsImage = true };

    private protected override Validation<Error, Shape> ShapeFor(ImageSize image) =>
        Rate is >= 0 and < 1
            ? Found(image)
            : Failed($"the rate is {Rate}, expected 0 ≤ rate < 1: it is the fraction that is set to 0");

    private Matrix<T> Masked<T>(in Pass<T> pass, Matrix<T> images)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (channels, pixels) = (Size.Channels, Size.Plane);
        pass.Rent(images.Rows, channels, out var factors);
        factors.Fill(T.One);
        RandomMask.Apply(Team.Single, pass.Key, Rate, factors, factors);
        var output = pass.Rent(images.Rows, images.Columns, out var y);
        var x = images.Values;
        for (var image = 0; image < images.Rows; image++)
        {
            var own = factors.Slice(image * channels, channels);
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                var at = ((image * pixels) + pixel) * channels;
                System.Numerics.Tensors.TensorPrimitives.Multiply(x.Slice(at, channels), own, y.Slice(at, channels));
            }
        }

        return output;
    }

    private sealed record MaskCache<T>(SpatialDropout Layer, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient) =>
            Layer.Masked(pass, outputGradient);
    }
}
