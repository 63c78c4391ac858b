namespace FunctionalNN;

/// <summary>Where the rows lie in a file.</summary>
/// <param name="Format">The numbers.</param>
/// <param name="Offset">The byte that the first row begins at.</param>
/// <param name="Count">The number of rows.</param>
/// <param name="Width">The numbers in a row.</param>
/// <param name="Stride">The bytes from the beginning of a row to that of the next.</param>
/// <param name="Scale">The factor of each unsigned byte.</param>
/// <param name="Shift">What is added to each scaled byte.</param>
internal sealed record StoredLayout(NumberFormat Format, long Offset, int Count, int Width, int Stride, double Scale, double Shift)
{
    /// <summary>The bytes of a row's numbers.</summary>
    public int RowBytes => Width * Format.Size;

    /// <summary>Whether the rows lie in the file as they lie in memory.</summary>
    public bool IsMemory<T>() =>
        typeof(T) == typeof(float) && Format == new NumberFormat(StoredNumber.Single) && BitConverter.IsLittleEndian && Stride == RowBytes;
}
