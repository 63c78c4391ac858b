using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Files in the safetensors format, which Python's safetensors package reads too: a little-endian 64-bit length, that many bytes of JSON
/// that say each tensor's type, shape and place, and the numbers. Nothing in such a file is ever run.
/// </summary>
/// <remarks>
/// Format: Hugging Face, "safetensors". Files written here also carry a SHA-256 of all their bytes in the metadata; where a file has it, it
/// is checked on reading.
/// </remarks>
public static class SafeTensorsFile
{
    internal const string Kind = FileSignature.SafeTensors;

    /// <summary>
    /// Reads a file. One that is missing, damaged, truncated or of another kind gives an error that names the file, the byte and the
    /// reason.
    /// </summary>
    public static Either<Error, SafeTensors> Read(string path) => FileErrors.Reading(path, Kind, Read);

    /// <summary>Writes a file. It appears whole or not at all; one that is there already is replaced.</summary>
    public static Either<Error, Unit> Write(string path, SafeTensors content) => FileErrors.Writing(path, stream => Write(stream, content));

    internal static SafeTensors Read(Stream stream)
    {
        var header = HeaderReader.Read(stream, stream.Length);
        var bytes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        SafeTensorsStream.ReadData(stream, header, entry =>
            bytes[entry.Name] = entry.Length <= Array.MaxLength
                ? new byte[entry.Length]
                : throw new FileFault(entry.Position,
                    $"\"{entry.Name}\" is larger than the {Array.MaxLength} bytes that one array can hold"));
        return new SafeTensors(
            [.. header.Entries.Select(entry => new StoredTensor(entry.Name, entry.Type, entry.Shape, bytes[entry.Name]))], header.Metadata);
    }

    internal static void Write(Stream stream, SafeTensors content)
    {
        var entries = new List<TensorEntry>();
        var end = 0L;
        foreach (var tensor in content.Tensors)
        {
            entries.Add(new TensorEntry(tensor.Name, tensor.Type, tensor.Shape, end, end + tensor.Bytes.Length, 0));
            end += tensor.Bytes.Length;
        }

        SafeTensorsStream.Write(stream, entries, content.Metadata, entry => MemoryMarshal.AsMemory(content[entry.Name].Bytes).Span);
    }
}
