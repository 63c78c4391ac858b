using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Rows as they were scanned: numbers, codes of categories, NaN where a value is missing.</summary>
internal sealed class CsvRows<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int ChunkLength = 1 << 18;

    private readonly List<T[]> chunks = [];
    private readonly int columns;
    private readonly int inputs;
    private readonly bool hasLabel;
    private readonly int rowsAChunk;

    /// <param name="layout">The columns.</param>
    /// <param name="rows">The most rows in one piece of memory.</param>
    public CsvRows(CsvLayout layout, int rows = int.MaxValue)
    {
        (inputs, hasLabel) = (layout.Inputs.Length, layout.Label >= 0);
        columns = inputs + (hasLabel ? 1 : layout.Targets.Length);
        rowsAChunk = Math.Min(rows, Math.Max(1, ChunkLength / Math.Max(1, columns)));
    }

    public int Count { get; private set; }

    /// <summary>All rows of a scan, or what is wrong with one.</summary>
    public static Either<Error, CsvRows<T>> ReadAll(CsvScan<T> scan, string path)
    {
        var rows = new CsvRows<T>(scan.Layout);
        while (scan.Next())
        {
            rows.Add(scan.Row);
        }

        return scan.End(path, rows.Count).Map(_ => rows);
    }

    public void Add(ReadOnlySpan<T> row)
    {
        var place = Count % rowsAChunk;
        if (place == 0)
        {
            chunks.Add(new T[rowsAChunk * columns]);
        }

        row.CopyTo(chunks[^1].AsSpan(place * columns));
        Count++;
    }

    /// <summary>The inputs, categories one-hot, NaN where a value is missing.</summary>
    public Matrix<T> Inputs(ImmutableArray<CsvFeature> features, int[][] places)
    {
        var width = features.Sum(feature => feature.Width);
        var block = Block<T>.Allocate(MatrixSize.Of<T>(Count, width));
        var oneHot = new CsvOneHot(features, places);
        for (var row = 0; row < Count; row++)
        {
            oneHot.Expand(Row(row)[..inputs], block.Span.Slice(row * width, width));
        }

        return new Matrix<T>(block, Count, width);
    }

    /// <summary>The classes or the numbers to predict.</summary>
    public Targets Targets(ImmutableArray<string> classes, int[][] places, double? tolerance = null)
    {
        if (hasLabel)
        {
            var labels = new int[Count];
            for (var row = 0; row < Count; row++)
            {
                labels[row] = places[^1][int.CreateTruncating(Row(row)[inputs])];
            }

            return new ClassLabels(labels, classes.Length, classes);
        }

        var numbers = Block<T>.Allocate(MatrixSize.Of<T>(Count, columns - inputs));
        for (var row = 0; row < Count; row++)
        {
            Row(row)[inputs..].CopyTo(numbers.Span[(row * (columns - inputs))..]);
        }

        var values = new Matrix<T>(numbers, Count, columns - inputs);
        return tolerance is { } known ? new RealTargets<T>(values, new Lazy<double>(known)) : new RealTargets<T>(values);
    }

    private ReadOnlySpan<T> Row(int row) => chunks[row / rowsAChunk].AsSpan(row % rowsAChunk * columns, columns);
}
