using System.Numerics;

namespace FunctionalNN;

/// <summary>A layer whose first two statistics slots can be taken from data at once.</summary>
internal interface IFittedLayer
{
    /// <summary>Writes them, for a summary of everything that comes into the layer.</summary>
    void Fit<T>(ColumnSummary summary, Span<T> first, Span<T> second)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
