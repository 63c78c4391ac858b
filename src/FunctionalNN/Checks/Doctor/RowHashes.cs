using System.Numerics;

namespace FunctionalNN;

/// <summary>64-bit hashes of a data set's rows, by which equal rows are found without keeping the rows: of a million rows two different
/// ones agree by chance once in 10⁷ data sets.</summary>
internal sealed class RowHashes
{
    private const ulong Factor = 0x9E3779B97F4A7C15;
    private readonly ulong[] hashes;

    public RowHashes(int rows) => hashes = new ulong[rows];

    private RowHashes(ulong[] hashes) => this.hashes = hashes;

    public int Count => hashes.Length;

    public ulong this[int row] => hashes[row];

    public void Add<T>(Matrix<T> block, int firstRow)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var row = 0; row < block.Rows; row++)
        {
            hashes[firstRow + row] = Of(block.Row(row));
        }
    }

    /// <summary>Hashes of the rows with their targets.</summary>
    public RowHashes With<T>(Targets targets)
        where T : unmanaged, IFloatingPointIeee754<T> => new([.. hashes.Select((hash, row) => targets switch
        {
            ClassLabels labels => Mix(hash, (ulong)labels[row]),
            RealTargets<T> real => Mix(hash, Of(real.Values.Row(row))),
            _ => hash,
        })]);

    /// <summary>For each hash its first row.</summary>
    public Dictionary<ulong, int> First()
    {
        var first = new Dictionary<ulong, int>(hashes.Length);
        for (var row = 0; row < hashes.Length; row++)
        {
            first.TryAdd(hashes[row], row);
        }

        return first;
    }

    /// <summary>A step of hashing: each value moves all bits of the hash.</summary>
    public static ulong Mix(ulong hash, ulong value) => BitOperations.RotateLeft((hash ^ value) * Factor, 29) * 0xBF58476D1CE4E5B9;

    /// <summary>Both zeros count as one.</summary>
    private static ulong Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var hash = Factor;
        foreach (var value in row)
        {
            hash = Mix(hash, BitConverter.DoubleToUInt64Bits(double.CreateTruncating(value + T.Zero)));
        }

        return hash ^ (hash >> 32);
    }
}
