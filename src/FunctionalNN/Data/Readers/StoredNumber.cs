namespace FunctionalNN;

/// <summary>How a number is written in a binary file.</summary>
internal enum StoredNumber
{
    UnsignedByte,
    SignedByte,
    Int16,
    Int32,
    Single,
    Double,
}
