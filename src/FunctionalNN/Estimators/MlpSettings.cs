using System.Collections;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>The activation of an <see cref="Mlp"/>'s hidden layers.</summary>
public enum MlpActivation
{
    /// <summary>f(x) = x.</summary>
    Identity,

    /// <summary>f(x) = 1/(1 + e⁻ˣ), with initial numbers of its own.</summary>
    Logistic,

    /// <summary>f(x) = tanh x.</summary>
    Tanh,

    /// <summary>f(x) = max(0, x).</summary>
    Relu,
}

/// <summary>How an <see cref="Mlp"/> is trained.</summary>
public enum MlpSolver
{
    /// <summary>scikit-learn's L-BFGS: not here.</summary>
    [Obsolete("FunctionalNN has no L-BFGS: it trains by minibatches. Use MlpSolver.Adam; for small data with Alpha above 0 and MaxIter "
        + "of some hundreds it comes to much the same.", error: true)]
    Lbfgs,

    /// <summary><see cref="FunctionalNN.Sgd"/> with momentum and a <see cref="MlpLearningRate"/>.</summary>
    Sgd,

    /// <summary><see cref="FunctionalNN.Adam"/> as scikit-learn has it.</summary>
    Adam,
}

/// <summary>How the rate of <see cref="MlpSolver.Sgd"/> goes on; Adam's stays.</summary>
public enum MlpLearningRate
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>rate/(n·e + 1)^PowerT after e epochs of n rows: see <see cref="InverseScaling"/>.</summary>
    InvScaling,

    /// <summary>It stays while there is progress; each time when otherwise training would stop, it is divided by 5, down to 1e-6.</summary>
    Adaptive,
}

/// <summary>The widths of hidden layers: <c>HiddenLayerSizes = [64, 32]</c>, or a single number. Two are equal when their numbers
/// are.</summary>
[CollectionBuilder(typeof(LayerSizes), nameof(Of))]
public readonly struct LayerSizes : IReadOnlyList<int>, IEquatable<LayerSizes>
{
    private readonly int[]? sizes;

    private LayerSizes(int[] sizes) => this.sizes = sizes;

    /// <inheritdoc/>
    public int Count => sizes?.Length ?? 0;

    /// <inheritdoc/>
    public int this[int index] => sizes![index];

    /// <summary>Widths from the first hidden layer to the last; none for a linear model.</summary>
    public static LayerSizes Of(ReadOnlySpan<int> sizes) => new(sizes.ToArray());

    /// <summary>One hidden layer.</summary>
    public static implicit operator LayerSizes(int size) => FromInt32(size);

    /// <summary>One hidden layer.</summary>
    public static LayerSizes FromInt32(int size) => new([size]);

    /// <summary>Whether the widths are the same.</summary>
    public static bool operator ==(LayerSizes left, LayerSizes right) => left.Equals(right);

    /// <summary>Whether a width differs.</summary>
    public static bool operator !=(LayerSizes left, LayerSizes right) => !left.Equals(right);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(sizes ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(LayerSizes other) => this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LayerSizes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => this.Aggregate(Count, HashCode.Combine);

    /// <summary>(64, 32).</summary>
    public override string ToString() => $"({string.Join(", ", this)})";
}
