using System.Numerics;

namespace FunctionalNN;

/// <summary>Copies images into a frame of zeros, in which every patch of a window lies whole.</summary>
internal static unsafe class PaddedImage
{
    /// <summary>
    /// Rows of an image, each with zeros before and behind it. Rows that the image does not have are zeros.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="rowLength">Numbers of a row.</param>
    /// <param name="firstRow">The first row to copy; it may lie above the image.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="before">Zeros before each row; below 0 as many numbers of each row are left out.</param>
    /// <param name="pitch">From one row of the copy to the next.</param>
    /// <param name="to">The copy.</param>
    public static void Copy<T>(T* image, int height, int rowLength, int firstRow, int rows, int before, int pitch, T* to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (skipped, zeros) = (Math.Max(0, -before), Math.Max(0, before));
        var length = Math.Clamp(rowLength - skipped, 0, pitch - zeros);
        for (var row = firstRow; row < firstRow + rows; row++, to += pitch)
        {
            if ((uint)row >= (uint)height)
            {
                new Span<T>(to, pitch).Clear();
                continue;
            }

            new Span<T>(to, zeros).Clear();
            new ReadOnlySpan<T>(image + ((nint)row * rowLength) + skipped, length).CopyTo(new Span<T>(to + zeros, length));
            new Span<T>(to + zeros + length, pitch - zeros - length).Clear();
        }
    }
}
