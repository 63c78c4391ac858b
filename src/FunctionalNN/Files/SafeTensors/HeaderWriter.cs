using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>Writes the header of a safetensors file, padded with spaces so that the data begins at a multiple of 8 bytes.</summary>
internal static class HeaderWriter
{
    private const int Alignment = 8;

    /// <summary>The header, with zeros for the digits of the checksum, and where these stand.</summary>
    /// <exception cref="FileFault">The header would be too long to be read again.</exception>
    public static (byte[] Bytes, int Checksum) Write(IEnumerable<TensorEntry> entries, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(stackalloc byte[SafeTensorsHeader.LengthBytes]);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafeTensorsHeader.MetadataName);
            json.WriteString(SafeTensorsHeader.ChecksumName, new string('0', SafeTensorsHeader.ChecksumDigits));
            foreach (var (name, text) in metadata)
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
            foreach (var entry in entries)
            {
                Write(json, entry);
            }

            json.WriteEndObject();
        }

        var padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        var bytes = buffer.WrittenSpan.ToArray();
        var length = bytes.Length - SafeTensorsHeader.LengthBytes;
        if (length > SafeTensorsHeader.MaxBytes)
        {
            throw new FileFault($"the names and descriptions take {length} bytes, a safetensors file allows {SafeTensorsHeader.MaxBytes}");
        }

        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return (bytes, bytes.AsSpan().IndexOf("\":\"0000"u8) + 3);
    }

    private static void Write(Utf8JsonWriter json, TensorEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", entry.Type.Name);
        json.WriteStartArray("shape");
        foreach (var length in entry.Shape)
        {
            json.WriteNumberValue(length);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(entry.Start);
        json.WriteNumberValue(entry.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
