using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Categories as numbers that have no order: one column a category, 1 in the row's own and 0 elsewhere.</summary>
/// <remarks>As scikit-learn's OneHotEncoder: the categories are those of the training data, sorted, and any other is an error unless
/// <see cref="UnknownIsZeros"/>.</remarks>
/// <param name="Labels">The categories in the order of their columns.</param>
public sealed record OneHotCodec(LabelCodec Labels)
{
    /// <summary>Whether a category that was not there in fitting gives a row of zeros instead of an error.</summary>
    public bool UnknownIsZeros { get; init; }

    /// <summary>The number of columns.</summary>
    public int Width => Labels.Classes;

    /// <summary>The categories in the order of their columns.</summary>
    public ImmutableArray<string> Names => Labels.Names;

    /// <summary>A codec for the categories that occur in training data.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static OneHotCodec Fit(IEnumerable<string> trainingCategories) => new(LabelCodec.Fit(trainingCategories));

    /// <summary>One row a category: [n × k]; or an error that names the first unknown category, its row and the known ones.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public Either<Error, Matrix<T>> Encode<T>(IEnumerable<string> categories)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!UnknownIsZeros)
        {
            return Labels.Encode(categories).Map(labels => labels.ToOneHot<T>());
        }

        int[] numbers = [.. categories.Select(category => Labels.TryEncode(category, out var number) ? number : -1)];
        return Matrix.Create(numbers.Length, Width, (row, column) => numbers[row] == column ? T.One : T.Zero);
    }

    /// <summary>The category of each row: that of its greatest number, so that probabilities can be decoded too.</summary>
    /// <exception cref="ArgumentException">The rows have another width, or a number in one is NaN.</exception>
    public ImmutableArray<string> Decode<T>(Matrix<T> rows)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        rows.Columns == Width
            ? [.. Enumerable.Range(0, rows.Rows).Select(row => Names[Greatest(rows, row)])]
            : throw new ArgumentException($"the rows are {rows.Columns} wide, the codec has {Width} categories: {Labels.Known()}");

    private static int Greatest<T>(Matrix<T> rows, int row)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        rows.Row(row).ToArray().Any(T.IsNaN)
            ? throw new ArgumentException(
                $"row {row} holds NaN, of which no category can be told: look for such a number in what it was made from", nameof(rows))
            : ArgMax.Of(rows.Row(row));

    /// <summary>The categories with their columns.</summary>
    public override string ToString() => $"one-hot, {Labels}{(UnknownIsZeros ? ", unknown as zeros" : "")}";
}

/// <summary>Class labels as one-hot rows.</summary>
public static class OneHotLabels
{
    /// <summary>One row a label, [n × classes]: 1 in the column of its class, 0 elsewhere.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static Matrix<T> ToOneHot<T>(this ClassLabels labels)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Matrix.Create(labels.Count, labels.Classes, (row, column) => labels[row] == column ? T.One : T.Zero);
}
