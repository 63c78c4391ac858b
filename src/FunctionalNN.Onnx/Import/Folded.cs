using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>An array of numbers that constants are computed with, in double.</summary>
/// <param name="Shape">The lengths of its dimensions.</param>
/// <param name="Values">Its numbers, the last index running fastest.</param>
/// <param name="Type">The element type that the result is rounded to.</param>
internal sealed record Folded(ImmutableArray<long> Shape, double[] Values, long Type)
{
    public Folded(TensorMessage tensor)
        : this(tensor.Shape, [.. Enumerable.Range(0, tensor.Count).Select(i => tensor[i])], tensor.DataType)
    {
    }

    private bool IsReal => Type is TensorMessage.FloatType or TensorMessage.DoubleType or TensorMessage.HalfType or TensorMessage.BrainType;

    public TensorMessage ToTensor() => IsReal
        ? TensorMessage.Of("", Shape, Values, Type == TensorMessage.DoubleType)
        : TensorMessage.OfWholes("", Shape, [.. Values.Select(value => (long)value)]);

    /// <summary>The result of an operator, or null where it is none of those known here or does not fit.</summary>
    public static Folded? Of(NodeMessage node, Folded?[] inputs, ref long left)
    {
        var x = inputs[0]!;
        left -= inputs.Sum(input => (long)(input?.Values.Length ?? 0));
        return left < 0 ? null : (node.Operator, inputs) switch
        {
            ("Cast", [_]) => Whole(node, "to") is { } type ? x.To(type) : null,
            ("Transpose", [_]) =>
                x.Transposed(node.Attributes.FirstOrDefault(attribute => attribute.Name == "perm")?.WholeValues
                    ?? [.. Enumerable.Range(0, x.Shape.Length).Reverse().Select(i => (long)i)]),
            ("Reshape", [_, { } shape]) => x.Reshaped([.. shape.Values.Select(length => (long)length)]),
            ("Flatten", [_]) =>
                x.Reshaped(
                    [.. new[] { x.Shape.Take((int)(Whole(node, "axis") ?? 1)).Aggregate(1L, (product, length) => product * length), -1 }]),
            ("Squeeze", _) =>
                x.With([.. x.Shape.Index()
                    .Where(length => length.Item != 1
                        || (Axes(node, inputs) is { } axes && !axes.Contains(length.Index)
                            && !axes.Contains(length.Index - x.Shape.Length))).Select(length => length.Item)]),
            ("Unsqueeze", _) => Axes(node, inputs) is { } axes ? x.Unsqueezed(axes) : null,
            ("Concat", _) => Joined(inputs, Whole(node, "axis") ?? 0, ref left),
            ("Gather", [_, { } indices]) => x.Gathered(indices, Whole(node, "axis") ?? 0, ref left),
            ("Shape", [_]) => new Folded([x.Shape.Length], [.. x.Shape.Select(length => (double)length)], TensorMessage.Int64Type),
            ("Sqrt", [_]) => x.Map(Math.Sqrt),
            ("Neg", [_]) => x.Map(value => -value),
            ("Exp", [_]) => x.Map(Math.Exp),
            ("Log", [_]) => x.Map(Math.Log),
            ("Abs", [_]) => x.Map(Math.Abs),
            ("Reciprocal", [_]) => x.Map(value => 1 / value),
            ("Add" or "Sum", [_, { } y]) => Both(x, y, (a, b) => a + b, ref left),
            ("Sub", [_, { } y]) => Both(x, y, (a, b) => a - b, ref left),
            ("Mul", [_, { } y]) => Both(x, y, (a, b) => a * b, ref left),
            ("Div", [_, { } y]) => Both(x, y, x.IsReal ? (a, b) => a / b : (a, b) => Math.Truncate(a / b), ref left),
            ("Pow", [_, { } y]) => Both(x, y, Math.Pow, ref left),
            ("Max", [_, { } y]) => Both(x, y, Math.Max, ref left),
            ("Min", [_, { } y]) => Both(x, y, Math.Min, ref left),
            ("Max" or "Min" or "Sum", [_]) => x,
            ("ReduceSum", _) => x.Reduced(node, inputs, values => values.Sum()),
            ("ReduceMean", _) => x.Reduced(node, inputs, values => values.Average()),
            ("ReduceProd", _) => x.Reduced(node, inputs, values => values.Aggregate(1.0, (product, value) => product * value)),
            ("ReduceL2", _) => x.Reduced(node, inputs, values => Math.Sqrt(values.Sum(value => value * value))),
            ("MatMul", [_, { } y]) => x.Times(y, ref left),
            ("DequantizeLinear", [_, { } scale, ..]) => x.Dequantized(scale, inputs.ElementAtOrDefault(2), Whole(node, "axis") ?? 1),
            _ => null,
        };
    }

    private static long? Whole(NodeMessage node, string name) =>
        node.Attributes.FirstOrDefault(attribute => attribute.Name == name) is { IsWhole: true } found ? found.WholeValue : null;

    private static ImmutableArray<long>? Axes(NodeMessage node, Folded?[] inputs) =>
        inputs is [_, { } given] ? [.. given.Values.Select(axis => (long)axis)]
        : node.Attributes.FirstOrDefault(attribute => attribute.Name == "axes") is { } found ? found.WholeValues
        : null;

    private Folded With(ImmutableArray<long> shape) => this with { Shape = shape };

    private Folded Map(Func<double, double> f) => this with { Values = Array.ConvertAll(Values, value => f(value)) };

    private Folded? To(long type) =>
        type is TensorMessage.FloatType or TensorMessage.DoubleType or TensorMessage.HalfType
            ? this with
            {
                Type = type,
                Values = type == TensorMessage.FloatType ? Array.ConvertAll(Values, value => (double)(float)value) : Values
            }
        : type is TensorMessage.Int64Type or TensorMessage.Int32Type ? Map(Math.Truncate) with { Type = TensorMessage.Int64Type }
        : null;

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

    private static Folded? Both(Folded x, Folded y, Func<double, double, double> f, ref long left)
    {
        var rank = Math.Max(x.Shape.Length, y.Shape.Length);
        var shape = new long[rank];
        for (var axis = 0; axis < rank; axis++)
        {
            var (a, b) = (x.Length(axis - rank), y.Length(axis - rank));
            shape[axis] = a == 1 ? b : a;
            if (a != b && a != 1 && b != 1)
            {
                return null;
            }
        }

        var count =
            shape.Aggregate(1L, (product, length) => length > 0 && product > int.MaxValue / length ? int.MaxValue : product * length);
        if ((left -= count) < 0)
        {
            return null;
        }

        var values = new double[count];
        var outer = Strides([.. shape]);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = f(x.At(i, outer, rank), y.At(i, outer, rank));
        }

        return new Folded([.. shape], values, x.Type);
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

    private Folded? Reduced(NodeMessage node, Folded?[] inputs, Func<IEnumerable<double>, double> f)
    {
        var axes = Axes(node, inputs)?.Select(axis => (int)(axis < 0 ? axis + Shape.Length : axis)).ToHashSet()
            ?? [.. Enumerable.Range(0, Shape.Length)];
        if (axes.Any(axis => axis < 0 || axis >= Shape.Length) || Values.Length == 0)
        {
            return null;
        }

        var strides = Strides(Shape);
        var kept = Shape.Select((length, axis) => axes.Contains(axis) ? 1 : length).ToImmutableArray();
        var outer = Strides(kept);
        var groups = Values.Select((value, i) => (value, i)).GroupBy(
            pair => Enumerable.Range(0, Shape.Length)
                .Sum(axis => axes.Contains(axis) ? 0 : pair.i / strides[axis] % Shape[axis] * outer[axis]), pair => pair.value);
        var values = groups.OrderBy(group => group.Key).Select(group => f(group)).ToArray();
        return new Folded(Whole(node, "keepdims") == 0 ? [.. kept.Where((_, axis) => !axes.Contains(axis))] : kept, values, Type);
    }

    private Folded? Times(Folded y, ref long left)
    {
        if (Shape is not [var rows, var inner] || y.Shape is not [var same, var columns] || inner != same
            || rows * columns * Math.Max(1, inner) > int.MaxValue || (left -= rows * columns * Math.Max(1, inner)) < 0)
        {
            return null;
        }

        var values = new double[rows * columns];
        for (var i = 0; i < values.Length; i++)
        {
            for (var k = 0; k < inner; k++)
            {
                values[i] += Values[(i / columns * inner) + k] * y.Values[(k * columns) + (i % columns)];
            }
        }

        return new Folded([rows, columns], values, Type);
    }

    private Folded? Dequantized(Folded scale, Folded? zero, long axis)
    {
        var along = (int)(axis < 0 ? axis + Shape.Length : axis);
        var isSingle = scale.Values.Length == 1;
        if (!isSingle
            && (along < 0 || along >= Shape.Length || scale.Values.Length != Shape[along]
                || (zero is not null && zero.Values.Length != scale.Values.Length)))
        {
            return null;
        }

        var strides = Strides(Shape);
        return new Folded(Shape, [.. Values.Select((value, i) =>
        {
            var place = isSingle ? 0 : i / strides[along] % Shape[along];
            return (value - (zero is null ? 0 : zero.Values[zero.Values.Length == 1 ? 0 : place])) * scale.Values[place];
        })], scale.Type);
    }

    private long Length(int axisFromEnd) => Shape.Length + axisFromEnd is var axis && axis >= 0 ? Shape[axis] : 1;

    private double At(int index, long[] outer, int rank)
    {
        long rest = index, place = 0;
        var strides = Strides(Shape);
        for (var axis = 0; axis < rank; axis++)
        {
            var own = axis - rank + Shape.Length;
            place += own >= 0 && Shape[own] != 1 ? rest / outer[axis] * strides[own] : 0;
            rest %= outer[axis];
        }

        return Values[place];
    }

    private static long[] Strides(ImmutableArray<long> shape)
    {
        var strides = new long[shape.Length];
        for (var (axis, step) = (shape.Length - 1, 1L); axis >= 0; axis--)
        {
            strides[axis] = Math.Max(1, step);
            step *= shape[axis];
        }

        return strides;
    }
}
