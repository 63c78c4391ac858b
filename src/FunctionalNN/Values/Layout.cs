using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>Where one layer's slot lies in a <see cref="ParameterVector{T}"/>.</summary>
/// <param name="Layer">The layer's name in its network.</param>
/// <param name="Slot">The slot.</param>
/// <param name="Offset">The position of its first number.</param>
public sealed record Placement(string Layer, Slot Slot, int Offset);

/// <summary>
/// The table of contents of a <see cref="ParameterVector{T}"/>: which layer's slot lies where. Two layouts are equal when layers,
/// slot names and shapes are; initialisers, penalties and constraints do not count.
/// </summary>
public sealed class Layout : IEquatable<Layout>
{
    internal Layout(IEnumerable<(string Layer, Slot Slot)> slots)
    {
        var placements = ImmutableArray.CreateBuilder<Placement>();
        var offset = 0;
        foreach (var (layer, slot) in slots)
        {
            placements.Add(new Placement(layer, slot, offset));
            offset = checked(offset + slot.Count);
        }

        Placements = placements.ToImmutable();
        Count = offset;
    }

    /// <summary>All slots, in the order of the layers.</summary>
    public ImmutableArray<Placement> Placements { get; }

    /// <summary>How many numbers the vector holds.</summary>
    public int Count { get; }

    /// <summary>The index in <see cref="Placements"/> of a layer's slot.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists what there is.</exception>
    public int IndexOf(string layer, string slot)
    {
        for (var i = 0; i < Placements.Length; i++)
        {
            if (Placements[i].Layer == layer && Placements[i].Slot.Name == slot)
            {
                return i;
            }
        }

        var known = string.Join(", ", Placements.Select(p => $"[\"{p.Layer}\", \"{p.Slot.Name}\"]"));
        throw new KeyNotFoundException(
            $"there is no [\"{layer}\", \"{slot}\"]; there is {(known.Length > 0 ? known : "nothing: the network has no such slots")}");
    }

    /// <inheritdoc/>
    public bool Equals(Layout? other) =>
        ReferenceEquals(this, other) || (other is not null && Placements.Select(Shape).SequenceEqual(other.Placements.Select(Shape)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Layout);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Placements.Length);

    /// <summary>One line for each slot.</summary>
    public override string ToString() =>
        string.Join(Environment.NewLine, Placements.Select(p => $"{p.Layer}.{p.Slot.Name} {p.Slot.Rows} × {p.Slot.Columns} at {p.Offset}"));

    private static (string Layer, string Slot, int Rows, int Columns) Shape(Placement p) =>
        (p.Layer, p.Slot.Name, p.Slot.Rows, p.Slot.Columns);
}
