using Orleans;

namespace FunctionalNN;

/// <summary>Bytes by their hash: with them where they are few, else to be had in pieces.</summary>
/// <param name="Hash">SHA-256 in hexadecimal digits.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Bytes">The bytes, or null.</param>
[GenerateSerializer, Immutable, Alias("FunctionalNN.Parcel")]
internal sealed record Parcel([property: Id(0)] string Hash, [property: Id(1)] int Length, [property: Id(2)] byte[]? Bytes)
{
    public bool Equals(Parcel? other) => other is not null && Hash == other.Hash && Length == other.Length;

    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);
}
