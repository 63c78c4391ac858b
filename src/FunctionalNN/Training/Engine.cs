using System.Numerics;

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
    private readonly Team team;
    private readonly Loss? loss;
    private readonly int layerCount;
    private readonly Cache<T>[] caches;

    /// <summary>An engine; with a loss that absorbs the network's last layer, that layer is left out of measuring and training.</summary>
    public Engine(Network network, Scratch<T> scratch, Team team, Loss? loss = null)
    {
        plan = network.Plan;
        this.scratch = scratch;
        this.team = team;
        var fused = loss?.Absorb(plan.Layers[^1]);
        this.loss = fused ?? loss;
        layerCount = plan.Layers.Length - (fused is null ? 0 : 1);
        caches = new Cache<T>[layerCount];
    }

    /// <summary>After <see cref="Differentiate"/>: each layer's output.</summary>
    public ReadOnlySpan<Cache<T>> Caches => caches;

    /// <summary>The layers' output in prediction.</summary>
    public Matrix<T> Infer(ParameterVector<T> parameters, ParameterVector<T> statistics, Matrix<T> inputs, int layers)
    {
        var output = inputs;
        for (var i = 0; i < layers; i++)
        {
            output = plan.Layers[i].Infer(PassOf(i, parameters, statistics, default, false), output);
        }

        return output;
    }

    /// <summary>Loss and accuracy of a batch in prediction.</summary>
    public Metrics Measure(ParameterVector<T> parameters, ParameterVector<T> statistics, Batch<T> batch)
    {
        scratch.Reset();
        var output = Infer(parameters, statistics, batch.Inputs, layerCount);
        return Judge(parameters, statistics, output, batch.Targets, []);
    }

    /// <summary>
    /// Loss, accuracy and gradient of a batch in training; running statistics move on in place.
    /// </summary>
    /// <param name="parameters">Where to take the gradient.</param>
    /// <param name="statistics">The running statistics, overwritten by their next values.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="key">The step's key.</param>
    /// <param name="gradient">Takes ∂L/∂p with penalties, or null when only the loss is wanted.</param>
    /// <param name="inputGradient">On request ∂L/∂x of the batch, in scratch memory.</param>
    /// <param name="wantsInputGradient">Whether ∂L/∂x is wanted.</param>
    public Metrics Differentiate(ParameterVector<T> parameters, ParameterVector<T> statistics, Batch<T> batch, Key key, ParameterVector<T>? gradient, out Matrix<T>? inputGradient, bool wantsInputGradient = false)
    {
        scratch.Reset();
        inputGradient = null;
        var output = batch.Inputs;
        for (var i = 0; i < layerCount; i++)
        {
            caches[i] = plan.Layers[i].Forward(PassOf(i, parameters, statistics, key, false), output);
            output = caches[i].Output;
        }

        if (gradient is null)
        {
            return Judge(parameters, statistics, output, batch.Targets, []);
        }

        var outputGradient = scratch.Rent(output.Rows, output.Columns);
        var metrics = Judge(parameters, statistics, output, batch.Targets, outputGradient.Block.Span);
        var last = wantsInputGradient ? 0 : plan.FirstTrained;
        for (var i = layerCount - 1; i >= last && last >= 0; i--)
        {
            var needsInputGradient = i > last || wantsInputGradient;
            var parameterGradient = gradient.Block.Span[plan.Offsets[i]..plan.Offsets[i + 1]];
            outputGradient = caches[i].Backward(PassOf(i, parameters, statistics, key, needsInputGradient), outputGradient, parameterGradient);
        }

        inputGradient = wantsInputGradient ? outputGradient : null;
        return metrics with { PenaltySum = Penalize(parameters, gradient) * metrics.Rows };
    }

    /// <summary>Σ of the penalties; adds their gradients.</summary>
    private double Penalize(ParameterVector<T> parameters, ParameterVector<T>? gradient)
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
    public double Penalty(ParameterVector<T> parameters) => Penalize(parameters, null);

    private Metrics Judge(ParameterVector<T> parameters, ParameterVector<T> statistics, Matrix<T> output, Targets targets, Span<T> outputGradient)
    {
        var rowLosses = scratch.Rent(1, output.Rows).Block.Span;
        var pass = new Pass<T>(scratch, team, parameters, 0, statistics, 0, default, false);
        var correct = loss!.Evaluate(pass, output, targets, rowLosses, outputGradient);
        var sum = 0.0;
        foreach (var rowLoss in rowLosses)
        {
            sum += double.CreateTruncating(rowLoss);
        }

        return new Metrics(output.Rows, sum, 0, correct, loss.Judged(output.Rows, output.Columns));
    }

    private Pass<T> PassOf(int layer, ParameterVector<T> parameters, ParameterVector<T> statistics, Key key, bool needsInputGradient) => new(
        scratch, team, parameters, plan.FirstParameters[layer], statistics, plan.FirstStatistics[layer], key.Fold(layer), needsInputGradient);
}
