using System.Numerics;

namespace FunctionalNN;

/// <summary>A layer whose first two statistics slots can be taken from data at once.</summary>
internal interface IFittedLayer
{
    /// <summary>Whether training keeps the statistics up: then they are fitted after it, else before.</summary>
    bool IsRunning { get; }

    /// <summary>Whether the layer brings its inputs to a common scale with these statistics.</summary>
    bool Scales<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Writes them, for a summary of everything that comes into the layer.</summary>
    void Fit<T>(ColumnSummary summary, Span<T> first, Span<T> second)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
