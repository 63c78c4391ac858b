using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>An operator that runtimes know by name.</summary>
/// <param name="Name">Its name in ONNX.</param>
/// <param name="Settings">Its settings, by their names there.</param>
public sealed record NamedOperator(string Name, params ImmutableArray<(string Name, double Value)> Settings);
