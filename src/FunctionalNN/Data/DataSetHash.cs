using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FunctionalNN;

/// <summary>Hashes a data set's numbers: kinds and counts in words, then the numbers, little-endian.</summary>
internal static class DataSetHash
{
    private const int ChunkRows = 512;

    public static string Of<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, $"{data.Count} rows of {data.Inputs.Width} {typeof(T).Name}");
        var buffer = new T[Math.Min(ChunkRows, Math.Max(1, data.Count)) * data.Inputs.Width];
        for (var start = 0; start < data.Count; start += ChunkRows)
        {
            var rows = Enumerable.Range(start, Math.Min(ChunkRows, data.Count - start)).ToArray();
            var numbers = buffer.AsSpan(0, rows.Length * data.Inputs.Width);
            data.Inputs.Gather(rows, numbers);
            hash.AppendData(MemoryMarshal.AsBytes(numbers));
        }

        Add(hash, Kind<T>(data.Targets));
        hash.AppendData(Numbers<T>(data.Targets));
        if (data.Weights is { } weights)
        {
            Add(hash, "weights");
            hash.AppendData(MemoryMarshal.AsBytes(weights.Values));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// The same of the rows of a stream, which is read twice: its count comes first. Targets and weights are kept, inputs are not.
    /// </summary>
    /// <exception cref="InvalidOperationException">The stream gives no rows, or not the same rows each time.</exception>
    public static string Of<T>(StreamedRows<T> stream)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (count, width) = (0L, 0);
        foreach (var piece in stream.Open())
        {
            (count, width) = (count + piece.Inputs.Rows, piece.Inputs.Columns);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, $"{count} rows of {width} {typeof(T).Name}");
        var (kind, targets, weights) = ((string?)null, new List<byte[]>(), new List<byte[]>());
        foreach (var piece in stream.Open())
        {
            hash.AppendData(MemoryMarshal.AsBytes(piece.Inputs.Values));
            kind ??= Kind<T>(piece.Targets);
            targets.Add(Numbers<T>(piece.Targets).ToArray());
            if (piece.Weights is { } own)
            {
                weights.Add(MemoryMarshal.AsBytes(own.Values).ToArray());
            }

            count -= piece.Inputs.Rows;
        }

        Add(hash, count == 0 && kind is not null
            ? kind
            : throw new InvalidOperationException("the stream does not give the same rows each time"));
        targets.ForEach(hash.AppendData);
        if (weights.Count > 0)
        {
            Add(hash, "weights");
            weights.ForEach(hash.AppendData);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Kind<T>(Targets targets)
        where T : unmanaged, IFloatingPointIeee754<T> => targets switch
        {
            ClassLabels labels => $"labels of {labels.Classes} classes",
            RealTargets<T> reals => $"{reals.Values.Columns} numbers",
            _ => throw new InvalidOperationException($"the targets are {targets}, expected labels or {typeof(T).Name} numbers"),
        };

    private static ReadOnlySpan<byte> Numbers<T>(Targets targets)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        targets is ClassLabels labels
            ? MemoryMarshal.AsBytes(labels.Values)
            : MemoryMarshal.AsBytes(((RealTargets<T>)targets).Values.Values);

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
