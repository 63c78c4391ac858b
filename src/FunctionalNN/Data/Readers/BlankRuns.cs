namespace FunctionalNN;

/// <summary>Text in UTF-8 whose columns are set apart with blanks: each run of blanks and tabs outside of quotes becomes one blank, and
/// none stands at either end of a line.</summary>
internal sealed class BlankRuns(Stream inner) : ForwardStream
{
    private const int Size = 1 << 16;

    private readonly byte[] room = new byte[Size];
    private int position;
    private int length;
    private bool isBegun;
    private bool isQuoted;
    private bool isAtStart = true;
    private bool hasBlank;

    /// <summary>The mark of byte order, which is no text.</summary>
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    public override int Read(Span<byte> buffer)
    {
        // A byte can become two: the blank that was held back, and itself.
        var written = 0;
        while (written < buffer.Length - 1)
        {
            if (position == length)
            {
                if (written > 0)
                {
                    return written;
                }

                length = isBegun ? inner.Read(room) : inner.ReadAtLeast(room, Mark.Length, throwOnEndOfStream: false);
                position = !isBegun && room.AsSpan(0, length).StartsWith(Mark) ? Mark.Length : 0;
                isBegun = true;
                if (length == 0)
                {
                    return 0;
                }

                continue;
            }

            var letter = room[position++];
            if (!isQuoted && letter is (byte)' ' or (byte)'\t')
            {
                hasBlank = !isAtStart;
                continue;
            }

            var isBreak = !isQuoted && letter is (byte)'\n' or (byte)'\r';
            if (hasBlank && !isBreak)
            {
                buffer[written++] = (byte)' ';
            }

            isQuoted ^= letter == (byte)'"';
            (hasBlank, isAtStart) = (false, isBreak);
            buffer[written++] = letter;
        }

        return written;
    }
}
