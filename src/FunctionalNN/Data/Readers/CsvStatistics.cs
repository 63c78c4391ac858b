using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>What an encoding needs to know of all rows: sums, counts, and how often each category came.</summary>
internal sealed class CsvStatistics<T>(ImmutableArray<CsvFieldReader<T>> columns)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double[] sums = new double[columns.Length];
    private readonly long[] counts = new long[columns.Length];
    private readonly List<long>[] shares = [.. columns.Select(_ => new List<long>())];

    public long Rows { get; private set; }

    /// <summary>How many values of a column are not missing.</summary>
    public long CountOf(int column) => counts[column];

    public void Add(ReadOnlySpan<T> row)
    {
        Rows++;
        for (var i = 0; i < row.Length; i++)
        {
            if (T.IsNaN(row[i]))
            {
                continue;
            }

            counts[i]++;
            if (columns[i].Kind != CsvKind.Category)
            {
                sums[i] += double.CreateTruncating(row[i]);
                continue;
            }

            var code = int.CreateTruncating(row[i]);
            while (shares[i].Count <= code)
            {
                shares[i].Add(0);
            }

            shares[i][code]++;
        }
    }

    /// <summary>The columns of inputs with their categories and means, or the first that has no value at all.</summary>
    public (ImmutableArray<CsvFeature> Features, string? Empty) Features(int inputs)
    {
        var features = ImmutableArray.CreateBuilder<CsvFeature>(inputs);
        for (var i = 0; i < inputs; i++)
        {
            if (counts[i] == 0)
            {
                return ([], columns[i].Name);
            }

            var (names, places) = columns[i].Categories.Sorted();
            var means = new double[Math.Max(1, names.Length)];
            for (var code = 0; code < shares[i].Count; code++)
            {
                means[places[code]] += shares[i][code];
            }

            means[0] += sums[i];
            features.Add(new CsvFeature(columns[i].Name, names, [.. means.Select(sum => sum / counts[i])]));
        }

        return (features.MoveToImmutable(), null);
    }
}
