using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FunctionalNN;

/// <summary>
/// The vectors of a model or state as the tensors of a file: each slot one tensor, "parameters/dense1/weights", "statistics/…",
/// "moments/1/…", in the order of the vectors, so that a vector is one stretch of the file.
/// </summary>
internal static class StoredVectors
{
    public const string Parameters = "parameters";
    public const string Statistics = "statistics";
    public const string Moments = "moments";

    /// <summary>Writes a file of vectors, each under its name.</summary>
    public static void Write<T>(Stream stream, IEnumerable<KeyValuePair<string, string>> metadata,
        IEnumerable<(string Name, ParameterVector<T> Vector)> vectors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var places = new Dictionary<string, (ParameterVector<T> Vector, Placement Placement)>(StringComparer.Ordinal);
        var entries = new List<TensorEntry>();
        var end = 0L;
        foreach (var (name, vector) in vectors)
        {
            foreach (var placement in vector.Layout.Placements)
            {
                var entry = EntryOf<T>(name, placement, end);
                entries.Add(places.TryAdd(entry.Name, (vector, placement))
                    ? entry
                    : throw new FileFault($"two slots would be named \"{entry.Name}\": give the layers names that tell them apart"));
                end = entry.End;
            }
        }

        SafeTensorsStream.Write(stream, entries, metadata, entry => BytesOf(places[entry.Name]));
    }

    /// <summary>Reads vectors of known layouts. Memory is taken only when the file has all of them.</summary>
    /// <param name="stream">The file, after its header.</param>
    /// <param name="header">The header.</param>
    /// <param name="layouts">The vectors to read.</param>
    /// <param name="skips">The beginning of names that are not to be read; none where null.</param>
    /// <exception cref="FileFault">A tensor is missing, of another shape or type, or none that is asked for.</exception>
    public static ParameterVector<T>[] Read<T>(Stream stream, SafeTensorsHeader header, IReadOnlyList<(string Name, Layout Layout)> layouts,
        string? skips)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var expected = new Dictionary<string, (TensorEntry Entry, int Vector, Placement Placement)>(StringComparer.Ordinal);
        for (var i = 0; i < layouts.Count; i++)
        {
            foreach (var placement in layouts[i].Layout.Placements)
            {
                var entry = EntryOf<T>(layouts[i].Name, placement, 0);
                if (!expected.TryAdd(entry.Name, (entry, i, placement)))
                {
                    throw new FileFault($"two slots of the network are named \"{entry.Name}\"");
                }
            }
        }

        var found = 0;
        foreach (var entry in header.Entries)
        {
            if (expected.TryGetValue(entry.Name, out var wanted))
            {
                Require<T>(wanted.Entry, entry);
                found++;
            }
            else if (skips is null || !entry.Name.StartsWith(skips, StringComparison.Ordinal))
            {
                throw new FileFault(entry.Position, $"there is a tensor \"{entry.Name}\", which the network does not ask for");
            }
        }

        if (found < expected.Count)
        {
            var present = header.Entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
            throw new FileFault(
                $"there is no tensor \"{expected.Keys.First(name => !present.Contains(name))}\", which the network asks for");
        }

        ParameterVector<T>[] vectors =
            [.. layouts.Select(wanted => new ParameterVector<T>(wanted.Layout, Block<T>.AllocateForWriting(wanted.Layout.Count)))];
        SafeTensorsStream.ReadData(stream, header, entry =>
            expected.TryGetValue(entry.Name, out var wanted) ? BytesOf((vectors[wanted.Vector], wanted.Placement)) : default);
        return vectors;
    }

    private static TensorEntry EntryOf<T>(string name, Placement placement, long start) => new(
        $"{name}/{placement.Layer}/{placement.Slot.Name}",
        TensorTypes.Of<T>(),
        [placement.Slot.Rows, placement.Slot.Columns],
        start,
        start + ((long)placement.Slot.Count * TensorTypes.Of<T>().Size),
        0);

    private static void Require<T>(TensorEntry expected, TensorEntry found)
    {
        if (found.Type != expected.Type)
        {
            var other = found.Type switch { TensorType.F32 => "float", TensorType.F64 => "double", _ => null };
            throw new FileFault(found.Position,
                $"\"{found.Name}\" holds {found.Type.Name} numbers, asked for was {expected.Type.Name}"
                    + $"{(other is null ? "" : $": use Load<{other}>")}");
        }

        if (!found.Shape.SequenceEqual(expected.Shape))
        {
            throw new FileFault(found.Position,
                $"\"{found.Name}\" is {StoredTensor.Text(found.Shape)}, the network asks for {StoredTensor.Text(expected.Shape)}");
        }
    }

    private static Span<byte> BytesOf<T>((ParameterVector<T> Vector, Placement Placement) place)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        MemoryMarshal.AsBytes(place.Vector.Block.Slice(place.Placement.Offset, place.Placement.Slot.Count).Span);
}
