using System.Numerics;

namespace FunctionalNN;

/// <summary>The rows of a CSV file, some at a time.</summary>
internal sealed class CsvPieces<T> : IPieces<Batch<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Rows = 256;

    private readonly CsvScan<T> scan;
    private readonly CsvEncoding encoding;
    private readonly int[][] places;
    private readonly string path;
    private long count;

    private CsvPieces(string path, Stream stream, CsvEncoding encoding)
    {
        (this.path, this.encoding) = (path, encoding);
        scan = CsvLoad<T>.Open(path, stream, encoding, withAnswers: true).Match(
            Right: opened => opened,
            Left: fault => throw new InvalidDataException(fault.Message));
        places = CsvLoad<T>.Places(scan);
    }

    public static IEnumerable<Batch<T>> Of(string path, CsvEncoding encoding) =>
        DataFile.Pieces(path, stream => new CsvPieces<T>(path, stream, encoding));

    public Batch<T>? Next()
    {
        var rows = new CsvRows<T>(scan.Layout, Rows);
        while (rows.Count < Rows && scan.Next())
        {
            rows.Add(scan.Row);
        }

        count += rows.Count;
        if (rows.Count < Rows)
        {
            _ = scan.End(path, count).IfLeft(fault => throw new InvalidDataException(fault.Message));
        }

        return rows.Count == 0
            ? null
            : new Batch<T>(encoding.Fill(rows.Inputs(encoding.Features, places)),
                rows.Targets(encoding.ClassNames, places, encoding.Tolerance));
    }

    public void Dispose() => scan.Dispose();
}
