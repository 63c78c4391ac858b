using System.Numerics;

namespace FunctionalNN;

/// <summary>The samples of one step.</summary>
/// <param name="Inputs">One row a sample.</param>
/// <param name="Targets">One target a sample.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record Batch<T>(Matrix<T> Inputs, Targets Targets)
    where T : unmanaged, IFloatingPointIeee754<T>;
