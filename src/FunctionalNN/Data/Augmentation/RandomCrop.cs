using System.Buffers;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Takes a random part of each picture and stretches it to the whole: the part has the picture's shape, s times its height and width with s
/// uniform on m … 1, and lies anywhere in it. Each number lies between four of the part, in proportion (bilinear).
/// </summary>
/// <remarks>A random crop of a picture that is padded by p pixels, back to its size, is <see cref="RandomShift"/> by p.</remarks>
/// <param name="Size">The pictures' size.</param>
/// <param name="MinShare">m, the least share of height and width: above 0, 1 at most.</param>
public sealed record RandomCrop(ImageSize Size, double MinShare) : Augmentation
{
    /// <inheritdoc/>
    public override string? ProblemWith(int width) => MinShare is > 0 and <= 1
        ? Size.ProblemWith(nameof(RandomCrop), width)
        : $"{nameof(RandomCrop)} to a share of {MinShare}: give a number above 0 and at most 1";

    /// <inheritdoc/>
    public override void Apply<T>(Key key, Span<T> row)
    {
        var share = MinShare + ((1 - MinShare) * key.Uniform(0));
        Take(row, share, key.Uniform(1) * (1 - share) * Size.Height, key.Uniform(2) * (1 - share) * Size.Width);
    }

    /// <summary>Stretches a part, of which the share, top and left are given, to the whole.</summary>
    internal void Take<T>(Span<T> row, double share, double top, double left)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (channels, stride) = (Size.Channels, Size.Width * Size.Channels);
        var rented = ArrayPool<T>.Shared.Rent(row.Length);
        var before = rented.AsSpan(0, row.Length);
        row.CopyTo(before);
        for (var y = 0; y < Size.Height; y++)
        {
            var (upper, lower, down) = Between<T>(top, share, y, Size.Height);
            for (var x = 0; x < Size.Width; x++)
            {
                var (west, east, right) = Between<T>(left, share, x, Size.Width);
                for (var channel = 0; channel < channels; channel++)
                {
                    var above = Mean(before[(upper * stride) + (west * channels) + channel],
                        before[(upper * stride) + (east * channels) + channel], right);
                    var below = Mean(before[(lower * stride) + (west * channels) + channel],
                        before[(lower * stride) + (east * channels) + channel], right);
                    row[(y * stride) + (x * channels) + channel] = Mean(above, below, down);
                }
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>The two pixels of a line between which a pixel of the stretched line lies, and how near to the second.</summary>
    private static (int First, int Second, T Share) Between<T>(double start, double share, int pixel, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var place = Math.Clamp(start + ((pixel + 0.5) * share) - 0.5, 0, count - 1);
        var first = (int)place;
        return (first, Math.Min(first + 1, count - 1), T.CreateTruncating(place - first));
    }

    private static T Mean<T>(T first, T second, T share)
        where T : unmanaged, IFloatingPointIeee754<T> => first + (share * (second - first));
}
