using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

public static partial class IdxFile
{
    /// <summary>
    /// Reads a file of numbers of any type and rank: one row an entry of the first dimension, the others one after the other in it. Each
    /// number is rounded to nearest where T is narrower. A number that is NaN, infinite or beyond T gives an error that names its byte.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static Either<Error, Matrix<T>> ReadMatrix<T>(string path)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        DataFile.Read(path, Kind, (stream, isCompressed) => new IdxReader(stream, path, isCompressed).ReadMatrix<T>());

    /// <summary>Reads a file of class numbers: unsigned bytes of rank 1.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classNames">One name a class, in the order of their numbers.</param>
    /// <exception cref="ArgumentException">There are no class names.</exception>
    public static Either<Error, ClassLabels> ReadLabels(string path, params IEnumerable<string> classNames)
    {
        var names = RequireNames(classNames);
        return Read(path).Bind<ClassLabels>(labels =>
            labels.Rank > 1 ? Error.New($"{path} holds {labels} where labels are expected (rank 1)")
            : WrongLabel(labels, names) is { } wrong ? Error.New($"{path}, {wrong}")
            : Classes(labels, names));
    }

    private static ImmutableArray<string> RequireNames(IEnumerable<string> classNames)
    {
        ImmutableArray<string> names = [.. classNames];
        return names.IsEmpty ? throw new ArgumentException("there are no class names, expected one a class", nameof(classNames)) : names;
    }

    private static string? WrongLabel(IdxArray labels, ImmutableArray<string> names)
    {
        var wrong = labels.Bytes.Span.IndexOfAnyExceptInRange((byte)0, (byte)Math.Min(names.Length - 1, byte.MaxValue));
        return wrong < 0
            ? null
            : $"byte {8 + wrong}: row {wrong} has the label {labels.Bytes.Span[wrong]}, expected 0 to {names.Length - 1} ({names.Length} "
                    + $"class names)";
    }

    private static ClassLabels Classes(IdxArray labels, ImmutableArray<string> names)
    {
        var classes = new int[labels.Count];
        for (var row = 0; row < classes.Length; row++)
        {
            classes[row] = labels.Bytes.Span[row];
        }

        return new ClassLabels(classes, names.Length, names);
    }
}
