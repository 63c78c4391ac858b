using System.Numerics;

namespace FunctionalNN;

/// <summary>What a layer is given in a forward or backward pass: its own parameters and statistics, a key, and memory.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct Pass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Scratch<T> scratch;
    private readonly ParameterVector<T> parameters;
    private readonly ParameterVector<T> statistics;
    private readonly int firstParameter;
    private readonly int firstStatistic;

    internal Pass(Scratch<T> scratch, Team team, ParameterVector<T> parameters, int firstParameter, ParameterVector<T> statistics,
        int firstStatistic, Key key, bool needsInputGradient)
    {
        this.scratch = scratch;
        Team = team;
        this.parameters = parameters;
        this.firstParameter = firstParameter;
        this.statistics = statistics;
        this.firstStatistic = firstStatistic;
        Key = key;
        NeedsInputGradient = needsInputGradient;
    }

    /// <summary>The source of this layer's random numbers in this step: the same in forward and backward.</summary>
    public Key Key { get; }

    /// <summary>Whether anything below wants ∂L/∂x. A layer may save the work when it does not.</summary>
    public bool NeedsInputGradient { get; }

    /// <summary>
    /// Whether parameter gradients are added to what is there, instead of overwriting it: in the backward pass of a later micro-batch of
    /// a batch. True only for layers that are <see cref="Layer.IsRowwise"/>, whose <see cref="Cache{T}.Backward"/> looks at it.
    /// </summary>
    public bool Accumulates { get; internal init; }

    internal Team Team { get; }

    /// <summary>For a loss: the rows of the whole batch, where these are a micro-batch of it; else 0.</summary>
    internal int BatchRows { get; init; }

    /// <summary>The layer's parameter slot, counted in the order of <see cref="Layer.Parameters"/>.</summary>
    public Matrix<T> Parameter(int slot) => parameters.View(firstParameter + slot);

    /// <summary>The layer's statistics slot, counted in the order of <see cref="Layer.Statistics"/>.</summary>
    public Matrix<T> Statistic(int slot) => statistics.View(firstStatistic + slot);

    /// <summary>In training: the place of a statistics slot's next value. It holds the present value until it is written.</summary>
    public Span<T> NextStatistic(int slot) => statistics.View(firstStatistic + slot).Block.Span;

    /// <summary>The pass of a layer inside this one: with slots and a key of its own.</summary>
    /// <param name="position">The inner layer's position in this one: its key is derived from it.</param>
    /// <param name="firstParameter">How many of this layer's parameter slots come before the inner layer's.</param>
    /// <param name="firstStatistic">How many of this layer's statistics slots come before the inner layer's.</param>
    /// <param name="needsInputGradient">Whether the inner layer is to give its ∂L/∂x.</param>
    public Pass<T> Inner(int position, int firstParameter, int firstStatistic, bool needsInputGradient) => new(
        scratch, Team, parameters, this.firstParameter + firstParameter, statistics, this.firstStatistic + firstStatistic,
        Key.Fold(position), needsInputGradient)
    {
        BatchRows = BatchRows,
        Accumulates = Accumulates,
    };

    /// <summary>A matrix for a result, to be written in full through the span before anyone reads it.</summary>
    public Matrix<T> Rent(int rows, int columns, out Span<T> values)
    {
        var matrix = scratch.Rent(rows, columns);
        values = matrix.Block.Span;
        return matrix;
    }
}
