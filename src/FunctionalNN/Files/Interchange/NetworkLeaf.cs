using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>A layer that has no layers in it, and where its numbers lie in a model.</summary>
/// <param name="Name">Its name, behind the names of the layers that it is in: "residual1.dense1".</param>
/// <param name="Place">Its position, counted from 0, behind the positions of the layers that it is in: "3.0", as PyTorch names
/// modules.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The width of what comes into it.</param>
/// <param name="FirstParameter">The index of its first parameter slot in the model.</param>
/// <param name="FirstStatistic">The index of its first statistics slot in the model.</param>
internal sealed record NetworkLeaf(string Name, string Place, Layer Layer, int Inputs, int FirstParameter, int FirstStatistic)
{
    /// <summary>Whether there are numbers in it.</summary>
    public bool HasNumbers => !Layer.Parameters(Inputs).IsEmpty || !Layer.Statistics(Inputs).IsEmpty;

    /// <summary>Name and kind, for messages.</summary>
    public override string ToString() => $"{Name} ({Layer.Kind})";

    /// <summary>A network's innermost layers, from the input to the output.</summary>
    public static ImmutableArray<NetworkLeaf> Of(Network network) => [.. Of(network.Plan, "", "", 0, 0)];

    private static IEnumerable<NetworkLeaf> Of(NetworkPlan plan, string name, string place, int firstParameter, int firstStatistic)
    {
        for (var i = 0; i < plan.Layers.Length; i++)
        {
            var leaf = new NetworkLeaf(
                name + plan.Names[i], $"{place}{i}", plan.Layers[i], plan.Widths[i], firstParameter + plan.FirstParameters[i],
                firstStatistic + plan.FirstStatistics[i]);
            var leaves = leaf.Layer.InnerPlan(leaf.Inputs) is not { } inner
                ? [leaf]
                : Of(inner, $"{leaf.Name}.", $"{leaf.Place}.", leaf.FirstParameter, leaf.FirstStatistic);
            foreach (var found in leaves)
            {
                yield return found;
            }
        }
    }
}
