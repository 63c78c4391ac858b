using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>Images as they lie here (rows, columns, channels), and as other systems have them (channels, rows, columns).</summary>
internal static class ImageOrder
{
    public static Matrix<T> ChannelsFirst<T>(this Matrix<T> images, ImageSize size)
        where T : unmanaged, IFloatingPointIeee754<T> => Matrix.Create(images.Rows, images.Columns,
            (row, i) => images[row, (i % size.Plane * size.Channels) + (i / size.Plane)]);

    public static Matrix<T> ChannelsLast<T>(this Matrix<T> images, ImageSize size)
        where T : unmanaged, IFloatingPointIeee754<T> => Matrix.Create(images.Rows, images.Columns,
            (row, i) => images[row, (i % size.Channels * size.Plane) + (i / size.Channels)]);
}
