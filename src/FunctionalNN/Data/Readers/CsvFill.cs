using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Means of columns with gaps (NaN), and gaps filled with them.</summary>
internal static class CsvFill
{
    /// <summary>The features with their means over the values that are there, or the first column that has none.</summary>
    public static (ImmutableArray<CsvFeature> Features, string? Empty) Fit<T>(Matrix<T> values, ImmutableArray<CsvFeature> features)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (sums, counts) = (new double[values.Columns], new int[values.Columns]);
        for (var row = 0; row < values.Rows; row++)
        {
            var numbers = values.Row(row);
            for (var column = 0; column < numbers.Length; column++)
            {
                if (!T.IsNaN(numbers[column]))
                {
                    sums[column] += double.CreateTruncating(numbers[column]);
                    counts[column]++;
                }
            }
        }

        var fitted = ImmutableArray.CreateBuilder<CsvFeature>(features.Length);
        var first = 0;
        foreach (var feature in features)
        {
            if (counts[first] == 0)
            {
                return (features, feature.Name);
            }

            fitted.Add(
                feature with { Means = [.. Enumerable.Range(first, feature.Width).Select(column => sums[column] / counts[column])] });
            first += feature.Width;
        }

        return (fitted.MoveToImmutable(), null);
    }

    /// <summary>A copy with the mean of its column in place of each NaN.</summary>
    public static Matrix<T> Filled<T>(Matrix<T> values, ImmutableArray<CsvFeature> features)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var means = features.SelectMany(feature => feature.Means).Select(T.CreateSaturating).ToArray();
        var block = Block<T>.CopyOf(values.Values);
        var numbers = block.Span;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (T.IsNaN(numbers[i]))
            {
                numbers[i] = means[i % means.Length];
            }
        }

        return new Matrix<T>(block, values.Rows, values.Columns);
    }
}
