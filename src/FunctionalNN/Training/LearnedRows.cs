using System.Numerics;

namespace FunctionalNN;

/// <summary>What a state learned from. All are equal, since the rows are no part of what a state is.</summary>
/// <param name="data">The rows, or null.</param>
internal sealed class LearnedRows<T>(DataSet<T>? data) : IEquatable<LearnedRows<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static LearnedRows<T> Unknown { get; } = new(null);

    public DataSet<T>? Data => data;

    public bool Equals(LearnedRows<T>? other) => other is not null;

    public override bool Equals(object? obj) => Equals(obj as LearnedRows<T>);

    public override int GetHashCode() => 0;
}
