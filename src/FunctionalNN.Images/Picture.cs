using System.Numerics;
using LanguageExt;
using LanguageExt.Common;
using SkiaSharp;

namespace FunctionalNN;

/// <summary>One picture as bytes, rows, columns, channels: read from a file, or taken from a row of a data set. It never changes.</summary>
/// <example><code>
/// var cat = Picture.Read("cat.png", new ImageSize(32, 32) { Channels = 3 }).OrThrow();
/// Console.WriteLine(model.Predict(cat));
/// </code></example>
public sealed class Picture : IEquatable<Picture>
{
    private readonly byte[] bytes;
    private readonly ImageOptions options;

    private Picture(byte[] bytes, ImageSize size, ImageOptions options) => (this.bytes, Size, this.options) = (bytes, size, options);

    /// <summary>Height, width and channels.</summary>
    public ImageSize Size { get; }

    /// <summary>Row by row, in each pixel by pixel, in each the channels.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>Reads a PNG, JPEG, WebP, GIF (its first picture) or BMP file, turned upright by its EXIF orientation, in a size.</summary>
    /// <param name="path">The file.</param>
    /// <param name="size">The size that the model takes: 1 channel for grey, 3 for colour.</param>
    /// <param name="options">Give those that the model's data was read with.</param>
    /// <returns>The picture, or an error that names the file and what is wrong with it.</returns>
    /// <exception cref="ArgumentException">The size or an option makes no sense.</exception>
    public static Either<Error, Picture> Read(string path, ImageSize size, ImageOptions? options = null)
    {
        options = Required(size, options);
        return PictureFile.Read(path, size, options).Map(bytes => new Picture(bytes, size, options));
    }

    /// <summary>The picture that a row of numbers is: byte = (x − shift) / scale, rounded.</summary>
    /// <param name="row">As many numbers as the size has.</param>
    /// <param name="size">How the row is a picture.</param>
    /// <param name="options">Scale and shift.</param>
    /// <exception cref="ArgumentException">The row has another width, or a number that is no level from 0 to 255.</exception>
    public static Picture FromRow<T>(ReadOnlySpan<T> row, ImageSize size, ImageOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        options = Required(size, options);
        if (row.Length != size.Count)
        {
            throw new ArgumentException($"a picture of {size} has {size.Count} numbers, the row has {row.Length}: give the size of yours");
        }

        var bytes = new byte[row.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            var level = Math.Round((double.CreateTruncating(row[i]) - options.Shift) / options.Scale);
            bytes[i] = level is >= 0 and <= 255
                ? (byte)level
                : throw new ArgumentException(
                    $"the number {row[i]} at place {i} would be the level {level} of 0 to 255: give the scale and the shift of the data "
                        + $"(now {options.Scale:G6} and {options.Shift:G6})");
        }

        return new Picture(bytes, size, options);
    }

    /// <summary>As a row for a model: scale · byte + shift.</summary>
    public Matrix<T> ToRow<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new DataSet<T>(new ByteRows<T>(bytes, bytes.Length, options.Scale, options.Shift), new ClassLabels([0], 1)).InputsOf(0);

    /// <summary>Writes a PNG file, which has the same bytes again when it is read; it appears whole or not at all.</summary>
    public Either<Error, Unit> Write(string path) => FileErrors.Writing(path, file =>
    {
        using var png = Encode();
        png.SaveTo(file);
    });

    /// <inheritdoc/>
    public bool Equals(Picture? other) =>
        other is not null && Size == other.Size && options == other.options && bytes.AsSpan().SequenceEqual(other.bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Picture);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Size, bytes[0], bytes[^1]);

    /// <summary>The size.</summary>
    public override string ToString() => $"picture of {Size}";

    /// <summary>The options, checked.</summary>
    /// <exception cref="ArgumentException">They or the size make no sense.</exception>
    internal static ImageOptions Required(ImageSize size, ImageOptions? options)
    {
        options ??= new ImageOptions();
        return options.ProblemWith(size) is { } problem ? throw new ArgumentException(problem) : options;
    }

    private unsafe SKData Encode()
    {
        var isGrey = Size.Channels == 1;
        var pixels = isGrey ? bytes : new byte[4 * Size.Plane];
        for (var i = 0; !isGrey && i < Size.Plane; i++)
        {
            bytes.AsSpan(3 * i, 3).CopyTo(pixels.AsSpan(4 * i));
            pixels[(4 * i) + 3] = 255;
        }

        var info = new SKImageInfo(Size.Width, Size.Height, isGrey ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque);
        fixed (byte* start = pixels)
        {
            using var map = new SKPixmap(info, (nint)start);
            return map.Encode(SKEncodedImageFormat.Png, 100) ?? throw new InvalidDataException("the picture cannot be encoded as PNG");
        }
    }
}
