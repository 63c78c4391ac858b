namespace FunctionalNN;

/// <summary>The numbers for a slot, in the slot's order.</summary>
/// <param name="Count">How many.</param>
/// <param name="At">A number by its place.</param>
internal sealed record Numbers(int Count, Func<int, double> At)
{
    public static Numbers Of(TensorMessage tensor) => new(tensor.Count, i => tensor[i]);

    public static Numbers Filled(int count, double value) => new(count, _ => value);
}

/// <summary>What some nodes mean: a layer with its numbers, or nothing where they leave the numbers as they are.</summary>
/// <param name="Node">The node that the output comes from, for messages.</param>
/// <param name="Layer">The layer, or null.</param>
internal sealed record ImportedLayer(NodeMessage Node, Layer? Layer)
{
    /// <summary>The width that its constants need, where they need one.</summary>
    public int? Inputs { get; init; }

    /// <summary>The width that it gives; null where it keeps the input's.</summary>
    public int? Outputs { get; init; }

    public Numbers[] Parameters { get; init; } = [];

    public Numbers[] Statistics { get; init; } = [];

    /// <summary>A step with constants that is yet to go into a dense layer beside it.</summary>
    public AffineStep? Step { get; init; }

    /// <summary>Whether it is (0, z) of z: the first half of a softmax of two classes.</summary>
    public bool Expands { get; init; }

    /// <summary>The channels that it takes, where it takes images.</summary>
    public int? Channels { get; init; }

    /// <summary>Zeros around the images that come.</summary>
    public Padding? Around { get; init; }

    /// <summary>The axes in a new order.</summary>
    public System.Collections.Immutable.ImmutableArray<long>? Order { get; init; }

    /// <summary>The layers on both sides of a sum that are yet to be placed on images.</summary>
    public (List<ImportedLayer> Inner, List<ImportedLayer> Way)? Branches { get; init; }

    /// <summary>Whether it is a layer on images, or has one.</summary>
    public bool IsOfImages => Layer is ImageLayer || Around is not null || Order is not null
        || Branches is { } branches && branches.Inner.Concat(branches.Way).Any(layer => layer.IsOfImages);

    /// <summary>Whether it takes inputs of any rank to rows.</summary>
    public bool Flattens { get; init; }
}
