using System.Numerics;

namespace FunctionalNN;

/// <summary>What a layer is given on its way through the network: its own parameters and statistics, a key, and memory.</summary>
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

    internal Team Team { get; }

    /// <summary>The rows of the whole batch, where this pass is for some of them; else 0.</summary>
    internal int BatchRows { get; init; }

    /// <summary>Whether parameter gradients are added to what is there: the pass is for a later strip of the batch.</summary>
    internal bool Accumulates { get; init; }

    /// <summary>The inputs, where the input matrix has only their shape: for the first step alone, if it
    /// <see cref="ExecutionStep.Gathers"/>.</summary>
    internal RowGather<T>? Gathered { get; init; }

    /// <summary>A dense layer's weights in the order in which a single row reads them, where there is such a copy.</summary>
    internal RowPanels<T>? Panels { get; init; }

    /// <summary>What the layer's last forward pass remembered, where that memory is used again: a layer that would remember the same gives
    /// it back instead of a new one.</summary>
    internal Cache<T>? Previous { get; init; }

    /// <summary>Where the step below ends in a rectifier and this one can send its gradient through it: that rectifier's output.</summary>
    internal ReadOnlySpan<T> Gate { get; init; }

    /// <summary>What the gradient through the gate is multiplied by.</summary>
    internal double GateScale { get; init; }

    /// <summary>Whether the step above has sent the output's gradient through this step's rectifier already.</summary>
    internal bool OutputGradientIsGated { get; init; }

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
