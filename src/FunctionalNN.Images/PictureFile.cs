using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>A picture file with its class.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">The number of its class.</param>
internal readonly record struct PictureFile(string Path, int Label)
{
    private const long MaxBytes = 1 << 30;

    /// <summary>The bytes of a file's picture in a size.</summary>
    public static Either<Error, byte[]> Read(string path, ImageSize size, ImageOptions options) =>
        FileErrors.Reading(path, PictureDecoder.Kind, stream => PictureDecoder.Decode(All(stream), size, options));

    /// <summary>What is wrong with a file as far as its head tells, if anything is.</summary>
    public static Option<Error> FaultInHead(string path, ImageOptions options) =>
        FileErrors.Reading(path, PictureDecoder.Kind, stream =>
        {
            PictureDecoder.Inspect(All(stream), options);
            return Unit.Default;
        }).Match(_ => Option<Error>.None, error => error);

    private static byte[] All(Stream stream)
    {
        if (stream.Length > MaxBytes)
        {
            throw new InvalidDataException($"it has {stream.Length:N0} bytes, more than a picture file may have ({MaxBytes:N0})");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
