using System.Globalization;

namespace FunctionalNN;

/// <summary>Where a run stopped because a number was NaN or infinite. The state that carries it is the last good one.</summary>
/// <param name="Step">The number of updates done before the one that failed.</param>
/// <param name="Layer">The layer's name; "loss" or "inputs" outside the layers.</param>
/// <param name="Quantity">What was not finite: "output", "weights gradient", "new weights" …</param>
/// <param name="Position">The position of the first such number, row by row.</param>
/// <param name="Value">The number.</param>
public sealed record Divergence(long Step, string Layer, string Quantity, int Position, double Value)
{
    /// <summary>A sentence, with what to do.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"step {Step}: {Layer} {Quantity} is {Value} at position {Position}; this is the last good state: try a smaller learning rate, or look for extreme values in the data");
}
