using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>What an optimizer remembers from step to step: vectors shaped like the parameters, all 0 at first.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Moments<T> : IEquatable<Moments<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal Moments(string optimizer, ImmutableArray<ParameterVector<T>> vectors)
    {
        Optimizer = optimizer;
        Vectors = vectors;
    }

    /// <summary>What kind of moments they are: see <see cref="Optimizer.MomentKind"/>. Another kind starts from zeros.</summary>
    public string Optimizer { get; }

    /// <summary>The vectors, in the optimizer's own order.</summary>
    public ImmutableArray<ParameterVector<T>> Vectors { get; }

    /// <inheritdoc/>
    public bool Equals(Moments<T>? other) =>
        other is not null && Optimizer == other.Optimizer && Vectors.SequenceEqual(other.Vectors);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Moments<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Optimizer, Vectors.Length);

    /// <summary>Kind and count.</summary>
    public override string ToString() => $"{Vectors.Length} moments of {Optimizer}";

    /// <summary>A copy of moments that a run goes on to change.</summary>
    internal Moments<T> Copy() => new(Optimizer, [.. Vectors.Select(vector => vector.Copy())]);

    /// <summary>A copy that a run may write to; zeros when the moments are another kind's, or another network's.</summary>
    internal Moments<T> Thaw(Optimizer optimizer, Layout layout) =>
        Optimizer == optimizer.MomentKind && Vectors.Length == optimizer.MomentCount && Vectors.All(vector => vector.Layout.Equals(layout))
            ? new Moments<T>(Optimizer, [.. Vectors.Select(vector => vector.Thaw())])
            : new Moments<T>(optimizer.MomentKind, [.. optimizer.InitialMoments<T>(layout).Vectors.Select(vector => vector.Thaw())]);
}
