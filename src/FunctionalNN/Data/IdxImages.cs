using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

public static partial class IdxFile
{
    /// <summary>
    /// Reads a file of images and the file of their labels as a data set: one row an image, its bytes in the order of the file, each
    /// as scale · byte + shift, and one class a row. Files that do not belong together give an error that names both.
    /// </summary>
    /// <param name="imagesPath">An IDX file of rank 2 or more, such as count × height × width.</param>
    /// <param name="labelsPath">An IDX file of rank 1 with class numbers.</param>
    /// <param name="classNames">One name a class, in the order of their numbers.</param>
    /// <param name="scale">1/255 for numbers from 0 to 1, 1/127.5 for −1 to 1.</param>
    /// <param name="shift">0 for numbers from 0 to 1, −1 for −1 to 1.</param>
    /// <exception cref="ArgumentException">There are no class names.</exception>
    public static Either<Error, DataSet<float>> ReadImages(
        string imagesPath, string labelsPath, IEnumerable<string> classNames, double scale = 1 / 255.0, double shift = 0) =>
        ReadImages<float>(imagesPath, labelsPath, classNames, scale, shift);

    /// <inheritdoc cref="ReadImages(string, string, IEnumerable{string}, double, double)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Either<Error, DataSet<T>> ReadImages<T>(
        string imagesPath, string labelsPath, IEnumerable<string> classNames, double scale = 1 / 255.0, double shift = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var names = RequireNames(classNames);
        return from images in Read(imagesPath)
               from labels in Read(labelsPath)
               from data in Join<T>(images, imagesPath, labels, labelsPath, names, scale, shift)
               select data;
    }

    private static Either<Error, DataSet<T>> Join<T>(
        IdxArray images, string imagesPath, IdxArray labels, string labelsPath, ImmutableArray<string> names, double scale, double shift)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (images.Rank == 1 || labels.Rank > 1)
        {
            return Error.New(
                $"{imagesPath} holds {images} where images are expected (rank 2 or more), {labelsPath} holds {labels} where labels are "
                    + $"expected (rank 1)"
                + (images.Rank == 1 && labels.Rank > 1 ? ": the two are swapped" : ""));
        }

        if (images.Count != labels.Count)
        {
            return Error.New(
                $"{imagesPath} holds {images.Count} images but {labelsPath} holds {labels.Count} labels: the two do not belong together");
        }

        var width = IdxArray.Product(images.Shape.AsSpan()[1..]);
        if (width == 0)
        {
            return Error.New($"{imagesPath} holds {images}: its images, labelled by {labelsPath}, have no pixels");
        }

        return WrongLabel(labels, names) is { } wrong
            ? Error.New($"{labelsPath}, {wrong}; are these the labels of {imagesPath}?")
            : new DataSet<T>(RowsOf<T>(images, (int)width, scale, shift), Classes(labels, names));
    }

    /// <summary>Count × height × width are images, and those × up to 4 channels; others are rows.</summary>
    private static ByteRows<T> RowsOf<T>(IdxArray images, int width, double scale, double shift)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rows = new ByteRows<T>(images.Bytes, width, scale, shift);
        return images.Shape switch
        {
            [_, var height, var columns] => rows.As(new ImageSize(height, columns)),
            [_, var height, var columns, <= 4 and var channels] => rows.As(new ImageSize(height, columns, channels)),
            _ => rows,
        };
    }
}
