using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>Shapes that a graph computes, as exporters write <c>x.view(x.size(0), -1)</c>: Shape, Gather, Unsqueeze, Concat.</summary>
internal static class ShapeVector
{
    /// <summary>Stands for the count of rows, which stays free.</summary>
    public const long Rows = -2;

    private const int MaxNested = 64;

    /// <summary>The lengths, <see cref="Rows"/> for that of the rows, −1 and 0 as in the file, null for one that is not known; null where
    /// the value is no shape.</summary>
    public static ImmutableArray<long?>? Of(GraphIndex graph, string value, int depth = MaxNested)
    {
        if (graph.Constant(value) is { } constant)
        {
            return constant is { IsReadable: true, IsReal: false, Shape.Length: <= 1 }
                ? [.. Enumerable.Range(0, constant.Count).Select(i => (long?)constant.Integer(i))]
                : null;
        }

        if (depth == 0 || !graph.Knows(value) || graph.Maker(value) is not { Domain: "", Inputs: [{ Length: > 0 } first, ..] } node)
        {
            return null;
        }

        ImmutableArray<long?>? Input(int i) => i < node.Inputs.Length ? Of(graph, node.Inputs[i], depth - 1) : null;
        switch (node.Operator)
        {
            case "Shape":
                var isInput = first == graph.Input.Name;
                return isInput && graph.Input.Shape is { } shape
                    ? [Rows, .. shape.Skip(1).Select(dimension => dimension.Length)]
                    : [Rows, .. Enumerable.Repeat<long?>(null, MaxNested)];
            case "Identity" or "Cast" or "Squeeze" or "Unsqueeze":
                return Input(0);
            case "Gather"
                when Input(0) is { } all && Input(1) is { } places
                    && places.All(place => place is { } at && at < all.Length && at >= -all.Length):
                return [.. places.Select(place => all[(int)(place!.Value < 0 ? place.Value + all.Length : place.Value)])];
            case "Slice" when Input(0) is { } all && Input(1) is [{ } from] && Input(2) is [{ } to] && from >= 0:
                return [.. all.Skip((int)Math.Min(from, all.Length))
                    .Take((int)Math.Clamp((to < 0 ? to + all.Length : to) - from, 0, all.Length))];
            case "Concat":
                var parts = Enumerable.Range(0, node.Inputs.Length).Select(Input).ToArray();
                return parts.All(part => part is { Length: <= MaxNested }) ? [.. parts.SelectMany(part => part!.Value)] : null;
            case "Mul" when Input(0) is [{ } a] && Input(1) is [{ } b] && a > 0 && b > 0:
                return [a * b];
            default:
                return null;
        }
    }
}
