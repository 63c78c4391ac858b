using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// One update on vectors that the run owns, as it passes through wrapped optimizers: each may change the gradient, leave slots out or
/// scale the rate before it hands on to the one inside.
/// </summary>
/// <param name="Team">The threads.</param>
/// <param name="Step">The number of updates done before: schedules count by it.</param>
/// <param name="Age">The number of updates that the moments have seen: bias corrections count by it.</param>
/// <param name="RateFactor">What the rate is multiplied by.</param>
/// <param name="Gradient">∂L/∂p; it may be written to.</param>
/// <param name="Parameters">p, to be overwritten by p′.</param>
/// <param name="Moments">All moment vectors.</param>
/// <param name="FirstMoment">The number of moments that optimizers further out have taken.</param>
internal readonly record struct Transition<T>(
    Team Team, long Step, long Age, double RateFactor, ParameterVector<T> Gradient, ParameterVector<T> Parameters,
    ImmutableArray<ParameterVector<T>> Moments, int FirstMoment)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The slots to update, in order; default when all of them are.</summary>
    private ImmutableArray<Placement> Chosen { get; init; }

    /// <summary>The slots to update, in order.</summary>
    public ImmutableArray<Placement> Placements => Chosen.IsDefault ? Parameters.Layout.Placements : Chosen;

    /// <summary>The same for the chosen slots alone; null is all.</summary>
    public Transition<T> Only(Slots? slots) =>
        slots is null ? this : this with { Chosen = [.. Placements.Where(slots.Contains)] };

    /// <summary>The same for all but the chosen slots.</summary>
    public Transition<T> Without(Slots slots) => this with { Chosen = [.. Placements.Where(placement => !slots.Contains(placement))] };

    /// <summary>The same for an optimizer further in, after the moments that this one took.</summary>
    public Transition<T> After(int moments) => this with { FirstMoment = FirstMoment + moments };

    /// <summary>One of the moments of the optimizer at hand.</summary>
    public ParameterVector<T> Moment(int index) => Moments[FirstMoment + index];

    /// <summary>The slots as stretches of the vectors, neighbours joined.</summary>
    public StretchSequence Stretches() => new(Chosen, Parameters.Count);

    /// <summary>z = f(x, y) on the slots to update. z may be x or y.</summary>
    public void Zip<TFormula>(TFormula formula, ParameterVector<T> x, ParameterVector<T> y, ParameterVector<T> z)
        where TFormula : struct, IBinaryFormula
    {
        foreach (var (start, count) in Stretches())
        {
            VectorPass.Zip(Team, formula, x.Values.Slice(start, count), y.Values.Slice(start, count), z.Block.Slice(start, count).Span);
        }
    }
}

/// <summary>Slots as stretches of a vector, neighbours joined: an enumeration that takes no memory.</summary>
/// <param name="slots">In order; default for all.</param>
/// <param name="count">The vector's length.</param>
internal struct StretchSequence(ImmutableArray<Placement> slots, int count)
{
    private int next;

    public (int Start, int Count) Current { get; private set; }

    public readonly StretchSequence GetEnumerator() => this;

    public bool MoveNext()
    {
        if (slots.IsDefault)
        {
            Current = (0, count);
            return next++ == 0;
        }

        if (next == slots.Length)
        {
            return false;
        }

        var start = slots[next].Offset;
        var end = start;
        while (next < slots.Length && slots[next].Offset == end)
        {
            end += slots[next++].Slot.Count;
        }

        Current = (start, end - start);
        return true;
    }
}
