using System.Numerics;

namespace FunctionalNN;

/// <summary>Whether images lie as the network reads them.</summary>
internal static class ImageExamination
{
    private const int Rows = 50;
    private const double Smoother = 0.8;

    /// <summary>
    /// Neighbouring pixels are alike. Where rows read channel after channel, as PyTorch has images, are much smoother than read channel
    /// beside channel, they lie that way.
    /// </summary>
    public static IEnumerable<Finding> Order<T>(DataSet<T> data, ImageSize image)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (image.Channels < 2 || image.Height < 3 || image.Width < 3)
        {
            yield break;
        }

        var count = Math.Min(Rows, data.Count);
        var sample = data.InputsOf([.. Enumerable.Range(0, count).Select(i => (int)((long)i * data.Count / count))]);
        var (own, other) = (Roughness(sample, image, image.Width * image.Channels, image.Channels, 1),
            Roughness(sample, image, image.Width, 1, image.Plane));
        if (other < Smoother * own)
        {
            yield return new Finding(Severity.Warning, FindingKind.Misfit,
                $"the images of {image} look as if they lay channel after channel: read so, pixels below each other differ by "
                    + $"{other:G3}, as the "
                    + $"network reads them by {own:G3}",
                "a pixel's channels lie beside each other here: bring arrays of PyTorch to rows, columns, channels first, as by "
                    + "numpy.transpose(x, (0, 2, 3, 1))");
        }
    }

    /// <summary>The mean difference of a number from that of the pixel below. Numbers beside each other would tell less: in grey images of
    /// three channels they are the same.</summary>
    private static double Roughness<T>(Matrix<T> rows, ImageSize image, int down, int right, int channel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (sum, count) = (0.0, 0L);
        for (var row = 0; row < rows.Rows; row++)
        {
            var values = rows.Row(row);
            for (var i = 0; i < image.Height - 1; i++)
            {
                for (var j = 0; j < image.Width; j++)
                {
                    for (var c = 0; c < image.Channels; c++)
                    {
                        var at = (i * down) + (j * right) + (c * channel);
                        var value = double.CreateTruncating(values[at]);
                        sum += Math.Abs(value - double.CreateTruncating(values[at + down]));
                        count++;
                    }
                }
            }
        }

        return sum / Math.Max(1, count);
    }
}
