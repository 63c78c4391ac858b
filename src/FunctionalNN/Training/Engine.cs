using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// The forward and the backward pass through a network. It owns no numbers: parameters and statistics are given to each call,
/// intermediate matrices come from its scratch memory and are good until the next call.
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
    private readonly int lastStep;
    private readonly Cache<T>[] caches;
    private readonly RowStrips<T> strips = new();
    private readonly bool goesByStrips;

    /// <summary>
    /// An engine; with a loss that absorbs the network's last layer, that layer is left out of measuring and training. A plain one computes layer
    /// after layer and every batch whole, so that each intermediate result can be looked at.
    /// </summary>
    public Engine(Network network, Scratch<T> scratch, Loss? loss = null, bool isPlain = false)
    {
        plan = network.Plan;
        this.scratch = scratch;
        var fused = loss?.Absorb(plan.Layers[^1]);
        this.loss = fused ?? loss;
        var judged = fused is null ? plan.Layers : plan.Layers[..^1];
        training = isPlain ? ExecutionPlan.Plain(judged) : ExecutionPlan.Of(judged, isTraining: true);
        measuring = ExecutionPlan.Of(judged, isTraining: false);
        prediction = ExecutionPlan.Of(plan.Layers, isTraining: false);
        caches = new Cache<T>[training.Length];
        goesByStrips = !isPlain && IsRowwise;
        Gathers = !isPlain && Unsafe.SizeOf<T>() is var size && training is [var first, ..] && first.Gathers(network.Inputs, size);
        lastStep = training.TakeWhile(step => step.Last < plan.FirstTrained).Count();
    }

    /// <summary>Whether <see cref="Differentiate"/> takes batches whose rows are yet to be gathered.</summary>
    public bool Gathers { get; }

    /// <summary>After <see cref="Differentiate"/>: what was computed in order, with the number of the layer that each output is the output of.</summary>
    public IEnumerable<(int Layer, Matrix<T> Output)> Outputs => training.Select((step, i) => (step.Last, caches[i].Output));

    /// <summary>Whether a row's part in loss and gradient is the same without the rows beside it, and wherever in the batch it stands.</summary>
    public bool IsRowwise => loss is { IsRowwise: true } && training.All(step => step.Layer.IsRowwise);

    /// <summary>After <see cref="Differentiate"/>: the rows' losses, [1 × n], as long as the scratch memory lends them.</summary>
    public Matrix<T>? RowLosses { get; private set; }

    /// <summary>The network's output in prediction.</summary>
    public Matrix<T> Infer(Team team, ParameterVector<T> parameters, ParameterVector<T> statistics, Matrix<T> inputs) =>
        Infer(prediction, team, parameters, statistics, inputs);

    /// <summary>Loss and accuracy of a batch in prediction.</summary>
    public Metrics Measure(Team team, ParameterVector<T> parameters, ParameterVector<T> statistics, Batch<T> batch)
    {
        scratch.Reset();
        var output = Infer(measuring, team, parameters, statistics, batch.Inputs);
        return Judge(team, parameters, statistics, output, batch, [], default);
    }

    /// <summary>The loss of each row of a batch in prediction, whatever the rows weigh: [1 × n], in scratch memory.</summary>
    public Matrix<T> LossesOf(Team team, ParameterVector<T> parameters, ParameterVector<T> statistics, Batch<T> batch)
    {
        scratch.Reset();
        var output = Infer(measuring, team, parameters, statistics, batch.Inputs);
        var losses = scratch.Rent(1, output.Rows);
        loss!.Evaluate(new Pass<T>(scratch, team, parameters, 0, statistics, 0, default, false), output, batch.Targets, losses.Block.Span, []);
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
    public Metrics Differentiate(Team team, ParameterVector<T> parameters, ParameterVector<T> statistics, Batch<T> batch, Key key, ParameterVector<T>? gradient, out Matrix<T>? inputGradient, bool wantsInputGradient = false)
    {
        inputGradient = null;
        if (goesByStrips && gradient is not null && !wantsInputGradient && batch.Inputs.Rows > RowStrips<T>.Rows)
        {
            var (sum, isFirst) = (default(Metrics), true);
            foreach (var strip in strips.Of(batch))
            {
                sum += OfRows(team, parameters, statistics, strip, key, gradient, new Strip(batch.Inputs.Rows, !isFirst), wantsInputGradient, out _);
                isFirst = false;
            }

            return sum with { PenaltySum = Penalize(team, parameters, gradient) * sum.Rows };
        }

        var metrics = OfRows(team, parameters, statistics, batch, key, gradient, default, wantsInputGradient, out inputGradient);
        return gradient is null ? metrics : metrics with { PenaltySum = Penalize(team, parameters, gradient) * metrics.Rows };
    }

    private Metrics OfRows(Team team, ParameterVector<T> parameters, ParameterVector<T> statistics, Batch<T> batch, Key key, ParameterVector<T>? gradient, Strip strip, bool wantsInputGradient, out Matrix<T>? inputGradient)
    {
        scratch.Reset();
        inputGradient = null;
        var output = batch.Inputs;
        for (var i = 0; i < training.Length; i++)
        {
            caches[i] = training[i].Layer.Forward(PassOf(team, training[i], parameters, statistics, key, i == 0 ? batch.Gathered : null), output);
            output = caches[i].Output;
        }

        if (gradient is null)
        {
            return Judge(team, parameters, statistics, output, batch, [], strip);
        }

        var outputGradient = scratch.Rent(output.Rows, output.Columns);
        var metrics = Judge(team, parameters, statistics, output, batch, outputGradient.Block.Span, strip);
        if (plan.FirstTrained >= 0 || wantsInputGradient)
        {
            outputGradient = Backward(team, parameters, statistics, key, gradient, outputGradient, wantsInputGradient, strip, batch.Gathered);
        }

        inputGradient = wantsInputGradient ? outputGradient : null;
        return metrics;
    }

    /// <summary>
    /// The chain rule from the last step down to the first that has parameters, or to the input. A dense step above a rectified one sends
    /// its gradient through the rectifier as it computes it.
    /// </summary>
    private Matrix<T> Backward(Team team, ParameterVector<T> parameters, ParameterVector<T> statistics, Key key, ParameterVector<T> gradient, Matrix<T> outputGradient, bool wantsInputGradient, Strip strip, RowGather<T>? gathered)
    {
        var (isGated, last) = (false, wantsInputGradient ? 0 : lastStep);
        for (var i = training.Length - 1; i >= last; i--)
        {
            var step = training[i];
            var below = i > last && step.Layer is (Dense or DenseRelu) ? training[i - 1].Layer as DenseRelu : null;
            var pass = new Pass<T>(scratch, team, parameters, plan.FirstParameters[step.First], statistics, plan.FirstStatistics[step.First], key.Fold(step.Last), i > last || wantsInputGradient)
            {
                Accumulates = strip.IsLater,
                Gathered = i == 0 ? gathered : null,
                OutputGradientIsGated = isGated,
                Gate = below is null ? default : caches[i - 1].Output.Values,
                GateScale = below?.Scale ?? 1,
            };
            outputGradient = caches[i].Backward(pass, outputGradient, gradient.Block.Span[plan.Offsets[step.First]..plan.Offsets[step.Last + 1]]);
            isGated = below is not null;
        }

        return outputGradient;
    }

    private Matrix<T> Infer(ImmutableArray<ExecutionStep> steps, Team team, ParameterVector<T> parameters, ParameterVector<T> statistics, Matrix<T> inputs)
    {
        var output = inputs;
        foreach (var step in steps)
        {
            output = step.Layer.Infer(PassOf(team, step, parameters, statistics, default), output);
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

    private Metrics Judge(Team team, ParameterVector<T> parameters, ParameterVector<T> statistics, Matrix<T> output, Batch<T> batch, Span<T> outputGradient, Strip strip)
    {
        RowLosses = scratch.Rent(1, output.Rows);
        var rowLosses = RowLosses.Block.Span;
        var pass = new Pass<T>(scratch, team, parameters, 0, statistics, 0, default, false) { BatchRows = strip.BatchRows };
        var correct = loss!.Evaluate(pass, output, batch.Targets, rowLosses, outputGradient);
        if (batch.Weights is { } weights)
        {
            Weigh(weights.Values, rowLosses, outputGradient, output.Columns);
        }

        return new Metrics(output.Rows, Sums.Of<T>(rowLosses), 0, correct, loss.Judged(output.Rows, output.Columns));
    }

    /// <summary>The mean is over the rows, not over the weights, so that an epoch's sum is the same however it is cut into batches.</summary>
    private static void Weigh(ReadOnlySpan<T> weights, Span<T> rowLosses, Span<T> outputGradient, int outputs)
    {
        TensorPrimitives.Multiply(rowLosses, weights, rowLosses);
        for (var row = 0; !outputGradient.IsEmpty && row < weights.Length; row++)
        {
            var rowGradient = outputGradient.Slice(row * outputs, outputs);
            TensorPrimitives.Multiply(rowGradient, weights[row], rowGradient);
        }
    }

    private Pass<T> PassOf(Team team, ExecutionStep step, ParameterVector<T> parameters, ParameterVector<T> statistics, Key key, RowGather<T>? gathered = null) => new(
        scratch, team, parameters, plan.FirstParameters[step.First], statistics, plan.FirstStatistics[step.First], key.Fold(step.Last), needsInputGradient: false)
    {
        Gathered = gathered,
    };

    /// <summary>Which part of a batch a pass is for: the default is all of it.</summary>
    private readonly record struct Strip(int BatchRows, bool IsLater);
}
