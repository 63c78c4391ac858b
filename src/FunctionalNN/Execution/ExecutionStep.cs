using System.Numerics;

namespace FunctionalNN;

/// <summary>One thing to compute: a layer, or several computed as one.</summary>
/// <param name="First">The first of the network's layers that it stands for: its slots are used.</param>
/// <param name="Last">The last of the network's layers that it stands for: its key is used.</param>
internal abstract record ExecutionStep(int First, int Last)
{
    /// <summary>Whether it may be computed by micro-batches; see <see cref="Layer.IsRowwise"/>.</summary>
    public abstract bool IsRowwise { get; }

    /// <summary>Whether it ends in a ReLU.</summary>
    public bool Rectifies { get; init; }

    /// <summary>What a gradient that comes through its ReLU is multiplied by.</summary>
    public virtual double Scale => 1;

    /// <summary>Whether it can apply the derivative of a ReLU below it to its own ∂L/∂x.</summary>
    public virtual bool TakesGate => false;

    /// <summary>Whether, as the first step, it takes rows yet to be gathered.</summary>
    /// <param name="inputs">The width of the input.</param>
    /// <param name="bytesEach">The bytes of a number.</param>
    public virtual bool Gathers(int inputs, int bytesEach) => false;

    /// <summary>The output in training, with what the backward pass needs.</summary>
    public abstract StepMemory<T> Forward<T>(in StepContext<T> context, Matrix<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The output in prediction.</summary>
    public abstract Matrix<T> Infer<T>(in StepContext<T> context, Matrix<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The chain rule through the step; see <see cref="Cache{T}.Backward"/>.</summary>
    public abstract Matrix<T> Backward<T>(in StepContext<T> context, in StepMemory<T> memory, Matrix<T> outputGradient,
        Span<T> parameterGradient)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>What a step is given: what its layer is given, and what the engine alone knows.</summary>
internal readonly ref struct StepContext<T>(Pass<T> pass)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The pass of the step's layer.</summary>
    public Pass<T> Pass { get; } = pass;

    /// <summary>The rows of the input, where the input matrix has only their shape: for a first step that
    /// <see cref="ExecutionStep.Gathers"/>.</summary>
    public RowGather<T>? Gathered { get; init; }

    /// <summary>In prediction: the weights in the order in which a single row reads them, where there is such a copy.</summary>
    public RowPanels<T>? Panels { get; init; }

    /// <summary>Output of the ReLU below, if this step is to apply the ReLU's derivative itself; else empty.</summary>
    public ReadOnlySpan<T> Gate { get; init; }

    /// <summary>What the gradient through the gate is multiplied by: 1/(1 − rate) of the dropout above the ReLU.</summary>
    public double GateScale { get; init; }

    /// <summary>Whether the step above has applied the derivative of this step's ReLU already.</summary>
    public bool OutputGradientIsGated { get; init; }
}

/// <summary>What a step keeps from its forward for its backward pass.</summary>
/// <param name="Input">x: [n × in].</param>
/// <param name="Output">y: [n × out].</param>
/// <param name="Cache">What the step's layer remembers, where a layer computes by itself.</param>
internal readonly record struct StepMemory<T>(Matrix<T> Input, Matrix<T> Output, Cache<T>? Cache = null)
    where T : unmanaged, IFloatingPointIeee754<T>;
