namespace FunctionalNN;

/// <summary>
/// What a network should answer for each row: either <see cref="ClassLabels"/> or <see cref="RealTargets{T}"/>. The two are
/// different types so that a class number is never taken for a quantity.
/// </summary>
public abstract class Targets
{
    private protected Targets()
    {
    }

    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The targets of some rows, in the order given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Targets Pick(ReadOnlySpan<int> rows)
    {
        var buffer = NewBuffer(rows.Length);
        PickInto(rows, buffer);
        return buffer;
    }

    /// <summary>New targets of the same kind whose rows are still to be written.</summary>
    internal abstract Targets NewBuffer(int count);

    internal abstract void PickInto(ReadOnlySpan<int> rows, Targets buffer);

    /// <summary>Writes one row to a place of a buffer of the same kind.</summary>
    internal abstract void CopyInto(int row, Targets buffer, int place);

    /// <summary>Whether rows of both can lie in one buffer.</summary>
    internal abstract bool IsLike(Targets other);
}
