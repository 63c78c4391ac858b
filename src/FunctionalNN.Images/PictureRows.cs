using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Pictures that stay in their files and are decoded when a batch asks for them, side by side.</summary>
internal sealed class PictureRows<T>(ImmutableArray<PictureFile> files, ImageSize size, ImageOptions options) : RowSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaxAtOnce = 64;

    /// <inheritdoc/>
    public override int Count => files.Length;

    /// <inheritdoc/>
    public override int Width { get; } = (int)size.Count;

    /// <inheritdoc/>
    public override ImageSize? Image => size;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A file cannot be read; the message names it.</exception>
    public override void Gather(ReadOnlySpan<int> rows, Span<T> destination)
    {
        var room = ArrayPool<byte>.Shared.Rent(Math.Min(rows.Length, MaxAtOnce) * Width);
        try
        {
            for (var start = 0; start < rows.Length; start += MaxAtOnce)
            {
                var some = rows.Slice(start, Math.Min(MaxAtOnce, rows.Length - start)).ToArray();
                var faults = new string[some.Length];
                Parallel.For(0, some.Length, i => faults[i] = PictureFile.Read(files[some[i]].Path, size, options).Match(
                    bytes =>
                    {
                        bytes.CopyTo(room.AsSpan(i * Width));
                        return "";
                    },
                    error => error.Message));
                if (faults.FirstOrDefault(fault => fault.Length > 0) is { } first)
                {
                    throw new InvalidDataException(first);
                }

                int[] all = [.. Enumerable.Range(0, some.Length)];
                new ByteRows<T>(room.AsMemory(0, some.Length * Width), Width, options.Scale, options.Shift)
                    .Gather(all, destination.Slice(start * Width, some.Length * Width));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>How many, and their size.</summary>
    public override string ToString() => $"{Count} pictures of {size} in files";
}
