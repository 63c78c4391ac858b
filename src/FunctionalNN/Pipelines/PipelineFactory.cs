using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Makes pipelines and reads them from files.</summary>
public static partial class Pipeline
{
    /// <summary>A pipeline in float with fresh numbers: the hidden layers, and behind them the output that the target asks for, Dense and
    /// Softmax for classes, Dense(1) for a quantity.</summary>
    /// <param name="encoding">How columns become inputs.</param>
    /// <param name="hidden">The hidden layers; none for a linear model. Where columns are embedded, an <see cref="Embedding"/> of them
    /// comes first, unless one of your own does.</param>
    /// <param name="seed">The same seed gives the same numbers.</param>
    /// <exception cref="ArgumentException">The layers do not fit, or the encoding names nothing to predict.</exception>
    public static Pipeline<float> Of(TableEncoding encoding, ImmutableArray<Layer> hidden, int seed) => Of<float>(encoding, hidden, seed);

    /// <inheritdoc cref="Of(TableEncoding, ImmutableArray{Layer}, int)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Pipeline<T> Of<T>(TableEncoding encoding, ImmutableArray<Layer> hidden, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ImmutableArray<Layer> last = encoding.ClassNames.IsEmpty ? [new Dense(1)] : [new Dense(encoding.ClassNames.Length), new Softmax()];
        ImmutableArray<Layer> first = encoding.EmbeddedColumns.IsEmpty || (!hidden.IsDefaultOrEmpty && !hidden[0].EmbeddedColumns.IsEmpty)
            ? []
            : [new Embedding(encoding.EmbeddedColumns)];
        return new Pipeline<T>(encoding, new Network(encoding.Width, [.. first, .. hidden, .. last]).Initialize<T>(seed));
    }
}
