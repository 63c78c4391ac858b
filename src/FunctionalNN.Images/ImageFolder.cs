using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A folder of pictures as a data set: one sub-folder a class, with PNG, JPEG, WebP, GIF or BMP files in it or below it. Classes have the
/// names of their folders, in ordinal order; rows are in the order of classes and paths. Rows are rows, columns, channels of the picture,
/// each byte as scale · byte + shift.
/// </summary>
/// <remarks>Hidden files and folders, Thumbs.db and desktop.ini are passed over. Hold rows out by <see cref="DataSetSplit"/>.</remarks>
public static class ImageFolder
{
    /// <summary>Reads all pictures, on all cores: they stay in memory as bytes, a picture of 32 × 32 × 3 as 3 KB.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="size">The size that each picture is brought to: 1 channel for grey, 3 for colour.</param>
    /// <param name="options">How pictures are fitted and scaled, and what to do with unreadable ones.</param>
    /// <returns>The pictures with their classes; or an error that names all files that cannot be read, or a class without
    /// pictures.</returns>
    /// <exception cref="ArgumentException">The size or an option makes no sense.</exception>
    public static Either<Error, DataSet<float>> Read(string path, ImageSize size, ImageOptions? options = null) =>
        Read<float>(path, size, options);

    /// <inheritdoc cref="Read(string, ImageSize, ImageOptions?)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Either<Error, DataSet<T>> Read<T>(string path, ImageSize size, ImageOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (given, width) = (Picture.Required(size, options), (int)size.Count);
        return FolderListing.Of(path, given).Bind(listing => (long)listing.Files.Length * width > Array.MaxLength
            ? Error.New($"{path}: {listing.Files.Length} pictures of {size} are more than one array can hold: "
                + $"take {nameof(ImageFolder)}.{nameof(Open)}, which leaves them in their files")
            : Decode<T>(path, listing, size, given));
    }

    /// <summary>
    /// Opens a folder that is larger than memory: pictures stay in their files and are decoded on all cores whenever a batch asks for them.
    /// Files must not change meanwhile; one whose pixels turn out to be damaged ends the run with an exception that names it. Only heads
    /// are looked at now.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="size">The size that each picture is brought to: 1 channel for grey, 3 for colour.</param>
    /// <param name="options">How pictures are fitted and scaled, and what to do with those whose head is unreadable.</param>
    /// <returns>The pictures with their classes; or an error that names all files that are no pictures, or a class without any.</returns>
    /// <exception cref="ArgumentException">The size or an option makes no sense.</exception>
    public static Either<Error, DataSet<float>> Open(string path, ImageSize size, ImageOptions? options = null) =>
        Open<float>(path, size, options);

    /// <inheritdoc cref="Open(string, ImageSize, ImageOptions?)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Either<Error, DataSet<T>> Open<T>(string path, ImageSize size, ImageOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var given = Picture.Required(size, options);
        return from listing in FolderListing.Of(path, given)
               from sound in listing.Without(path, Each(listing, file => PictureFile.FaultInHead(file.Path, given)), given)
               select new DataSet<T>(new PictureRows<T>(sound.Files, size, given), Labels(sound));
    }

    /// <summary>The paths of the pictures in the order of the rows that <see cref="Read(string, ImageSize, ImageOptions?)"/> and
    /// <see cref="Open(string, ImageSize, ImageOptions?)"/> give where none is left out: what a row's picture is called.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">What to do with files that are no pictures by their names.</param>
    public static Either<Error, ImmutableArray<string>> Files(string path, ImageOptions? options = null) =>
        FolderListing.Of(path, options ?? new ImageOptions()).Map(listing => listing.Files.Select(file => file.Path).ToImmutableArray());

    /// <summary>What is wrong with the pictures of a folder, file by file, each read to its end; empty where nothing is.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">The limit of pixels.</param>
    public static Either<Error, ImmutableArray<Error>> Faults(string path, ImageOptions? options = null)
    {
        var (size, given) = (new ImageSize(1, 1), (options ?? new ImageOptions()) with { Unreadable = UnreadablePictures.LeaveOut });
        return FolderListing.Of(path, given).Map(listing => Each(listing, file => PictureFile.Read(file.Path, size, given)
            .Match(_ => Option<Error>.None, error => error)).SelectMany(fault => fault.AsEnumerable()).ToImmutableArray());
    }

    /// <summary>
    /// Writes a data set of pictures as a folder of PNG files, one sub-folder a class, each file named by its row: 000123.png. The folder
    /// appears whole or not at all. Letters of a class's name that no folder may have, such as /, are written as %2F, and read back so.
    /// </summary>
    /// <param name="path">The folder; it must not be there yet.</param>
    /// <param name="data">Pictures with class labels.</param>
    /// <param name="size">How a row is a picture.</param>
    /// <param name="options">Scale and shift of the data.</param>
    /// <returns>How many files were written, or an error that names the file.</returns>
    /// <exception cref="ArgumentException">The size is another than the rows', the targets are no classes, or a number is no
    /// level of grey or colour; the message gives the row.</exception>
    public static Either<Error, int> Write<T>(string path, DataSet<T> data, ImageSize size, ImageOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new FolderWriter<T>(data, size, Picture.Required(size, options)).Write(path);

    private static Either<Error, DataSet<T>> Decode<T>(string path, FolderListing listing, ImageSize size, ImageOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var width = (int)size.Count;
        var pixels = new byte[listing.Files.Length * width];
        var faults = new Option<Error>[listing.Files.Length];
        Parallel.For(0, faults.Length, row => faults[row] = PictureFile.Read(listing.Files[row].Path, size, options).Match(
            bytes =>
            {
                bytes.CopyTo(pixels.AsSpan(row * width));
                return Option<Error>.None;
            },
            error => error));
        return listing.Without(path, faults, options).Map(sound =>
        {
            // Rows behind one that was left out move up.
            var kept = 0;
            for (var row = 0; row < faults.Length; row++)
            {
                if (faults[row].IsNone)
                {
                    pixels.AsSpan(row * width, width).CopyTo(pixels.AsSpan(kept++ * width));
                }
            }

            return new DataSet<T>(new ByteRows<T>(pixels.AsMemory(0, kept * width), width, options.Scale, options.Shift).As(size),
                Labels(sound));
        });
    }

    private static Option<Error>[] Each(FolderListing listing, Func<PictureFile, Option<Error>> faultOf)
    {
        var faults = new Option<Error>[listing.Files.Length];
        Parallel.For(0, faults.Length, i => faults[i] = faultOf(listing.Files[i]));
        return faults;
    }

    private static ClassLabels Labels(FolderListing listing) =>
        new([.. listing.Files.Select(file => file.Label)], listing.Names.Length, listing.Names);
}
