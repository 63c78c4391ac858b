using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Compares names of inputs and of classes where data meets a model.</summary>
internal static class NameOrder
{
    /// <summary>For each of the model's names the place of the same name in the data, or null where the order is the same or one side has
    /// no names.</summary>
    /// <param name="what">What is named, for messages: "inputs".</param>
    /// <param name="wanted">The model's names.</param>
    /// <param name="found">The data's names.</param>
    /// <exception cref="ArgumentException">The names are not the same; the message gives both lists.</exception>
    public static int[]? Places(string what, ImmutableArray<string> wanted, ImmutableArray<string> found)
    {
        if (wanted.IsEmpty || found.IsEmpty || wanted == found || wanted.AsSpan().SequenceEqual(found.AsSpan()))
        {
            return null;
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var isUnique = found.Index().All(name => places.TryAdd(name.Item, name.Index));
        var order = wanted.Select(name => places.GetValueOrDefault(name, -1)).ToArray();
        return isUnique && wanted.Length == found.Length && order.Distinct().Count() == order.Length && !order.Contains(-1)
            ? order
            : throw Differ(what, wanted, found);
    }

    /// <summary>The labels with the numbers that the model has for their names.</summary>
    public static Targets Arrange(ImmutableArray<string> names, Targets targets) =>
        targets is ClassLabels labels && Places("classes", names, labels.Names) is { } places ? labels.Renumbered(places, names) : targets;

    public static Matrix<T> Columns<T>(Matrix<T> matrix, int[] columns)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            Matrix.Create(matrix.Rows, matrix.Columns, (row, column) => matrix[row, columns[column]]);

    private static ArgumentException Differ(string what, ImmutableArray<string> wanted, ImmutableArray<string> found)
    {
        var (unknown, absent) = (found.Except(wanted).ToArray(), wanted.Except(found).ToArray());
        return new ArgumentException(
            $"the {what} of the data are {CsvText.Listed(found)}, the model was trained on {CsvText.Listed(wanted)}: "
            + (unknown.Length > 0 || absent.Length > 0
                ? $"{(unknown.Length > 0 ? $"the model does not know {CsvText.Listed(unknown)}" : "")}"
                    + $"{(unknown.Length > 0 && absent.Length > 0 ? ", and " : "")}"
                    + $"{(absent.Length > 0 ? $"the data lacks {CsvText.Listed(absent)}" : "")}; "
                : "a name is there twice; ")
            + "read the file with the encoding of the training data (table.Encoding.Read), or give the data the model's names where they "
            + "mean the same");
    }
}
