using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>What a layer computes in prediction, where that is y = (x − center)·factor + shift for each column.</summary>
/// <param name="centers">One number a column.</param>
/// <param name="factors">One number a column.</param>
/// <param name="shifts">One number a column; empty where nothing is added.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ColumnScaling<T>(ImmutableArray<T> centers, ImmutableArray<T> factors, ImmutableArray<T> shifts)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What is taken from each column.</summary>
    public ImmutableArray<T> Centers { get; } = centers;

    /// <summary>What each column is then multiplied by.</summary>
    public ImmutableArray<T> Factors { get; } = factors;

    /// <summary>What is then added, in one rounding with the product; empty where nothing is.</summary>
    public ImmutableArray<T> Shifts { get; } = shifts;

    /// <summary>The formula and the columns.</summary>
    public override string ToString() => $"(x − center)·factor{(Shifts.IsEmpty ? "" : " + shift")} over {Centers.Length} columns";
}
