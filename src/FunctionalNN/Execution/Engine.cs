using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// The forward and the backward pass through a network. It owns no numbers: parameters and statistics are given to each call,
/// intermediate matrices come from its scratch memory, or where micro-batches are computed in parallel from one of each thread's own, and
/// are good until the next call.
/// </summary>
internal sealed class Engine<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NetworkPlan plan;
    private readonly Scratch<T> scratch;
    private readonly Loss? loss;
    private readonly ImmutableArray<ExecutionStep> training;
    private readonly ImmutableArray<ExecutionStep> prediction;
    private readonly ImmutableArray<ExecutionStep> measuring;
    private readonly ForwardBackward<T> pass;
    private readonly MicroBatches<T>? microBatches;
    private readonly ParallelMicroBatches<T>? parallel;

    /// <summary>
    /// An engine; with a loss that fuses with the network's last layer, that layer is left out of measuring and training. A plain one
    /// computes layer after layer and every batch whole, so that each intermediate result can be looked at.
    /// </summary>
    public Engine(NetworkPlan plan, Scratch<T> scratch, Loss? loss = null, bool isPlain = false)
    {
        this.plan = plan;
        this.scratch = scratch;
        var fused = loss?.Fuse(plan.Layers[^1]);
        this.loss = fused ?? loss;
        var measured = fused is null ? plan.Layers : plan.Layers[..^1];
        training = isPlain ? ExecutionPlan.Plain(measured) : ExecutionPlan.Of(measured, isTraining: true);
        measuring = ExecutionPlan.Of(measured, isTraining: false);
        prediction = ExecutionPlan.Of(plan.Layers, isTraining: false);
        var isNarrow = MicroBatches<T>.AreParallel(plan);
        pass = new ForwardBackward<T>(plan, training, this.loss, scratch, copiesRows: isNarrow);
        Gathers = !isPlain && Unsafe.SizeOf<T>() is var size && training is [var first, ..] && first.Gathers(plan.Inputs, size);
        if (!isPlain && IsRowwise)
        {
            microBatches = new MicroBatches<T>(plan);
            parallel = isNarrow
                ? new ParallelMicroBatches<T>(
                    () => new ForwardBackward<T>(plan, training, this.loss, new Arena<T>(), copiesRows: true), training.Length)
                : null;
        }
    }

    /// <summary>Whether <see cref="Differentiate"/> takes batches whose rows are yet to be gathered.</summary>
    public bool Gathers { get; }

    /// <summary>After <see cref="Differentiate"/> of a plain engine: what was computed in order, with the number of the layer that each
    /// output is the output of.</summary>
    public IEnumerable<(int Layer, Matrix<T> Output)> Outputs => pass.Outputs;

    /// <summary>Whether a row's part in loss and gradient is the same without the rows beside it, and wherever in the batch it
    /// stands.</summary>
    public bool IsRowwise => loss is { IsRowwise: true } && training.All(step => step.IsRowwise);

    /// <summary>After <see cref="Differentiate"/> of a plain engine: the rows' losses, [1 × n], as long as the scratch memory lends
    /// them.</summary>
    public Matrix<T>? RowLosses => pass.RowLosses;

    /// <summary>The network's output in prediction.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="statistics">The running statistics.</param>
    /// <param name="inputs">The rows.</param>
    /// <param name="panels">What <see cref="PanelsOf"/> made of the same parameters, or nothing.</param>
    public Matrix<T> Infer(Team team, ParameterVector<T> parameters, ParameterVector<T> statistics, Matrix<T> inputs,
        RowPanels<T>?[]? panels = null) =>
        Infer(prediction, team, parameters, statistics, inputs, panels);

    /// <summary>For each step of prediction a copy of its weights for single rows, where that is of use; null where it never is.</summary>
    public RowPanels<T>?[]? PanelsOf(ParameterVector<T> parameters)
    {
        RowPanels<T>?[]? panels = null;
        for (var i = 0; i < prediction.Length; i++)
        {
            var first = prediction[i].First;
            if (prediction[i] is DenseStep && RowPanels<T>.Serve(plan.Widths[first], plan.Widths[first + 1]))
            {
                panels ??= new RowPanels<T>?[prediction.Length];
                panels[i] = RowPanels<T>.Of(parameters.View(plan.FirstParameters[first]));
            }
        }

        return panels;
    }

    /// <summary>Loss and accuracy of a batch in prediction.</summary>
    public Metrics Measure(Team team, ParameterVector<T> parameters, ParameterVector<T> statistics, in BatchBuffer<T> batch)
    {
        scratch.Reset();
        var output = Infer(measuring, team, parameters, statistics, batch.Inputs);
        return pass.EvaluateLoss(team, new StepInputs<T>(parameters, statistics), output, batch, [], default);
    }

    /// <summary>The loss of each row of a batch in prediction, whatever the rows weigh: [1 × n], in scratch memory.</summary>
    public Matrix<T> LossesOf(Team team, ParameterVector<T> parameters, ParameterVector<T> statistics, in BatchBuffer<T> batch)
    {
        scratch.Reset();
        var output = Infer(measuring, team, parameters, statistics, batch.Inputs);
        var losses = scratch.Rent(1, output.Rows);
        loss!.Evaluate(new Pass<T>(scratch, team, parameters, 0, statistics, 0, default, false), output, batch.Targets, losses.Block.Span,
            []);
        return losses;
    }

    /// <summary>
    /// Loss, accuracy and gradient of a batch in training; running statistics move on in place.
    /// </summary>
    /// <param name="team">The threads.</param>
    /// <param name="parameters">Where to take the gradient.</param>
    /// <param name="statistics">The running statistics, overwritten by their next values.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="key">The step's key.</param>
    /// <param name="gradient">Takes ∂L/∂p with penalties, or null when only the loss is wanted.</param>
    /// <param name="inputGradient">On request ∂L/∂x of the batch, in scratch memory.</param>
    /// <param name="wantsInputGradient">Whether ∂L/∂x is wanted.</param>
    public Metrics Differentiate(Team team, ParameterVector<T> parameters, ParameterVector<T> statistics, in BatchBuffer<T> batch,
        Key key, ParameterVector<T>? gradient, out Matrix<T>? inputGradient, bool wantsInputGradient = false)
    {
        inputGradient = null;
        var inputs = new StepInputs<T>(parameters, statistics, key, gradient);
        var metrics = microBatches is not null && gradient is not null && !wantsInputGradient && batch.Inputs.Rows > MicroBatches<T>.MaxRows
            ? Accumulate(team, inputs, batch)
            : pass.Run(team, inputs, batch, default, out inputGradient, wantsInputGradient);
        return gradient is null ? metrics : metrics with { PenaltySum = Penalize(team, parameters, gradient) * metrics.Rows };
    }

    /// <summary>The gradient of a large batch, micro-batch by micro-batch.</summary>
    private Metrics Accumulate(Team team, in StepInputs<T> inputs, in BatchBuffer<T> batch)
    {
        var parts = microBatches!.Of(batch);
        if (parallel is not null && team.Threads > 1)
        {
            return parallel.Run(team, inputs, parts, batch.Inputs.Rows);
        }

        var sum = default(Metrics);
        for (var i = 0; i < parts.Length; i++)
        {
            sum += pass.Run(team, inputs, parts.Span[i], new MicroBatch(batch.Inputs.Rows, i, null), out _);
        }

        return sum;
    }

    private Matrix<T> Infer(ImmutableArray<ExecutionStep> steps, Team team, ParameterVector<T> parameters, ParameterVector<T> statistics,
        Matrix<T> inputs, RowPanels<T>?[]? panels = null)
    {
        var output = inputs;
        for (var i = 0; i < steps.Length; i++)
        {
            var (first, last) = (steps[i].First, steps[i].Last);
            var context = new StepContext<T>(new Pass<T>(
                scratch, team, parameters, plan.FirstParameters[first], statistics, plan.FirstStatistics[first],
                default(Key).Fold(last), needsInputGradient: false))
            {
                Panels = panels?[i],
            };
            output = steps[i].Infer(context, output);
        }

        return output;
    }

    /// <summary>Σ of the penalties; adds their gradients.</summary>
    private double Penalize(Team team, ParameterVector<T> parameters, ParameterVector<T>? gradient)
    {
        var sum = 0.0;
        foreach (var i in plan.Penalized)
        {
            var (_, slot, offset) = plan.Parameters.Placements[i];
            var slotGradient = gradient is null ? [] : gradient.Block.Span.Slice(offset, slot.Count);
            sum += PenaltyTerms.Apply(team, slot.Penalty, parameters.View(i).Values, slotGradient);
        }

        return sum;
    }

    /// <summary>The penalties alone: part of the training loss.</summary>
    public double Penalty(Team team, ParameterVector<T> parameters) => Penalize(team, parameters, null);
}
