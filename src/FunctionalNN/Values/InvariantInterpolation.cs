using System.Globalization;
using System.Text;

namespace System.Runtime.CompilerServices;

/// <summary>
/// What the compiler makes every interpolated string with. The runtime's own writes numbers as the machine's culture does, with commas in
/// Berlin and other minus signs in Tehran and Stockholm; this one, which is compiled into each assembly of the library and found there
/// first, writes the same text everywhere. Nothing need be remembered where a message is written.
/// </summary>
[InterpolatedStringHandler]
internal ref struct DefaultInterpolatedStringHandler
{
    private const int LettersAHole = 11;

    private readonly StringBuilder builder;
    private StringBuilder.AppendInterpolatedStringHandler inner;

    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        builder = new StringBuilder(literalLength + (formattedCount * LettersAHole));
        inner = new StringBuilder.AppendInterpolatedStringHandler(literalLength, formattedCount, builder, CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string value) => inner.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => inner.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => inner.AppendFormatted(value, format);

    public void AppendFormatted<T>(T value, int alignment) => inner.AppendFormatted(value, alignment);

    public void AppendFormatted<T>(T value, int alignment, string? format) => inner.AppendFormatted(value, alignment, format);

    public void AppendFormatted(ReadOnlySpan<char> value) => inner.AppendFormatted(value);

    public void AppendFormatted(string? value) => inner.AppendFormatted(value);

    public void AppendFormatted(object? value, int alignment = 0, string? format = null) => inner.AppendFormatted(value, alignment, format);

    public readonly string ToStringAndClear() => builder.ToString();
}
