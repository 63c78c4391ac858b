using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <summary>Which of a file's arrays go into which layer. Everything that does not fit is collected.</summary>
/// <param name="archive">The arrays.</param>
/// <param name="dialect">The system that wrote them.</param>
/// <param name="isOrdered">Whether the order of the arrays says anything.</param>
/// <param name="mistakes">Takes what is wrong.</param>
internal sealed class WeightMatching(NumPyArchive archive, Dialect dialect, bool isOrdered, List<string> mistakes)
{
    /// <summary>For each layer that has numbers its arrays.</summary>
    public IEnumerable<(NetworkLeaf Leaf, WeightGroup Group)> Match(ImmutableArray<NetworkLeaf> leaves,
        IReadOnlyDictionary<string, string> names)
    {
        if (dialect == Dialect.Keras && names.Count == 0 && archive.Names.All(name => NumberOf(name) is not null))
        {
            return ByPosition(leaves);
        }

        var groups = WeightGroup.Of(archive, dialect);
        var named = Named(leaves, groups, names);
        leaves = leaves.RemoveAll(leaf => names.ContainsKey(leaf.Name));
        groups = groups.RemoveAll(group => names.Values.Contains(group.Name));
        foreach (var group in groups.Where(group => group.Kind is null))
        {
            mistakes.Add(
                $"{group} of {archive.Origin} belongs to no layer that there is here: dense layers, convolutions of images, batch and "
                    + $"layer normalisation and PReLU can be read");
        }

        var kinds = leaves.Select(leaf => leaf.Layer.GetType()).Concat(groups.Select(group => group.Kind).OfType<Type>()).Distinct();
        return [.. named,
            .. kinds.SelectMany(kind =>
                OfKind(kind, [.. leaves.Where(leaf => leaf.Layer.GetType() == kind)], [.. groups.Where(group => group.Kind == kind)]))];
    }

    private List<(NetworkLeaf, WeightGroup)> Named(ImmutableArray<NetworkLeaf> leaves, ImmutableArray<WeightGroup> groups,
        IReadOnlyDictionary<string, string> names)
    {
        var found = new List<(NetworkLeaf, WeightGroup)>();
        foreach (var (layer, name) in names)
        {
            var leaf = leaves.FirstOrDefault(leaf => leaf.Name == layer);
            var group = groups.FirstOrDefault(group => group.Name == name);
            if (leaf is null)
            {
                mistakes.Add(
                    $"the names give '{name}' to the layer '{layer}', which is not there or has no numbers; there is "
                        + $"{string.Join(", ", leaves.Select(known => known.Name))}");
            }
            else if (group is null)
            {
                mistakes.Add(
                    $"the names give '{name}' to {leaf}, but no arrays of {archive.Origin} are called so; there is "
                        + $"{string.Join(", ", groups)}");
            }
            else
            {
                found.Add((leaf, group));
            }
        }

        return found;
    }

    private IEnumerable<(NetworkLeaf, WeightGroup)> OfKind(Type kind, NetworkLeaf[] leaves, WeightGroup[] groups)
    {
        if (leaves.Length != groups.Length)
        {
            mistakes.Add(
                $"the network has {leaves.Length} {kind.Name} ({Listed(leaves.Select(leaf => leaf.Name))}), {archive.Origin} has arrays "
                    + $"for {groups.Length} ({Listed(groups.Select(group => $"'{group.Name}'"))}): give the network the layers of the "
                    + $"original");
            return [];
        }

        if (leaves.All(leaf => groups.Any(group => group.Name == leaf.Name)))
        {
            return leaves.Select(leaf => (leaf, groups.First(group => group.Name == leaf.Name)));
        }

        if (isOrdered)
        {
            return leaves.Zip(groups);
        }

        if (WeightGroup.ByNumber(groups) is { } byNumber)
        {
            return leaves.Zip(byNumber);
        }

        if (groups.Select(group => group.Shape).Distinct().Count() == groups.Length)
        {
            return ByShape(leaves, groups);
        }

        mistakes.Add(
            $"which of the {kind.Name} {Listed(leaves.Select(leaf => leaf.Name))} takes which of "
                + $"{Listed(groups.Select(group => $"'{group.Name}'"))} cannot be told from order or shape: say it by names, such as "
                + $"names: new Dictionary<string, string> {{ [\"{leaves[0].Name}\"] = \"{groups[0].Name}\" }}");
        return [];
    }

    private IEnumerable<(NetworkLeaf, WeightGroup)> ByShape(NetworkLeaf[] leaves, WeightGroup[] groups)
    {
        foreach (var leaf in leaves)
        {
            var fitting =
                groups.Where(group =>
                    WeightPart.Of(leaf, dialect)?.All(part => !group.Arrays.TryGetValue(part.Name, out var array)
                        || WeightImport.Fits(part, array.Value)) == true).ToArray();
            if (fitting is [var only])
            {
                yield return (leaf, only);
            }
            else
            {
                mistakes.Add(
                    $"{fitting.Length} of {Listed(groups.Select(group => $"{group} {group.Shape}"))} have the shape of {leaf}, "
                        + $"{leaf.Inputs} inputs wide: say by names which it takes");
            }
        }
    }

    /// <summary>
    /// Keras' get_weights() without names: each layer's arrays one after the other. A dense layer or convolution without a bias has one
    /// less; all have it, none, or none before a batch normalisation, whichever the count of arrays says.
    /// </summary>
    private IEnumerable<(NetworkLeaf, WeightGroup)> ByPosition(ImmutableArray<NetworkLeaf> leaves)
    {
        var arrays = archive.Arrays.OrderBy(pair => NumberOf(pair.Key)).ToArray();
        var parts = leaves.Select(leaf => WeightPart.Of(leaf, dialect) ?? []).ToArray();
        var dense = Enumerable.Range(0, leaves.Length).Where(i => leaves[i].Layer is Dense or Convolution).ToHashSet();
        var beforeBatch = dense.Where(i => i + 1 < leaves.Length && leaves[i + 1].Layer is BatchNormalization).ToHashSet();
        var counts = new[] { new System.Collections.Generic.HashSet<int>(), dense, beforeBatch };
        var unbiased = Array.Find(counts, without => parts.Sum(list => list.Length) - without.Count == arrays.Length);
        if (unbiased is null)
        {
            mistakes.Add(
                $"{archive.Origin} has {arrays.Length} arrays, the network's layers take {parts.Sum(list => list.Length)} ("
                    + $"{string.Join(", ", leaves.Select((leaf, i) => $"{leaf.Name} {parts[i].Length}"))}): give the network the layers of "
                    + $"the original");
            yield break;
        }

        var next = 0;
        for (var i = 0; i < leaves.Length; i++)
        {
            var names = parts[i].Where(part => part.Name != "bias" || !unbiased.Contains(i)).Select(part => part.Name).ToArray();
            var taken = names.Zip(arrays.AsSpan(next, names.Length).ToArray(), KeyValuePair.Create);
            yield return (leaves[i], new WeightGroup(leaves[i].Name, taken.ToImmutableSortedDictionary(StringComparer.Ordinal)));
            next += names.Length;
        }
    }

    /// <summary>The number of an array that numpy.savez was given without a name: arr_12.</summary>
    private static int? NumberOf(string name) =>
        name.StartsWith("arr_", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));
}
