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

    /// <summary>The inputs, where they have not been copied yet: <see cref="Inputs"/> then has their shape and nothing in it.</summary>
    internal RowGather<T>? Gathered { get; init; }
}
