using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>What follows from a network's description: widths, names, and where each layer's slots lie.</summary>
internal sealed class NetworkPlan
{
    private NetworkPlan(ImmutableArray<Layer> described, ImmutableArray<Layer> layers, ImmutableArray<Shape> shapes,
        ImmutableArray<string> names)
    {
        Input = shapes[0];
        Described = described;
        Layers = layers;
        Shapes = shapes;
        Names = names;
        ImmutableArray<int> widths = [.. shapes.Select(shape => shape.Width)];
        Widths = widths;
        var parameters = layers.Select((layer, i) => layer.Parameters(widths[i])).ToArray();
        var statistics = layers.Select((layer, i) => layer.Statistics(widths[i])).ToArray();
        Parameters = new Layout(parameters.SelectMany((slots, i) => slots.Select(slot => (names[i], slot))));
        Statistics = new Layout(statistics.SelectMany((slots, i) => slots.Select(slot => (names[i], slot))));
        FirstParameters = Positions(parameters.Select(slots => slots.Length));
        FirstStatistics = Positions(statistics.Select(slots => slots.Length));
        Offsets = Positions(parameters.Select(slots => slots.Sum(slot => slot.Count)));
        FirstTrained = System.Array.FindIndex(parameters, slots => slots.Length > 0);
        MinRows = layers.Max(layer => layer.MinRows);
        Penalized =
            [.. Parameters.Placements.Select((placement, i) => (placement, i)).Where(p => !p.placement.Slot.Penalty.IsNone)
                .Select(p => p.i)];
    }

    /// <summary>The shape of the input.</summary>
    public Shape Input { get; }

    public int Inputs => Input.Width;

    /// <summary>The layers as they were given.</summary>
    public ImmutableArray<Layer> Described { get; }

    /// <summary>The layers, each made on the shape of its input.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <summary>The shape before each layer, and at the end.</summary>
    public ImmutableArray<Shape> Shapes { get; }

    /// <summary>The width before each layer, and at the end.</summary>
    public ImmutableArray<int> Widths { get; }

    public ImmutableArray<string> Names { get; }

    public Layout Parameters { get; }

    public Layout Statistics { get; }

    /// <summary>For each layer, and at the end, the number of parameter slots before it.</summary>
    public ImmutableArray<int> FirstParameters { get; }

    /// <summary>For each layer, and at the end, the number of statistics slots before it.</summary>
    public ImmutableArray<int> FirstStatistics { get; }

    /// <summary>For each layer, and at the end, the count of parameters before it.</summary>
    public ImmutableArray<int> Offsets { get; }

    /// <summary>The first layer with parameters: the backward pass ends there. −1 when there is none.</summary>
    public int FirstTrained { get; }

    public int MinRows { get; }

    /// <summary>The slots that add to the loss.</summary>
    public ImmutableArray<int> Penalized { get; }

    /// <summary>The layers, those inside of layers included.</summary>
    public IEnumerable<Layer> AllLayers =>
        Layers.SelectMany((layer, i) => layer.InnerPlan(Widths[i]) is { } inner ? inner.AllLayers.Prepend(layer) : [layer]);

    public static Validation<Error, NetworkPlan> Of(Shape input, ImmutableArray<Layer> layers)
    {
        var errors = new List<string>();
        if (input.Image is { } image && (image.Height < 1 || image.Width < 1 || image.Channels < 1 || image.Count > Array.MaxLength))
        {
            errors.Add(
                $"the network takes images of {image.Height} × {image.Width} × {image.Channels}: give 1 or more of each, and no more "
                + $"numbers together than fit an array");
            input = 1;
        }
        else if (input.Width < 1)
        {
            errors.Add($"the network has {input.Width} inputs: give 1 or more, one for each column of the data");
        }

        if (layers.IsDefaultOrEmpty)
        {
            errors.Add("the network has no layers: give at least one, such as Dense(1)");
            return Failed(errors);
        }

        var missing = Enumerable.Range(0, layers.Length).Where(i => layers[i] is null).ToArray();
        if (missing.Length > 0)
        {
            errors.AddRange(missing.Select(i => $"layer {i + 1} is null: give a layer"));
            return Failed(errors);
        }

        var names = NamesOf(layers);
        var shapes = ImmutableArray.CreateBuilder<Shape>();
        var placed = ImmutableArray.CreateBuilder<Layer>();
        shapes.Add(input.Width < 1 ? 1 : input);
        for (var i = 0; i < layers.Length; i++)
        {
            var (position, kind, before) = (i + 1, layers[i].Kind, shapes[i]);
            placed.Add(layers[i].Placed(before));
            shapes.Add(placed[i].OutputShape(before).Match(
                shape => shape,
                found =>
                {
                    errors.AddRange(found.Map(error =>
                        $"layer {position} ({kind}), input {(before.Image is null ? "width " : "")}{before}: {error.Message}"));
                    return before;
                }));
        }

        errors.AddRange(names.Select((name, i) => (name, i)).GroupBy(p => p.name).Where(group => group.Count() > 1)
            .Select(group =>
                $"layers {string.Join(" and ", group.Select(p => p.i + 1))} are both named \"{group.Key}\": give each a Name of its own"));
        if (errors.Count == 0 && TotalOf(placed, shapes) is var total && total > Array.MaxLength)
        {
            errors.Add($"the layers' {total} parameters together do not fit an array: make the network narrower");
        }

        return errors.Count > 0
            ? Failed(errors)
            : Validation<Error, NetworkPlan>.Success(new NetworkPlan(layers, placed.ToImmutable(), shapes.ToImmutable(), names));
    }

    private static long TotalOf(ImmutableArray<Layer>.Builder layers, ImmutableArray<Shape>.Builder shapes) =>
        layers.Select((layer, i) => layer.Parameters(shapes[i].Width).Sum(slot => (long)slot.Rows * slot.Columns)).Sum();

    private static Validation<Error, NetworkPlan> Failed(List<string> errors) =>
        Validation<Error, NetworkPlan>.Fail(LanguageExt.Seq.createRange(errors.Select(Error.New)));

    private static ImmutableArray<string> NamesOf(ImmutableArray<Layer> layers)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. layers.Select(layer => layer.Name
            ?? $"{char.ToLowerInvariant(layer.Kind[0])}{layer.Kind[1..]}{counts[layer.Kind] = counts.GetValueOrDefault(layer.Kind) + 1}")];
    }

    private static ImmutableArray<int> Positions(IEnumerable<int> counts)
    {
        var positions = ImmutableArray.CreateBuilder<int>();
        var sum = 0;
        foreach (var count in counts)
        {
            positions.Add(sum);
            sum = checked(sum + count);
        }

        positions.Add(sum);
        return positions.ToImmutable();
    }
}
