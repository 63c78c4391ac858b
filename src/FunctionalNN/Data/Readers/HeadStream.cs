namespace FunctionalNN;

/// <summary>A stream whose first bytes can be looked at before it is read.</summary>
internal sealed class HeadStream : ForwardStream
{
    private const int Longest = 1024;

    private readonly Stream inner;
    private readonly byte[] head = new byte[Longest];
    private readonly int length;
    private int position;

    /// <summary>Reads the first bytes.</summary>
    public HeadStream(Stream inner)
    {
        this.inner = inner;
        length = inner.ReadAtLeast(head, Longest, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes, fewer where there are no more.</summary>
    public ReadOnlySpan<byte> Head => head.AsSpan(0, length);

    public override int Read(Span<byte> buffer)
    {
        if (position == length)
        {
            return inner.Read(buffer);
        }

        var count = Math.Min(buffer.Length, length - position);
        head.AsSpan(position, count).CopyTo(buffer);
        position += count;
        return count;
    }
}
