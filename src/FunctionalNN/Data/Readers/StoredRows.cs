using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using LanguageExt;
using LanguageExt.Common;
using Microsoft.Win32.SafeHandles;

namespace FunctionalNN;

/// <summary>
/// Rows that stay in a file and are read when a batch asks for them: for data that does not fit into memory. Several threads may read at
/// once. The file must not change meanwhile. Made by <see cref="StoredRows"/>; dispose it after the last use.
/// </summary>
/// <remarks>
/// It reads with <see cref="RandomAccess"/> and not through a memory map: pages of a map count as the process's memory, so that 8 GB once
/// read are 8 GB used, while those of the system's file cache do not. Rows that follow each other come in one call. Where the file is
/// larger than the system's cache too, rows in random order wait for the disk one by one: <see cref="StreamedRows{T}.Shuffled"/> over
/// <see cref="StreamedRows.Of{T}(DataSet{T})"/> reads it from front to back.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class StoredRows<T> : RowSource<T>, IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaxAtOnce = 1 << 18;
    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly StoredLayout layout;

    internal StoredRows(string path, SafeFileHandle file, StoredLayout layout)
    {
        (this.path, this.file, this.layout) = (path, file, layout);
        Count = layout.Count;
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int Width => layout.Width;

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be read any more, or has become shorter.</exception>
    /// <exception cref="ObjectDisposedException">The rows were disposed of.</exception>
    public override void Gather(ReadOnlySpan<int> rows, Span<T> destination)
    {
        if (layout.IsMemory<T>())
        {
            foreach (var (start, count, at) in new Runs(rows, int.MaxValue / layout.Stride))
            {
                Read(MemoryMarshal.AsBytes(destination.Slice(at * Width, count * Width)), start);
            }

            return;
        }

        var most = Math.Max(1, MaxAtOnce / layout.Stride);
        var room = ArrayPool<byte>.Shared.Rent(Math.Min(most, Math.Max(1, rows.Length)) * layout.Stride);
        try
        {
            foreach (var (start, count, at) in new Runs(rows, most))
            {
                var bytes = room.AsSpan(0, ((count - 1) * layout.Stride) + layout.RowBytes);
                Read(bytes, start);
                for (var i = 0; i < count; i++)
                {
                    layout.Format.Decode(bytes.Slice(i * layout.Stride, layout.RowBytes), destination.Slice((at + i) * Width, Width),
                        layout.Scale, layout.Shift);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    /// <summary>Rows, width and file.</summary>
    public override string ToString() => $"{Count} rows of {Width} inputs in {path}";

    private void Read(Span<byte> bytes, int row)
    {
        var offset = layout.Offset + ((long)row * layout.Stride);
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(file, bytes[done..], offset + done);
            if (read == 0)
            {
                throw new EndOfStreamException(
                    $"{path}, byte {offset + done}: the file ends in row {row + (done / layout.Stride)}, though it had {Count} rows when "
                        + $"it was opened");
            }

            done += read;
        }
    }

    /// <summary>Rows that follow each other, as one: the first, how many, and where they go.</summary>
    private ref struct Runs(ReadOnlySpan<int> rows, int most)
    {
        private readonly ReadOnlySpan<int> rows = rows;
        private int next;

        public (int Start, int Count, int At) Current { get; private set; }

        public readonly Runs GetEnumerator() => this;

        public bool MoveNext()
        {
            if (next >= rows.Length)
            {
                return false;
            }

            var (at, start) = (next++, rows[next - 1]);
            while (next < rows.Length && rows[next] == start + (next - at) && next - at < most)
            {
                next++;
            }

            Current = (start, next - at, at);
            return true;
        }
    }
}
