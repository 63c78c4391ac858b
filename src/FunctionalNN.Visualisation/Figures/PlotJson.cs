using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>JSON without spaces, with the same bytes for the same values on every machine.</summary>
internal static class PlotJson
{
    public static byte[] BytesOf(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();

        // The default encoder: nothing that HTML could take for a tag is left in a text.
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static string TextOf(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(BytesOf(write));

    /// <summary>A whole number exactly, any other with 5 significant digits: what differs in the last bits is the same text.</summary>
    public static void Write(Utf8JsonWriter writer, double number)
    {
        if (!double.IsFinite(number))
        {
            writer.WriteNullValue();
            return;
        }

        Span<byte> text = stackalloc byte[24];
        var isWhole = Math.Abs(number) < 1e15 && number == Math.Truncate(number);
        (number + 0).TryFormat(text, out var length, isWhole ? "F0" : "G5", CultureInfo.InvariantCulture);
        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
