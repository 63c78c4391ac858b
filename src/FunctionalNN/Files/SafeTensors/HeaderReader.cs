using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>
/// Reads the header of a safetensors file. It trusts nothing: lengths, shapes and offsets must agree with each other and with the
/// length of the file, so what is allocated afterwards is never more than the file holds.
/// </summary>
internal static class HeaderReader
{
    private const int Depth = 4;

    /// <exception cref="FileFault">The header is damaged.</exception>
    public static SafeTensorsHeader Read(Stream stream, long fileLength)
    {
        Span<byte> lengthBytes = stackalloc byte[SafeTensorsHeader.LengthBytes];
        var got = stream.ReadAtLeast(lengthBytes, lengthBytes.Length, throwOnEndOfStream: false);
        if (got < lengthBytes.Length)
        {
            throw new FileFault(got,
                got == 0
                    ? "the file is empty, expected a safetensors file"
                    : $"the file ends after {got} of the 8 bytes of the header's length: this is not a safetensors file");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        var rest = fileLength - SafeTensorsHeader.LengthBytes;
        if (rest < 0 || length > (ulong)Math.Min(rest, SafeTensorsHeader.MaxBytes))
        {
            throw new FileFault(0,
                $"the header should be {length} bytes long, but "
                    + (rest < 0 || length > (ulong)rest
                        ? $"{Math.Max(0, rest)} bytes follow"
                        : $"at most {SafeTensorsHeader.MaxBytes} are allowed")
                    + ": the file is truncated, or this is not a safetensors file");
        }

        var bytes = new byte[SafeTensorsHeader.LengthBytes + (int)length];
        lengthBytes.CopyTo(bytes);
        var header = bytes.AsSpan(SafeTensorsHeader.LengthBytes);
        got = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return got == header.Length
            ? Parse(bytes, rest - (long)length)
            : throw new FileFault(SafeTensorsHeader.LengthBytes + got, $"the file ends after {got} of the header's {length} bytes");
    }

    private static SafeTensorsHeader Parse(byte[] bytes, long dataLength)
    {
        if (bytes.Length == SafeTensorsHeader.LengthBytes || bytes[SafeTensorsHeader.LengthBytes] != (byte)'{')
        {
            throw new FileFault(SafeTensorsHeader.LengthBytes, "the header does not begin with '{': this is not a safetensors file");
        }

        var json = new HeaderJson(bytes, Depth);
        var entries = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        var metadata = default(ImmutableSortedDictionary<string, string>);
        var checksum = -1;
        json.Enter(JsonTokenType.StartObject, "the table of tensors");
        while (json.NextName() is { } name)
        {
            if (name == SafeTensorsHeader.MetadataName)
            {
                metadata = metadata is null ? Metadata(ref json, ref checksum) : throw json.Fault($"there is a second \"{name}\"");
            }
            else if (!entries.TryAdd(name, Entry(ref json, name)))
            {
                throw json.Fault($"there is a second tensor \"{name}\"");
            }
        }

        json.End();
        var sorted = entries.Values.OrderBy(entry => entry.Start).ThenBy(entry => entry.End).ToImmutableArray();
        RequireNoGaps(sorted, dataLength, bytes.Length);
        return new SafeTensorsHeader(bytes, sorted, metadata ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
            checksum);
    }

    private static ImmutableSortedDictionary<string, string> Metadata(ref HeaderJson json, ref int checksum)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        json.Enter(JsonTokenType.StartObject, $"\"{SafeTensorsHeader.MetadataName}\"");
        while (json.NextName() is { } name)
        {
            var text = json.Text($"the text of \"{name}\"");
            if (name == SafeTensorsHeader.ChecksumName)
            {
                // Digits written as escapes would not stand where they are looked for.
                checksum = checksum < 0 && text.Length == SafeTensorsHeader.ChecksumDigits && text.All(char.IsAsciiHexDigitLower)
                    && json.TokenLength == text.Length
                    ? (int)json.Position + 1
                    : throw json.Fault($"the checksum is not one of {SafeTensorsHeader.ChecksumDigits} hexadecimal digits");
            }
            else if (!texts.TryAdd(name, text))
            {
                throw json.Fault($"there is a second \"{name}\" in \"{SafeTensorsHeader.MetadataName}\"");
            }
        }

        return texts.ToImmutable();
    }

    private static TensorEntry Entry(ref HeaderJson json, string name)
    {
        TensorType? type = null;
        ImmutableArray<long>? shape = null, offsets = null;
        json.Enter(JsonTokenType.StartObject, $"what \"{name}\" is");
        var position = json.Position;
        while (json.NextName() is { } field)
        {
            switch (field)
            {
                case "dtype" when type is null:
                    var text = json.Text($"the type of \"{name}\"");
                    type = TensorTypes.Named(text)
                        ?? throw json.Fault($"\"{name}\" has the type \"{text}\", expected one of {TensorTypes.Names}");
                    break;
                case "shape" when shape is null:
                    shape = json.Lengths($"the shape of \"{name}\"");
                    break;
                case "data_offsets" when offsets is null:
                    offsets = json.Lengths($"the offsets of \"{name}\"");
                    break;
                default:
                    throw json.Fault(
                        $"\"{name}\" has {(field is "dtype" or "shape" or "data_offsets" ? "a second" : "the unknown entry")} \"{field}\", "
                            + $"expected one each of dtype, shape and data_offsets");
            }
        }

        return (type, shape, offsets) switch
        {
            ({ } t, { } lengths, [var start, var end])
                when end >= start => Checked(new TensorEntry(name, t, lengths, start, end, position)),
            ({ }, { }, { } wrong) =>
                throw new FileFault(position,
                    $"\"{name}\" has the offsets [{string.Join(", ", wrong.Select(place => $"{place}"))}], expected a start and an end "
                        + $"that is no less"),
            _ => throw new FileFault(position, $"\"{name}\" lacks {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}"),
        };
    }

    private static TensorEntry Checked(TensorEntry entry)
    {
        var fits = StoredTensor.TryCount(entry.Shape.AsSpan(), out var count);
        return fits && (Int128)count * entry.Type.Size == entry.Length
            ? entry
            : throw new FileFault(entry.Position,
                $"\"{entry.Name}\" is {StoredTensor.Text(entry.Shape)} of {entry.Type.Name}, "
                    + $"{(fits ? $"which is {(Int128)count * entry.Type.Size} bytes" : "which is more than there can be")}, but its "
                    + $"offsets leave {entry.Length}");
    }

    private static void RequireNoGaps(ImmutableArray<TensorEntry> sorted, long dataLength, long dataStart)
    {
        var end = 0L;
        foreach (var entry in sorted)
        {
            if (entry.Start != end)
            {
                throw new FileFault(entry.Position,
                    $"\"{entry.Name}\" begins at {entry.Start}, {(entry.Start < end ? "within another tensor" : "after a gap")}: "
                        + $"expected {end}");
            }

            end = entry.End;
        }

        if (end != dataLength)
        {
            throw new FileFault(dataStart + Math.Min(end, dataLength),
                $"the tensors take {end} bytes, and {dataLength} follow the header: the file is "
                    + $"{(end > dataLength ? "truncated" : "too long")}, or its header is damaged");
        }
    }
}
