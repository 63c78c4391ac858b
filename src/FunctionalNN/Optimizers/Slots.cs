using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// A choice among a network's parameter slots, by name: "dense1" is every slot of that layer, "dense1.weights" one slot, "*.bias" the
/// slot of that name in every layer. A string stands for the choice: <c>optimizer.Freeze("dense1")</c>. A layer or slot that is named must
/// be there; "*.bias" may fit nothing, so that one setting serves many networks.
/// </summary>
/// <param name="Patterns">A slot is chosen when one of them fits.</param>
public sealed record Slots(ImmutableArray<string> Patterns)
{
    /// <summary>What decay is usually kept from: biases, and the scales and shifts of normalisations.</summary>
    public static Slots BiasesAndScales { get; } = Of("*.bias", "*.gamma", "*.beta");

    /// <summary>The slots that one of the patterns fits.</summary>
    public static Slots Of(params ImmutableArray<string> patterns) => new(patterns);

    /// <summary>One pattern.</summary>
    public static implicit operator Slots(string pattern) => FromString(pattern);

    /// <summary>One pattern.</summary>
    public static Slots FromString(string pattern) => Of(pattern);

    /// <summary>Whether a slot is chosen.</summary>
    public bool Contains(Placement placement) => Patterns.Any(pattern => Fits(pattern, placement));

    /// <inheritdoc/>
    public bool Equals(Slots? other) => other is not null && Patterns.SequenceEqual(other.Patterns);

    /// <inheritdoc/>
    public override int GetHashCode() => Patterns.Aggregate(0, HashCode.Combine);

    /// <summary>The patterns.</summary>
    public override string ToString() => string.Join(", ", Patterns);

    /// <summary>The names that are not there: most likely misspelt.</summary>
    internal IEnumerable<string> Unknown(Layout layout) =>
        Patterns.Where(pattern => !IsWild(pattern) && !layout.Placements.Any(placement => Fits(pattern, placement)));

    private static bool IsWild(string pattern) => pattern.StartsWith("*.", StringComparison.Ordinal);

    private static bool Fits(string pattern, Placement placement)
    {
        var full = $"{placement.Layer}.{placement.Slot.Name}";
        return IsWild(pattern)
            ? full.EndsWith(pattern[1..], StringComparison.Ordinal)
            : full == pattern || full.StartsWith(pattern + ".", StringComparison.Ordinal);
    }
}
