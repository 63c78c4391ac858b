using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>The samples of one step.</summary>
/// <param name="Inputs">One row a sample.</param>
/// <param name="Targets">One target a sample.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record Batch<T>(Matrix<T> Inputs, Targets Targets)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How much each row counts, [n × 1]; null when all count 1. See <see cref="DataSetWeights"/>.</summary>
    public Matrix<T>? Weights { get; init; }

    /// <summary>Which rows of the data set these are, where the batch comes from one: an autopsy names them. Of a stream it is the position
    /// in the stream, from 0. Empty for a batch made by hand; two batches are equal without regard to it.</summary>
    public ImmutableArray<int> Rows { get; init; } = [];

    /// <summary>Where the rows come from, as far as it is known.</summary>
    internal Lineage? Lineage { get; init; }

    /// <summary>The names of the inputs, where the batch comes from data that has them.</summary>
    internal ImmutableArray<string> InputNames { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(Batch<T>? other) =>
        other is not null && Inputs.Equals(other.Inputs) && Targets.Equals(other.Targets) && Equals(Weights, other.Weights);

    /// <summary>The shape of the inputs, and the targets.</summary>
    public override string ToString() => $"{Inputs.Rows} rows of {Inputs.Columns} inputs, {Targets}{(Weights is null ? "" : ", weighted")}";

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Inputs, Targets, Weights);
}
