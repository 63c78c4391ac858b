using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FunctionalNN;

/// <summary>What a safetensors file holds: tensors with names, and a map of texts. Two are equal when tensors, their order and texts
/// are.</summary>
public sealed class SafeTensors : IEquatable<SafeTensors>
{
    private readonly ImmutableDictionary<string, StoredTensor> byName;

    /// <summary>Tensors, in the order in which a file is to hold them, with texts about them.</summary>
    /// <exception cref="ArgumentException">Two tensors have one name, or a name is one that the format or the checksum needs; the message
    /// gives it.</exception>
    public SafeTensors(ImmutableArray<StoredTensor> tensors, ImmutableSortedDictionary<string, string>? metadata = null)
    {
        Tensors = tensors;
        Metadata = (metadata ?? ImmutableSortedDictionary<string, string>.Empty).WithComparers(StringComparer.Ordinal);
        if (Metadata.ContainsKey(SafeTensorsHeader.ChecksumName) || tensors.Any(tensor => tensor.Name == SafeTensorsHeader.MetadataName))
        {
            throw new ArgumentException(
                $"no text can be named \"{SafeTensorsHeader.ChecksumName}\" and no tensor \"{SafeTensorsHeader.MetadataName}\": files "
                    + $"write these themselves");
        }

        var names = ImmutableDictionary.CreateBuilder<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            if (!names.TryAdd(tensor.Name, tensor))
            {
                throw new ArgumentException($"two tensors are named \"{tensor.Name}\": give each a name of its own");
            }
        }

        byName = names.ToImmutable();
    }

    /// <summary>The tensors, in the order of the file.</summary>
    public ImmutableArray<StoredTensor> Tensors { get; }

    /// <summary>The texts of <c>__metadata__</c>.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <summary>A tensor by name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists what there is.</exception>
    public StoredTensor this[string name] => TryGet(name, out var tensor)
        ? tensor
        : throw new KeyNotFoundException(
            $"there is no tensor \"{name}\"; there is {string.Join(", ", Tensors.Select(known => $"\"{known.Name}\""))}");

    /// <summary>A tensor by name, if there is one.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out StoredTensor? tensor) => byName.TryGetValue(name, out tensor);

    /// <inheritdoc/>
    public bool Equals(SafeTensors? other) =>
        other is not null && Tensors.SequenceEqual(other.Tensors) && Metadata.SequenceEqual(other.Metadata);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SafeTensors);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tensors.Length, Metadata.Count);

    /// <summary>A table of the tensors.</summary>
    public override string ToString() => TextTable.Of(
        ["tensor", "type", "shape", "bytes"],
        [.. Tensors.Select(tensor =>
            new[] { tensor.Name, tensor.Type.Name, StoredTensor.Text(tensor.Shape),
                tensor.Bytes.Length.ToString("N0", CultureInfo.InvariantCulture) })]);
}
