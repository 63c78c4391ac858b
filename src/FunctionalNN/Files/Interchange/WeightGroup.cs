using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace FunctionalNN;

/// <summary>The arrays of one layer in another system's file.</summary>
/// <param name="Name">What the names of its arrays begin with: "0", "encoder.fc1", "dense_2".</param>
/// <param name="Arrays">Each array by the rest of its name, with its whole name.</param>
internal sealed partial record WeightGroup(string Name, ImmutableSortedDictionary<string, KeyValuePair<string, NumPyArray>> Arrays)
{
    /// <summary>The kind of layer here that takes such arrays, or null.</summary>
    public Type? Kind => (RankOf("weight"), RankOf("kernel")) switch
    {
        _ when Has("running_mean") || Has("moving_mean") => typeof(BatchNormalization),
        (2, null) or (null, 2) => typeof(Dense),
        (4, null) or (null, 4) => typeof(Convolution),
        (1, null) when Has("bias") => typeof(LayerNormalization),
        (1, null) => typeof(PRelu),
        (null, null) when Has("gamma") || Has("beta") => typeof(LayerNormalization),
        (null, null) when Has("alpha") => typeof(PRelu),
        (null, null) when Has("mean") && Has("variance") => typeof(Normalization),
        _ => null,
    };

    /// <summary>The shape that tells groups of one kind apart.</summary>
    public string Shape =>
        string.Join("; ",
            Arrays.Where(pair => pair.Key is not ("bias" or "beta" or "num_batches_tracked" or "count"))
                .Select(pair => pair.Value.Value.ToString()));

    /// <summary>The arrays by layer, in the order in which each layer's first array stands in the file.</summary>
    public static ImmutableArray<WeightGroup> Of(NumPyArchive archive, Dialect dialect)
    {
        var separator = dialect == Dialect.Keras ? '/' : '.';
        return
        [
            .. archive.Arrays
                .Select(pair => (Pair: pair, Name: dialect == Dialect.Keras ? VariableNumber().Replace(pair.Key, "") : pair.Key))
                .Select(array => (array.Pair, array.Name, Cut: array.Name.LastIndexOf(separator)))
                .GroupBy(array => array.Cut < 0 ? "" : array.Name[..array.Cut])
                .Select(group => new WeightGroup(group.Key, group
                    .GroupBy(array => array.Name[(array.Cut + 1)..])
                    .ToImmutableSortedDictionary(same => same.Key, same => same.First().Pair, StringComparer.Ordinal))),
        ];
    }

    /// <summary>Names that differ in nothing but numbers, in the order of these; null where they differ in more.</summary>
    public static IEnumerable<WeightGroup>? ByNumber(IReadOnlyCollection<WeightGroup> groups) =>
        groups.Select(group => Numbers().Replace(group.Name, "#")).Distinct().Count() == 1
            ? groups.OrderBy(group => Digits().Replace(group.Name, number => number.Value.PadLeft(20, '0')), StringComparer.Ordinal)
            : null;

    /// <summary>The name and what is in the group, for messages.</summary>
    public override string ToString() => $"'{Name}' ({string.Join(", ", Arrays.Keys)})";

    private bool Has(string part) => Arrays.ContainsKey(part);

    private int? RankOf(string part) => Arrays.TryGetValue(part, out var array) ? array.Value.Rank : null;

    [GeneratedRegex(":[0-9]+$")]
    private static partial Regex VariableNumber();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    /// <summary>One position, or positions of an nn.Sequential in an nn.Sequential.</summary>
    [GeneratedRegex(@"[0-9]+(\.[0-9]+)*")]
    private static partial Regex Numbers();
}
