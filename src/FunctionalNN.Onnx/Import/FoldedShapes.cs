using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>What moves numbers and computes none.</summary>
internal sealed partial record Folded
{
    private Folded? Reshaped(ImmutableArray<long> wanted)
    {
        var lengths = wanted.Select((length, i) => length == 0 && i < Shape.Length ? Shape[i] : length).ToArray();
        var known = lengths.Where(length => length != -1).Aggregate(1L, (product, length) => product * length);
        var free = Array.IndexOf(lengths, -1);
        if (free >= 0 && known > 0)
        {
            lengths[free] = Values.Length / known;
        }

        return lengths.All(length => length >= 0) && lengths.Aggregate(1L, (product, length) => product * length) == Values.Length
            ? With([.. lengths])
            : null;
    }

    /// <summary>One number as often as a shape says.</summary>
    private static Folded? Filled(NodeMessage node, Folded shape, ref long left)
    {
        var count = shape.Values.Aggregate(1.0, (product, length) => product * length);
        var value = node.Attributes is [{ Name: "value", IsTensor: true } given] ? given.Tensor! : null;
        return count is >= 0 and <= int.MaxValue && (left -= (long)count) >= 0 && value is null or { IsReadable: true, Count: 1 }
            ? new Folded([.. shape.Values.Select(length => (long)length)], [.. Enumerable.Repeat(value is null ? 0 : value[0], (int)count)],
                value?.DataType ?? TensorMessage.FloatType)
            : null;
    }

    /// <summary>Some rows, forwards or backwards.</summary>
    private Folded? Sliced(Folded starts, Folded ends, Folded axes, Folded steps)
    {
        if (Shape.IsEmpty || axes.Values is not [0] || starts.Values is not [var from] || ends.Values is not [var to]
            || steps.Values is not [1 or -1])
        {
            return null;
        }

        var (rows, isBack) = ((int)Shape[0], steps.Values[0] < 0);
        var row = Values.Length / Math.Max(1, rows);
        int At(double place, int least, int most) => (int)Math.Clamp(place < 0 ? place + rows : place, least, most);
        var (first, end) = isBack ? (At(from, -1, rows - 1), At(to, -1, rows - 1)) : (At(from, 0, rows), At(to, 0, rows));
        int[] places =
            [.. Enumerable.Range(0, Math.Max(0, isBack ? first - end : end - first)).Select(i => isBack ? first - i : first + i)];
        return new Folded(Shape.SetItem(0, places.Length), [.. places.SelectMany(place => Values.AsSpan(place * row, row).ToArray())],
            Type);
    }

    private Folded? Unsqueezed(ImmutableArray<long> axes)
    {
        var rank = Shape.Length + axes.Length;
        var places = axes.Select(axis => axis < 0 ? axis + rank : axis).ToHashSet();
        var next = 0;
        return places.Count == axes.Length && places.All(place => place >= 0 && place < rank)
            ? With([.. Enumerable.Range(0, rank).Select(i => places.Contains(i) ? 1 : Shape[next++])])
            : null;
    }

    private Folded? Transposed(ImmutableArray<long> order)
    {
        if (order.Length != Shape.Length || !order.Order().SequenceEqual(Enumerable.Range(0, Shape.Length).Select(i => (long)i)))
        {
            return null;
        }

        var strides = Strides(Shape);
        var shape = order.Select(axis => Shape[(int)axis]).ToImmutableArray();
        var steps = order.Select(axis => strides[axis]).ToArray();
        var values = new double[Values.Length];
        var outer = Strides(shape);
        for (var i = 0; i < values.Length; i++)
        {
            long rest = i, place = 0;
            for (var axis = 0; axis < steps.Length; axis++)
            {
                place += rest / outer[axis] * steps[axis];
                rest %= outer[axis];
            }

            values[i] = Values[place];
        }

        return new Folded(shape, values, Type);
    }

    private static Folded? Joined(Folded?[] parts, long axis, ref long left)
    {
        if (parts.Any(part => part is null || part.Shape.Length != parts[0]!.Shape.Length || part.Shape.Length == 0)
            || (left -= parts.Sum(part => (long)part!.Values.Length)) < 0)
        {
            return null;
        }

        var along = (int)(axis < 0 ? axis + parts[0]!.Shape.Length : axis);
        if (along < 0 || along >= parts[0]!.Shape.Length
            || parts.Any(part => part!.Shape.Index().Any(length => length.Index != along && length.Item != parts[0]!.Shape[length.Index])))
        {
            return null;
        }

        var blocks = parts[0]!.Shape.Take(along).Aggregate(1L, (product, length) => product * length);
        var values = new List<double>();
        for (var block = 0; block < blocks; block++)
        {
            foreach (var part in parts)
            {
                var length = part!.Values.Length / (int)Math.Max(1, blocks);
                values.AddRange(part.Values.AsSpan(block * length, length));
            }
        }

        return new Folded(parts[0]!.Shape.SetItem(along, parts.Sum(part => part!.Shape[along])), [.. values], parts[0]!.Type);
    }

    private Folded? Gathered(Folded indices, long axis, ref long left)
    {
        if (axis != 0 || Shape.IsEmpty || indices.Shape.Length > 1)
        {
            return null;
        }

        var row = Values.Length / (int)Math.Max(1, Shape[0]);
        var places = indices.Values.Select(index => (int)(index < 0 ? index + Shape[0] : index)).ToArray();
        return places.All(place => place >= 0 && place < Shape[0]) && (left -= (long)places.Length * row) >= 0
            ? new Folded([.. indices.Shape, .. Shape.Skip(1)], [.. places.SelectMany(place => Values.AsSpan(place * row, row).ToArray())],
                Type)
            : null;
    }
}
