using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>What an optimizer remembers from step to step: vectors shaped like the parameters.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Moments<T> : IEquatable<Moments<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal Moments(string kind, long since, ImmutableArray<ParameterVector<T>> vectors)
    {
        Kind = kind;
        Since = since;
        Vectors = vectors;
    }

    /// <summary>What they mean: <see cref="Optimizer.MomentKind"/> of the optimizer that they belong to.</summary>
    public string Kind { get; }

    /// <summary>The number of updates done before they began: 0 unless the optimizer was changed in mid-run. Bias corrections count from
    /// here.</summary>
    public long Since { get; }

    /// <summary>The vectors, in the optimizer's own order.</summary>
    public ImmutableArray<ParameterVector<T>> Vectors { get; }

    /// <inheritdoc/>
    public bool Equals(Moments<T>? other) =>
        other is not null && Kind == other.Kind && Since == other.Since && Vectors.SequenceEqual(other.Vectors);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Moments<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Since, Vectors.Length);

    /// <summary>Kind and count.</summary>
    public override string ToString() => $"{Vectors.Length} moments of {Kind}";

    /// <summary>These, when they are what an optimizer remembers of such parameters; else those that it starts with.</summary>
    internal Moments<T> For(Optimizer optimizer, ParameterVector<T> parameters, long step) =>
        Kind == optimizer.MomentKind && Vectors.Length == optimizer.MomentCount
            && Vectors.All(vector => vector.Layout.Equals(parameters.Layout))
            ? this
            : optimizer.InitialMoments(parameters, step);

    /// <summary>A copy of <see cref="For"/> that a run may write to.</summary>
    internal Moments<T> Thaw(Optimizer optimizer, ParameterVector<T> parameters, long step)
    {
        return For(optimizer, parameters, step).Thaw();
    }

    /// <summary>A copy that a run may write to.</summary>
    internal Moments<T> Thaw() => new(Kind, Since, [.. Vectors.Select(vector => vector.Thaw())]);

    /// <summary>A copy of moments that a run goes on to change.</summary>
    internal Moments<T> Copy() => new(Kind, Since, [.. Vectors.Select(vector => vector.Copy())]);
}
