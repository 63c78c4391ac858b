using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;

namespace FunctionalNN;

/// <summary>
/// All numbers of one kind in a network, in one flat run with named views: parameters, gradients, an optimizer's moments and running
/// statistics are all of this type. It never changes: <see cref="With"/> gives a changed copy.
/// </summary>
/// <example><c>model.Parameters["dense1", "weights"]</c> is a matrix that shares the vector's storage.</example>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ParameterVector<T> : IEquatable<ParameterVector<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Matrix<T>?[] views;

    internal ParameterVector(Layout layout, Block<T> block)
    {
        Layout = layout;
        Block = block;
        views = new Matrix<T>?[layout.Placements.Length];
    }

    /// <summary>A vector from its numbers.</summary>
    /// <exception cref="ArgumentException">The layout asks for another count.</exception>
    public ParameterVector(Layout layout, ReadOnlySpan<T> values)
        : this(layout, Block<T>.CopyOf(values))
    {
        if (values.Length != layout.Count)
        {
            throw new ArgumentException($"the layout takes {layout.Count} numbers, {values.Length} were given");
        }
    }

    /// <summary>Which layer's slot lies where.</summary>
    public Layout Layout { get; }

    /// <summary>All numbers, in the layout's order.</summary>
    public ReadOnlySpan<T> Values => Block.Span;

    /// <summary>How many numbers there are.</summary>
    public int Count => Block.Length;

    internal Block<T> Block { get; }

    /// <summary>One layer's slot, without a copy.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists what there is.</exception>
    public Matrix<T> this[string layer, string slot] => View(Layout.IndexOf(layer, slot));

    /// <summary>√Σx².</summary>
    public double Norm => Math.Sqrt(Dot(this));

    /// <summary>The slot at a position of the layout, without a copy.</summary>
    public Matrix<T> View(int index) => views[index] ?? NewView(index);

    /// <summary>The vector with one layer's slot replaced and all else unchanged.</summary>
    /// <exception cref="ArgumentException">The slot has another shape; the message gives both.</exception>
    public ParameterVector<T> With(string layer, string slot, Matrix<T> values)
    {
        var placement = Layout.Placements[Layout.IndexOf(layer, slot)];
        if (values.Rows != placement.Slot.Rows || values.Columns != placement.Slot.Columns)
        {
            throw new ArgumentException(
                $"[\"{layer}\", \"{slot}\"] is {placement.Slot.Rows} × {placement.Slot.Columns}, the new value is {values.Rows} × "
                    + $"{values.Columns}");
        }

        var copy = Block<T>.CopyOf(Values);
        values.Values.CopyTo(copy.Slice(placement.Offset, placement.Slot.Count).Span);
        return new ParameterVector<T>(Layout, copy);
    }

    /// <summary>f of every number.</summary>
    public ParameterVector<T> Map(Func<T, T> f)
    {
        var block = Block<T>.Allocate(Count);
        for (var i = 0; i < Count; i++)
        {
            block.Span[i] = f(Values[i]);
        }

        return new ParameterVector<T>(Layout, block);
    }

    /// <summary>f of the numbers at the same place in both vectors.</summary>
    /// <exception cref="ArgumentException">The layouts differ.</exception>
    public ParameterVector<T> Zip(ParameterVector<T> other, Func<T, T, T> f)
    {
        Require(other);
        var block = Block<T>.Allocate(Count);
        for (var i = 0; i < Count; i++)
        {
            block.Span[i] = f(Values[i], other.Values[i]);
        }

        return new ParameterVector<T>(Layout, block);
    }

    /// <summary>Σ xᵢ·yᵢ, summed in double.</summary>
    public double Dot(ParameterVector<T> other)
    {
        Require(other);
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
        {
            sum += double.CreateSaturating(Values[i]) * double.CreateSaturating(other.Values[i]);
        }

        return sum;
    }

    /// <summary>The sum, number by number.</summary>
    public static ParameterVector<T> operator +(ParameterVector<T> left, ParameterVector<T> right) => left.Add(right);

    /// <summary>The difference, number by number.</summary>
    public static ParameterVector<T> operator -(ParameterVector<T> left, ParameterVector<T> right) => left.Subtract(right);

    /// <summary>Every number times a factor.</summary>
    public static ParameterVector<T> operator *(T factor, ParameterVector<T> vector) => vector.Multiply(factor);

    /// <summary>The sum, number by number.</summary>
    public ParameterVector<T> Add(ParameterVector<T> other) => Zip(other, (x, y) => x + y);

    /// <summary>The difference, number by number.</summary>
    public ParameterVector<T> Subtract(ParameterVector<T> other) => Zip(other, (x, y) => x - y);

    /// <summary>Every number times a factor.</summary>
    public ParameterVector<T> Multiply(T factor) => Map(x => factor * x);

    /// <inheritdoc/>
    public bool Equals(ParameterVector<T>? other) =>
        ReferenceEquals(this, other) || (other is not null && Layout.Equals(other.Layout) && Values.SequenceEqual(other.Values));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterVector<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Layout, Count > 0 ? Values[0] : default, Count > 0 ? Values[^1] : default);

    /// <summary>A table: each slot with its shape, mean, standard deviation, least and greatest number.</summary>
    public override string ToString() => TextTable.Of(
        ["slot", "shape", "count", "mean", "std", "min", "max"],
        [.. Layout.Placements.Select((p, i) => Row(p, View(i).Values))],
        total: ["total", "", Count.ToString("N0", CultureInfo.InvariantCulture), "", "", "", ""]);

    internal static ParameterVector<T> Zeros(Layout layout) => new(layout, Block<T>.Allocate(layout.Count));

    /// <summary>Zeros that a run may write to, at a fixed address.</summary>
    internal static ParameterVector<T> NewBuffer(Layout layout) => new(layout, Block<T>.AllocatePinned(layout.Count));

    /// <summary>A copy of numbers that a run goes on to change.</summary>
    internal ParameterVector<T> Copy() => Count == 0 ? this : new(Layout, Block<T>.CopyOf(Values));

    /// <summary>A copy that a run may write to, at a fixed address.</summary>
    internal ParameterVector<T> Thaw()
    {
        var block = Block<T>.AllocatePinned(Count, zeroed: false);
        Values.CopyTo(block.Span);
        return new ParameterVector<T>(Layout, block);
    }

    /// <summary>Views are made when first asked for; of two made at once either will do, as they are the same in all but
    /// identity.</summary>
    private Matrix<T> NewView(int index)
    {
        var (_, slot, offset) = Layout.Placements[index];
        return views[index] = new Matrix<T>(Block.Slice(offset, slot.Count), slot.Rows, slot.Columns);
    }

    private void Require(ParameterVector<T> other)
    {
        if (!Layout.Equals(other.Layout))
        {
            throw new ArgumentException(
                $"the vectors have different layouts:{Environment.NewLine}{Layout}{Environment.NewLine}and{Environment.NewLine}"
                    + $"{other.Layout}");
        }
    }

    private static string[] Row(Placement placement, ReadOnlySpan<T> values)
    {
        var mean = double.CreateSaturating(TensorPrimitives.Average(values));
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += Math.Pow(double.CreateSaturating(value) - mean, 2);
        }

        return
        [
            $"{placement.Layer}.{placement.Slot.Name}",
            $"{placement.Slot.Rows} × {placement.Slot.Columns}",
            values.Length.ToString("N0", CultureInfo.InvariantCulture),
            Short(mean),
            Short(Math.Sqrt(squares / values.Length)),
            Short(double.CreateSaturating(TensorPrimitives.Min(values))),
            Short(double.CreateSaturating(TensorPrimitives.Max(values))),
        ];
    }

    private static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
