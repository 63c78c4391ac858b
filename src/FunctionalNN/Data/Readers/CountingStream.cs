namespace FunctionalNN;

/// <summary>A stream that knows how many bytes were read from it.</summary>
internal sealed class CountingStream(Stream inner) : ForwardStream
{
    public long Count { get; private set; }

    /// <summary>How many bytes there may be, where the compressed file says so at its end and is long enough to hold them; else
    /// 0.</summary>
    public long Likely { get; init; }

    /// <summary>Whether a read has found the end.</summary>
    public bool IsAtEnd { get; private set; }

    public override long Position { get => Count; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Count += read;
        IsAtEnd |= read == 0 && buffer.Length > 0;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
