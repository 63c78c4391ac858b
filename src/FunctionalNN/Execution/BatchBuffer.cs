using System.Numerics;

namespace FunctionalNN;

/// <summary>The rows of a step as the engine takes them: in memory that may be used again for the next, unless it was made of a
/// <see cref="Batch{T}"/>, whose matrices it then lends.</summary>
/// <param name="Inputs">One row a sample.</param>
/// <param name="Targets">One target a sample.</param>
internal readonly record struct BatchBuffer<T>(Matrix<T> Inputs, Targets Targets)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How much each row counts, [n × 1]; null when all count 1.</summary>
    public Matrix<T>? Weights { get; init; }

    /// <summary>The inputs, where they are yet to be gathered: <see cref="Inputs"/> then has their shape and nothing in it.</summary>
    public RowGather<T>? Gathered { get; init; }

    /// <summary>Where the rows come from, as far as it is known.</summary>
    public Lineage? Lineage { get; init; }

    /// <summary>The batch that it was made of, if it was made of one.</summary>
    public Batch<T>? Source { get; init; }

    /// <summary>A batch, without a copy.</summary>
    public static implicit operator BatchBuffer<T>(Batch<T> batch) =>
        new(batch.Inputs, batch.Targets) { Weights = batch.Weights, Lineage = batch.Lineage, Source = batch };
}
