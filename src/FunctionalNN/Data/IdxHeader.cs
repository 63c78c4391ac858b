namespace FunctionalNN;

/// <summary>What an IDX file says of its values.</summary>
internal sealed record IdxHeader(NumberFormat Format, int[] Shape)
{
    /// <summary>The numbers of an element type, or null where there is no such type.</summary>
    public static NumberFormat? FormatOf(byte type) => type switch
    {
        IdxReader.UnsignedByte => new(StoredNumber.UnsignedByte),
        0x09 => new(StoredNumber.SignedByte),
        0x0B => new(StoredNumber.Int16, IsBigEndian: true),
        0x0C => new(StoredNumber.Int32, IsBigEndian: true),
        0x0D => new(StoredNumber.Single, IsBigEndian: true),
        0x0E => new(StoredNumber.Double, IsBigEndian: true),
        _ => null,
    };
}
