using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>An operator that runtimes know by name.</summary>
/// <param name="Name">Its name in ONNX.</param>
/// <param name="Settings">Its settings, by their names there.</param>
public sealed record NamedOperator(string Name, params ImmutableArray<(string Name, double Value)> Settings)
{
    /// <inheritdoc/>
    public bool Equals(NamedOperator? other) =>
        other is not null && Name == other.Name && Settings.AsSpan().SequenceEqual(other.Settings.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Settings.Length);

    /// <summary>For example LeakyRelu(alpha = 0.01).</summary>
    public override string ToString() => Settings.IsEmpty
        ? Name
        : $"{Name}({string.Join(", ", Settings.Select(setting => $"{setting.Name} = {setting.Value}"))})";
}
