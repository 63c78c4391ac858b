using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Each pixel as a square of pixels: y[i, j, c] = x[⌊i/factor⌋, ⌊j/factor⌋, c], nearest neighbour. x: [n × h·w·c], y: [n × f·h·f·w·c]. dx
/// is the sum of dy over the square.
/// </summary>
public sealed record Upsampling : ImageLayer
{
    internal static Schema Schema => SchemaOf("Upsampling", new Upsampling(1))
        .With("factor", layer => layer.Factor, (layer, value) => layer with { Factor = value });

    /// <summary>An enlargement.</summary>
    /// <param name="factor">How many times as high and wide, 1 or more.</param>
    public Upsampling(int factor) => Factor = factor;

    /// <summary>How many times as high and wide.</summary>
    public int Factor { get; init; }

    /// <inheritdoc/>
    protected internal override string Details => $"{Factor} ×";

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => input is OutputRange.Distribution ? OutputRange.Probabilities : input;

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new UpsamplingCache<T>(this, input.Rows, Infer(pass, input));

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
    {
        var (size, channels) = (Size, Size.Channels);
        var output = pass.Rent(input.Rows, checked((int)size.Count * Factor * Factor), out var y);
        var x = input.Values;
        var line = size.Width * Factor * channels;
        for (var row = 0; row < input.Rows * size.Height; row++)
        {
            var source = x.Slice(row * size.Width * channels, size.Width * channels);
            var first = y.Slice(row * Factor * line, line);
            for (var pixel = 0; pixel < size.Width * Factor; pixel++)
            {
                source.Slice(pixel / Factor * channels, channels).CopyTo(first[(pixel * channels)..]);
            }

            for (var copy = 1; copy < Factor; copy++)
            {
                first.CopyTo(y[(((row * Factor) + copy) * line)..]);
            }
        }

        return output;
    }

    private protected override Validation<Error, Shape> ShapeFor(ImageSize image) =>
        Factor < 1 ? Failed($"the factor is {Factor}: give 1 or more")
        : image.Count * Factor * Factor > Array.MaxLength ? Failed($"images of {image}, {Factor} times as large, do not fit an array")
        : Found(new ImageSize(image.Height * Factor, image.Width * Factor, image.Channels));

    private sealed record UpsamplingCache<T>(Upsampling Layer, int Rows, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var (size, channels, factor) = (Layer.Size, Layer.Size.Channels, Layer.Factor);
            var inputGradient = pass.Rent(Rows, (int)size.Count, out var dx);
            dx.Clear();
            var dy = outputGradient.Values;
            var line = size.Width * factor * channels;
            for (var row = 0; row < Rows * size.Height * factor; row++)
            {
                var to = dx.Slice(row / factor * size.Width * channels, size.Width * channels);
                for (var pixel = 0; pixel < size.Width * factor; pixel++)
                {
                    var sum = to.Slice(pixel / factor * channels, channels);
                    System.Numerics.Tensors.TensorPrimitives.Add(sum, dy.Slice((row * line) + (pixel * channels), channels), sum);
                }
            }

            return inputGradient;
        }
    }
}
