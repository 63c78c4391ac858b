using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>For each row the number of its class, 0 … <see cref="Classes"/> − 1.</summary>
public sealed class ClassLabels : Targets, IEquatable<ClassLabels>
{
    private readonly int[] labels;

    /// <summary>Labels from class numbers.</summary>
    /// <param name="labels">One number a row.</param>
    /// <param name="classes">The number of classes, 1 or more.</param>
    /// <param name="names">One name a class, or nothing.</param>
    /// <exception cref="ArgumentException">A label lies outside 0 … classes − 1, or the count of names differs from classes.</exception>
    public ClassLabels(ReadOnlySpan<int> labels, int classes, params IEnumerable<string> names)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        for (var row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)classes)
            {
                throw new ArgumentException($"row {row} has the label {labels[row]}, expected 0 to {classes - 1} ({classes} classes)");
            }
        }

        Names = [.. names];
        if (Names.Length > 0 && Names.Length != classes)
        {
            throw new ArgumentException($"{Names.Length} names were given for {classes} classes: give one name a class");
        }

        this.labels = labels.ToArray();
        Classes = classes;
    }

    private ClassLabels(int[] labels, int classes, ImmutableArray<string> names)
    {
        this.labels = labels;
        Classes = classes;
        Names = names;
    }

    /// <inheritdoc/>
    public override int Count => labels.Length;

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>One name a class, or empty.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The class numbers, one a row.</summary>
    public ReadOnlySpan<int> Values => labels;

    /// <summary>The class number of a row.</summary>
    public int this[int row] => labels[row];

    /// <summary>The name of a class: its number where no names were given.</summary>
    public string NameOf(int label) =>
        Names.IsEmpty ? label.ToString(System.Globalization.CultureInfo.InvariantCulture) : Names[label];

    /// <summary>The class that outputs for a row are read as: the position of the greatest, of several the first; of a single output 1
    /// where it is above ½, else 0.</summary>
    public static int ClassOf<T>(ReadOnlySpan<T> outputs)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        outputs.Length > 1 ? ArgMax.Of(outputs) : outputs[0] > T.CreateTruncating(0.5) ? 1 : 0;

    /// <summary>How many rows each class has.</summary>
    public ImmutableArray<int> Frequencies()
    {
        var counts = new int[Classes];
        foreach (var label in labels)
        {
            counts[label]++;
        }

        return [.. counts];
    }

    /// <inheritdoc/>
    public bool Equals(ClassLabels? other) =>
        other is not null && Classes == other.Classes && Values.SequenceEqual(other.Values) && Names.SequenceEqual(other.Names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClassLabels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Classes, Count, Count > 0 ? labels[0] : 0, Count > 0 ? labels[^1] : 0);

    /// <summary>The count of rows and classes.</summary>
    public override string ToString() => $"{Count} labels of {Classes} classes";

    /// <summary>The same classes under other numbers.</summary>
    /// <param name="places">For each new number the old.</param>
    /// <param name="names">The names in their new order.</param>
    internal ClassLabels Renumbered(int[] places, ImmutableArray<string> names)
    {
        var numbers = new int[places.Length];
        for (var label = 0; label < places.Length; label++)
        {
            numbers[places[label]] = label;
        }

        return new ClassLabels(Array.ConvertAll(labels, label => numbers[label]), Classes, names);
    }

    internal override Targets NewBuffer(int count) => new ClassLabels(new int[count], Classes, Names);

    internal override void PickInto(ReadOnlySpan<int> rows, Targets buffer)
    {
        var picked = ((ClassLabels)buffer).labels;
        for (var i = 0; i < rows.Length; i++)
        {
            picked[i] = labels[rows[i]];
        }
    }

    internal override void CopyInto(int row, Targets buffer, int place) => ((ClassLabels)buffer).labels[place] = labels[row];

    internal override bool IsLike(Targets other) => other is ClassLabels labelled && labelled.Classes == Classes;
}
