using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// Layers that were read, placed on the images that come to them: from [n × channels × rows × columns] there to rows, columns, channels
/// here. Weights of a dense layer behind an image are put in the order of here.
/// </summary>
internal sealed class ImageFlow
{
    private readonly List<ImportedLayer> placed = [];
    private Shape shape;

    /// <summary>Whether channels lie last in the graph, behind a Transpose.</summary>
    private bool isLast;

    /// <summary>The image whose numbers rows have in the order of there; null where the orders are the same.</summary>
    private ImageSize? turned;
    private Padding? around;
    private NodeMessage? padded;

    private ImageFlow(Shape shape, bool isLast, ImageSize? turned) => (this.shape, this.isLast, this.turned) = (shape, isLast, turned);

    /// <summary>The size of the images that a graph takes.</summary>
    public static ImageSize InputOf(ValueMessage input) =>
        input.Shape is [_, { Length: >= 1 and { } channels }, { Length: >= 1 and { } height }, { Length: >= 1 and { } width }]
        && channels <= int.MaxValue && height <= int.MaxValue && width <= int.MaxValue
        && (double)channels * height * width <= Array.MaxLength
            ? new ImageSize((int)height, (int)width, (int)channels)
            : throw new OnnxFault(
                $"the input \"{input.Name}\" is {input.ShapeText}, expected n × channels × rows × columns in numbers: export the "
                    + $"model with "
                    + $"the size of its images fixed, only the count of rows free");

    /// <summary>The layers, each on what comes to it.</summary>
    public static List<ImportedLayer> Place(List<ImportedLayer> layers, ImageSize input)
    {
        var flow = new ImageFlow(input, isLast: false, turned: null);
        flow.Through(layers);
        return flow.shape.Image is null && flow.turned is not null
            || (flow.shape.Image is { } image && flow.isLast && !ImageLayout.IsSame(image))
            ? throw layers[^1].Node.Wrong("gives the numbers of images in another order than is read: end the model in the images, or in a "
                + "layer on their numbers")
            : flow.placed;
    }

    private void Through(List<ImportedLayer> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            if (layer.Around is { } zeros)
            {
                (around, padded) = around is null && shape.Image is not null && !isLast
                    ? (zeros, layer.Node)
                    : throw layer.Node.Wrong("pads what is no image, or twice");
            }
            else if (layer.Order is { } order)
            {
                Turn(layer, order);
            }
            else if (layer.Flattens)
            {
                // A dense layer needs no flatten.
                Flatten(layer, layers.Skip(i + 1).FirstOrDefault(next => next.Layer is not null || next.Step is not null)?.Layer is Dense);
            }
            else if (layer.Step is { } step)
            {
                while (i + 1 < layers.Count && layers[i + 1].Step is { } next)
                {
                    (step, i) = (step.Then(layer.Node, next), i + 1);
                }

                Scale(layer, step);
            }
            else if (layer.Branches is { } branches)
            {
                Add(Around(layer, branches));
            }
            else if (layer.Layer is not null)
            {
                Add(Fitted(layer));
            }
        }

        if (around is not null)
        {
            throw padded!.Wrong("pads in front of something else than a convolution or a mean");
        }
    }

    private void Turn(ImportedLayer layer, ImmutableArray<long> order)
    {
        var (isToLast, isToFirst) = (order.SequenceEqual([0L, 2, 3, 1]), order.SequenceEqual([0L, 3, 1, 2]));
        if (shape.Image is null || !(isLast ? isToFirst : isToLast))
        {
            throw layer.Node.Wrong($"orders axes as {string.Join(", ", order)}: only channels to the end of images and back are read");
        }

        isLast = !isLast;
    }

    private void Flatten(ImportedLayer layer, bool isBeforeDense)
    {
        if (layer.Inputs is { } width && width != shape.Width && width > 1)
        {
            throw layer.Node.Wrong($"makes rows of {width}, but {shape} come in");
        }

        if (shape.Image is { } image)
        {
            turned = isLast || ImageLayout.IsSame(image) ? null : image;
            isLast = false;
            if (isBeforeDense)
            {
                shape = shape.Width;
            }
            else
            {
                Add(new ImportedLayer(layer.Node, new Flatten()));
            }
        }
    }

    /// <summary>scale·x + shift: into the layer before, at the beginning a normalisation, else a 1 × 1 convolution of each channel by
    /// itself.</summary>
    private void Scale(ImportedLayer layer, AffineStep step)
    {
        var before = placed.FindLastIndex(one => one.Layer is not null);
        if (shape.Image is not { } image)
        {
            var width = shape.Width;
            var turn = turned;
            placed.AddRange(
                AffineStep.Fold([layer with { Step = step.Ordered(layer.Node, width, turn is { } size ? ImageLayout.Places(size) : null) }],
                width));
            return;
        }

        var channels = step.Of(layer.Node, image.Channels, isLast);
        if (before >= 0 && before == placed.Count - 1 && placed[before].Layer is Convolution)
        {
            placed[before] = channels.Behind(placed[before], layer.Node, image.Channels);
        }
        else
        {
            Add(channels.AloneOnChannels(layer.Node, image.Channels, before < 0));
        }
    }

    private ImportedLayer Around(ImportedLayer layer, (List<ImportedLayer> Inner, List<ImportedLayer> Way) branches)
    {
        var (inner, way) = (new ImageFlow(shape, isLast, turned), new ImageFlow(shape, isLast, turned));
        inner.Through(branches.Inner);
        way.Through(branches.Way);
        if (inner.shape != way.shape || inner.turned != way.turned || inner.isLast != way.isLast)
        {
            throw layer.Node.Wrong($"adds {inner.shape} and {way.shape}, expected the same shape");
        }

        if (inner.turned != turned || inner.isLast != isLast)
        {
            throw layer.Node.Wrong("lies around layers that make rows of images: only a residual on images or on rows is read");
        }

        return ChainReader.Residual(layer.Node, inner.placed, way.placed);
    }

    private ImportedLayer Fitted(ImportedLayer layer)
    {
        var node = layer.Node;
        if (shape.Image is { } image)
        {
            if (layer.Channels is { } wanted && wanted != image.Channels)
            {
                throw node.Wrong($"takes images of {wanted} channels, but {image} come in");
            }

            if (isLast && layer.Layer is ImageLayer or BatchNormalization or PRelu && !ImageLayout.IsSame(image))
            {
                throw node.Wrong("takes images whose channels lie last: only layer normalisation is read there");
            }

            if (layer.Layer is Softmax or LogSoftmax or Dense || (layer.Layer is LayerNormalization && !isLast))
            {
                throw node.Wrong(
                    $"works along the columns or channels of images of {image}: only rows of numbers behind a Flatten are read "
                    + $"there, and layer normalisation between Transposes that bring the channels to the end");
            }

            if (layer.Inputs is { } columns && columns != image.Channels)
            {
                throw node.Wrong($"has constants for {columns}, but images of {image.Channels} channels come in");
            }
        }
        else if (layer.Inputs is { } columns && columns != shape.Width)
        {
            throw node.Wrong($"takes {columns} columns, but {shape.Width} come in");
        }

        return Zeros(turned is { } size ? RowOrder.Of(layer, size) : layer);
    }

    private ImportedLayer Zeros(ImportedLayer layer)
    {
        if (around is not { } zeros)
        {
            return layer;
        }

        around = null;
        return layer.Layer switch
        {
            Convolution { Padding.IsSame: false } convolution =>
                layer with { Layer = convolution with { Padding = Sum(zeros, convolution) } },
            AveragePooling { IncludesPartialWindows: false } mean when mean.Padding == Padding.Valid =>
                layer with { Layer = mean with { Padding = zeros, CountsPadding = true } },
            _ => throw padded!.Wrong("pads in front of something else than a convolution or a mean"),
        };
    }

    private static Padding Sum(Padding zeros, Convolution layer) => Padding.Of(zeros.Top + layer.Padding.Top,
        zeros.Bottom + layer.Padding.Bottom, zeros.Left + layer.Padding.Left, zeros.Right + layer.Padding.Right);

    private void Add(ImportedLayer layer)
    {
        var made = shape.Image is { } image ? Network.Create(image, layer.Layer!) : Network.Create(shape.Width, layer.Layer!);
        var next = made.Match(network => network.Shapes[^1],
            errors => throw layer.Node.Wrong(string.Join("; ", errors.Map(error => error.Message))));
        if (layer.Layer is Dense)
        {
            turned = null;
        }

        shape = next;
        placed.Add(layer);
    }
}
