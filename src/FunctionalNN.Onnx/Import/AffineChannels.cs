namespace FunctionalNN;

/// <summary>Steps on images, and on rows that were images.</summary>
internal sealed partial record AffineStep
{
    /// <summary>The step with constants for rows in the order of here.</summary>
    public AffineStep Ordered(NodeMessage node, int width, int[]? places)
    {
        Require(node, Width ?? width);
        if (places is null || Width != places.Length)
        {
            return this;
        }

        var inverse = new int[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            inverse[places[i]] = i;
        }

        return new AffineStep(new Numbers(places.Length, i => At(Scale, inverse[i])),
            new Numbers(places.Length, i => At(Shift, inverse[i])));
    }

    /// <summary>The step for the channels of images.</summary>
    public AffineStep Of(NodeMessage node, int channels, bool isLast)
    {
        if (Width is { } own && (IsOfChannels ? isLast : !isLast))
        {
            throw node.Wrong($"scales or shifts by {own} numbers along another axis than the channels of images");
        }

        Require(node, channels);
        return this;
    }

    /// <summary>A normalisation of channels at the beginning, else a 1 × 1 convolution of each channel by itself.</summary>
    public ImportedLayer AloneOnChannels(NodeMessage node, int channels, bool isFirst) =>
        isFirst && Enumerable.Range(0, channels).All(i => At(Scale, i) is >= MinScale and <= GreatestScale)
            ? Alone(node, channels, isFirst)
            : new ImportedLayer(node, new Convolution(channels, 1) { Groups = channels })
            {
                Channels = channels,
                Parameters = [new Numbers(channels, i => At(Scale, i)), new Numbers(channels, i => At(Shift, i))],
            };

    private static Numbers? Reals(NodeSettings settings, string name) =>
        settings.Reals(name) is { Length: > 0 } reals ? new Numbers(reals.Length, i => reals[i]) : null;
}
