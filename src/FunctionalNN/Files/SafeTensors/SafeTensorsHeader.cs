using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>Where a tensor lies in a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">The length of each dimension.</param>
/// <param name="Start">Its first byte, counted from the first byte after the header.</param>
/// <param name="End">The byte after its last.</param>
/// <param name="Position">Where the header speaks of it, in bytes of the file.</param>
internal sealed record TensorEntry(string Name, TensorType Type, ImmutableArray<long> Shape, long Start, long End, long Position)
{
    public long Length => End - Start;
}

/// <summary>The table of contents of a safetensors file: a little-endian 64-bit length, and that many bytes of JSON.</summary>
/// <param name="Bytes">The file up to the data: the length and the JSON.</param>
/// <param name="Entries">The tensors, in the order of the data, without gaps.</param>
/// <param name="Metadata">The texts, the checksum not among them.</param>
/// <param name="Checksum">Where in <paramref name="Bytes"/> the digits of the checksum stand; −1 where there is none.</param>
internal sealed record SafeTensorsHeader(byte[] Bytes, ImmutableArray<TensorEntry> Entries,
    ImmutableSortedDictionary<string, string> Metadata, int Checksum)
{
    public const int LengthBytes = 8;

    /// <summary>The limit of the reference implementation.</summary>
    public const int MaxBytes = 100_000_000;

    public const string MetadataName = "__metadata__";

    /// <summary>
    /// The entry of the metadata that holds the SHA-256 of the whole file, as it is with zeros for these 64 digits. It covers the header
    /// too, so that no setting and no name changes unnoticed.
    /// </summary>
    public const string ChecksumName = "FunctionalNN.sha256";

    public const int ChecksumDigits = 64;

    public long DataLength => Entries.IsEmpty ? 0 : Entries[^1].End;
}
