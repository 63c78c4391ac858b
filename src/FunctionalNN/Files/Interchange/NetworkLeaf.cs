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

    /// <summary>The channels of the images that come in.</summary>
    public int Channels => Images?.Channels ?? Inputs;

    /// <summary>Name and kind, for messages.</summary>
    public override string ToString() => $"{Name} ({Layer.Kind})";

    /// <summary>The size of the images that it is behind: those that come in, or whose numbers come in as rows; null where there are
    /// none.</summary>
    public ImageSize? Images { get; private init; }

    /// <summary>A network's innermost layers, from the input to the output.</summary>
    public static ImmutableArray<NetworkLeaf> Of(Network network) => [.. Of(network.Plan, "", "", 0, 0)];

    private static IEnumerable<NetworkLeaf> Of(NetworkPlan plan, string name, string place, int firstParameter, int firstStatistic)
    {
        ImageSize? images = null;
        for (var i = 0; i < plan.Layers.Length; i++)
        {
            images = plan.Shapes[i].Image ?? images;
            var leaf = new NetworkLeaf(
                name + plan.Names[i], $"{place}{i}", plan.Layers[i], plan.Widths[i], firstParameter + plan.FirstParameters[i],
                firstStatistic + plan.FirstStatistics[i])
            { Images = images };
            foreach (var found in Inside(leaf))
            {
                yield return found;
            }

            images = plan.Widths[i + 1] == plan.Widths[i] && plan.Layers[i] is not Dense ? images : null;
        }
    }

    private static IEnumerable<NetworkLeaf> Inside(NetworkLeaf leaf) => leaf.Layer switch
    {
        PerChannel columns => [leaf with { Layer = columns.Inner, Inputs = columns.Image.Channels, Images = null }],
        Residual { Projection: { } projection } residual when residual.Around.PlanFor(leaf.Inputs) is var inner =>
        [
            .. Of(inner, $"{leaf.Name}.", $"{leaf.Place}.", leaf.FirstParameter, leaf.FirstStatistic),
            .. Inside(leaf with
            {
                Name = $"{leaf.Name}.projection", Place = $"{leaf.Place}.projection", Layer = projection,
                FirstParameter = leaf.FirstParameter + inner.FirstParameters[^1],
                FirstStatistic = leaf.FirstStatistic + inner.FirstStatistics[^1],
            }),
        ],
        _ => leaf.Layer.InnerPlan(leaf.Inputs) is { } inner
            ? Of(inner, $"{leaf.Name}.", $"{leaf.Place}.", leaf.FirstParameter, leaf.FirstStatistic)
            : [leaf],
    };
}
