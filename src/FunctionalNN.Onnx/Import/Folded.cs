using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>An array of numbers that constants are computed with, in double.</summary>
/// <param name="Shape">The lengths of its dimensions.</param>
/// <param name="Values">Its numbers, the last index running fastest.</param>
/// <param name="Type">The element type that the result is rounded to.</param>
internal sealed partial record Folded(ImmutableArray<long> Shape, double[] Values, long Type)
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
            ("ConstantOfShape", [_]) => Filled(node, x, ref left),
            ("Slice", [_, { } starts, { } ends, { } axes, { } steps]) => x.Sliced(starts, ends, axes, steps),
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

    /// <summary>The product of matrices; one row or one column may be a vector.</summary>
    private Folded? Times(Folded y, ref long left)
    {
        var (a, b) = (Shape.Length == 1 ? [1, .. Shape] : Shape, y.Shape.Length == 1 ? [.. y.Shape, 1] : y.Shape);
        if (a is not [var rows, var inner] || b is not [var same, var columns] || inner != same
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

        return new Folded([.. Shape[..^1], .. y.Shape.Length == 1 ? [] : y.Shape[1..]], values, Type);
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
