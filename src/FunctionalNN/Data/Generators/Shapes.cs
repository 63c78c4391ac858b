using System.Numerics;

namespace FunctionalNN;

public static partial class Generate
{
    private static readonly string[] ShapeNames = ["circle", "square", "triangle"];

    /// <summary>
    /// Pictures of one figure each, a circle, a square or a triangle, of any size, place, turn and colour on lighter paper, all with some
    /// noise: rows, columns, channels, as bytes.
    /// </summary>
    /// <param name="samples">Rows a class.</param>
    /// <param name="size">The pictures' size: 8 × 8 or more for figures that can be told apart.</param>
    /// <param name="seed">The same seed gives the same pictures.</param>
    /// <exception cref="ArgumentOutOfRangeException">Samples are below 1.</exception>
    /// <exception cref="ArgumentException">The size has a side or channels below 1, or all pictures are more than one array can
    /// hold.</exception>
    public static DataSet<float> Shapes(int samples, ImageSize size, int seed) => Shapes<float>(samples, size, seed);

    /// <inheritdoc cref="Shapes(int, ImageSize, int)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static DataSet<T> Shapes<T>(int samples, ImageSize size, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        AtLeastOne(samples, nameof(samples));
        var rows = (long)samples * ShapeNames.Length;
        if (size.Height < 1 || size.Width < 1 || size.Channels < 1
            || (Int128)rows * size.Height * size.Width * size.Channels > Array.MaxLength)
        {
            throw new ArgumentException($"{rows} pictures of {size}: give a height, a width and channels of 1 or more, and at most "
                + $"{Array.MaxLength:N0} numbers in all");
        }

        var (bytes, width, key) = (new byte[rows * size.Count], (int)size.Count, new Key((ulong)seed));
        for (var row = 0; row < rows; row++)
        {
            Draw(row / samples, size, key.Fold(row), bytes.AsSpan(row * width, width));
        }

        return new DataSet<T>(new ByteRows<T>(bytes, width).As(size),
            new ClassLabels(Labels(samples, ShapeNames.Length).Values, ShapeNames.Length, ShapeNames));
    }

    private static void Draw(int kind, ImageSize size, Key key, Span<byte> picture)
    {
        var radius = Math.Min(size.Height, size.Width) * (0.2 + (0.2 * key.Uniform(0)));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * key.Uniform(1));
        var middleX = radius + ((size.Width - (2 * radius)) * key.Uniform(2));
        var middleY = radius + ((size.Height - (2 * radius)) * key.Uniform(3));
        for (var i = 0; i < picture.Length; i++)
        {
            var (pixel, channel) = (i / size.Channels, i % size.Channels);
            var x = ((pixel % size.Width) + 0.5 - middleX) / radius;
            var y = ((pixel / size.Width) + 0.5 - middleY) / radius;
            var level = IsInside(kind, (cosine * x) + (sine * y), (cosine * y) - (sine * x))
                ? 0.5 * key.Uniform(10 + channel)
                : 0.6 + (0.4 * key.Uniform(10 + size.Channels + channel));
            picture[i] = (byte)Math.Clamp(255 * (level + (0.05 * key.Fold(1).Normal(i))), 0, 255);
        }
    }

    /// <summary>Whether a point lies in a figure of about radius 1 about the origin; the three have about the same area.</summary>
    private static bool IsInside(int kind, double x, double y) => kind switch
    {
        0 => (x * x) + (y * y) < 0.6,
        1 => Math.Max(Math.Abs(x), Math.Abs(y)) < 0.7,
        _ => x > -0.5 && x < 1 - (Math.Sqrt(3) * Math.Abs(y)),
    };
}
