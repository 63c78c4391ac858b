using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>What is painted of one state.</summary>
/// <param name="Layers">How each layer does; empty where that is not known.</param>
/// <param name="Figures">Pictures of the model, by the names of their places on the page.</param>
/// <param name="Problem">Why something is missing, or nothing.</param>
internal sealed record Painting(ImmutableArray<LayerVitals> Layers, ImmutableArray<(string Name, Figure Figure)> Figures, string Problem)
{
    public static Painting Empty { get; } = new([], [], "");
}
