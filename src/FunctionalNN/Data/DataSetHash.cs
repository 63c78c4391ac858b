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
        var room = new T[Math.Min(ChunkRows, Math.Max(1, data.Count)) * data.Inputs.Width];
        for (var start = 0; start < data.Count; start += ChunkRows)
        {
            var rows = Enumerable.Range(start, Math.Min(ChunkRows, data.Count - start)).ToArray();
            var numbers = room.AsSpan(0, rows.Length * data.Inputs.Width);
            data.Inputs.Gather(rows, numbers);
            hash.AppendData(MemoryMarshal.AsBytes(numbers));
        }

        switch (data.Targets)
        {
            case ClassLabels labels:
                Add(hash, $"labels of {labels.Classes} classes");
                hash.AppendData(MemoryMarshal.AsBytes(labels.Values));
                break;
            case RealTargets<T> reals:
                Add(hash, $"{reals.Values.Columns} numbers");
                hash.AppendData(MemoryMarshal.AsBytes(reals.Values.Values));
                break;
            default:
                throw new InvalidOperationException($"the targets are {data.Targets}, expected labels or {typeof(T).Name} numbers");
        }

        if (data.Weights is { } weights)
        {
            Add(hash, "weights");
            hash.AppendData(MemoryMarshal.AsBytes(weights.Values));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, FormattableString text) => hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(text)));

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
