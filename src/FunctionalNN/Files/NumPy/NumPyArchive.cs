using System.Collections.Frozen;
using System.Collections.Immutable;
using System.IO.Compression;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Arrays by name, in an order: what an .npz file holds, as numpy.savez and numpy.savez_compressed write and numpy.load reads them. It
/// never changes: <see cref="With"/> gives a changed copy. Two are equal when they hold equal arrays under the same names in the same
/// order.
/// </summary>
public sealed class NumPyArchive : IEquatable<NumPyArchive>
{
    internal const string Kind = FileSignature.NumPyArchive;

    private readonly FrozenDictionary<string, NumPyArray> byName;

    /// <summary>An archive of some arrays.</summary>
    /// <exception cref="ArgumentException">A name is there twice, or cannot be the name of an entry.</exception>
    public NumPyArchive(params IEnumerable<(string Name, NumPyArray Array)> arrays)
        : this("the archive", [.. arrays.Select(pair => KeyValuePair.Create(pair.Name, pair.Array))])
    {
        foreach (var name in Names)
        {
            if (ArchiveNames.Fault(name) is { } fault)
            {
                throw new ArgumentException($"the name '{name}' {fault}");
            }
        }
    }

    internal NumPyArchive(string origin, ImmutableArray<KeyValuePair<string, NumPyArray>> arrays)
    {
        Origin = origin;
        Arrays = arrays;
        byName = arrays.ToFrozenDictionary(StringComparer.Ordinal);
        if (byName.Count < arrays.Length)
        {
            throw new ArgumentException(
                $"the name '{arrays.GroupBy(pair => pair.Key).First(group => group.Count() > 1).Key}' is there twice");
        }
    }

    /// <summary>The arrays, in the order of the file.</summary>
    public ImmutableArray<KeyValuePair<string, NumPyArray>> Arrays { get; }

    /// <summary>The arrays' names, in the order of the file.</summary>
    public IEnumerable<string> Names => Arrays.Select(pair => pair.Key);

    /// <summary>The file, for messages.</summary>
    internal string Origin { get; }

    /// <summary>The array of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists what there is.</exception>
    public NumPyArray this[string name] =>
        Find(name).Match(Right: array => array, Left: error => throw new KeyNotFoundException(error.Message));

    /// <summary>
    /// Reads an .npz file, compressed or not. One that is missing, damaged, truncated or of another kind, that has an entry twice or one
    /// that points out of the archive, gives an error that names the file, the entry, the byte in it and what was expected there.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="maximumBytes">
    /// The most bytes that all arrays may have once decompressed: the defence against a small file that fills the memory. Without it, 64 MB
    /// or 100 times the size of the file, whichever is more.
    /// </param>
    public static Either<Error, NumPyArchive> Read(string path, long? maximumBytes = null) =>
        FileErrors.Reading(path, Kind, file => new NumPyArchiveReader(file, path, maximumBytes).Read());

    /// <summary>Writes an .npz file. It appears whole or not at all; one that is there already is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isCompressed">Whether to compress, as numpy.savez_compressed: trained weights hardly become smaller.</param>
    public Either<Error, Unit> Write(string path, bool isCompressed = false) =>
        FileErrors.Writing(path, stream => Write(stream, isCompressed));

    /// <summary>The array of a name, or an error that lists what there is.</summary>
    public Either<Error, NumPyArray> Find(string name) =>
        byName.TryGetValue(name, out var array)
            ? array
            : Error.New($"{Origin} has no array '{name}'; it has {(Arrays.IsEmpty ? "none" : string.Join(", ", Names))}");

    /// <summary>The archive with an array added at the end, or put in the place of the one with its name.</summary>
    public NumPyArchive With(string name, NumPyArray array)
    {
        var pair = (name, array);
        return byName.ContainsKey(name)
            ? new NumPyArchive(Arrays.Select(old => old.Key == name ? pair : (old.Key, old.Value)))
            : new NumPyArchive(Arrays.Select(old => (old.Key, old.Value)).Append(pair));
    }

    /// <inheritdoc/>
    public bool Equals(NumPyArchive? other) => other is not null && Arrays.SequenceEqual(other.Arrays);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NumPyArchive);

    /// <inheritdoc/>
    public override int GetHashCode() => Arrays.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    /// <summary>A table: each array with its type and shape.</summary>
    public override string ToString() => TextTable.Of(
        ["array", "type", "shape"],
        [.. Arrays.Select(pair => new[] { pair.Key, NumPyTypes.NameOf(pair.Value.Type), NumPyArray.Text(pair.Value.Shape.AsSpan()) })],
        left: 2);

    internal void Write(Stream stream, bool isCompressed)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, array) in Arrays)
        {
            var entry =
                zip.CreateEntry(name + ArchiveNames.Ending, isCompressed ? CompressionLevel.Optimal : CompressionLevel.NoCompression);

            // The date that NumPy writes: equal archives are equal files.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var content = entry.Open();
            NumPyFile.Write(content, array);
        }
    }
}
