using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;

namespace FunctionalNN;

/// <summary>
/// The way of some rows forward through the training steps, to the loss, and back: with memory of its own, so that several may be under way
/// at once.
/// </summary>
/// <param name="plan">The network.</param>
/// <param name="steps">What is computed.</param>
/// <param name="loss">The loss of the last step's output.</param>
/// <param name="scratch">The memory.</param>
/// <param name="fetchesStrips">Whether a strip's rows are first fetched, or gathered, into the cache, instead of by each product that reads
/// them.</param>
internal sealed class ForwardBackward<T>(NetworkPlan plan, ImmutableArray<ExecutionStep> steps, Loss? loss, Scratch<T> scratch,
    bool fetchesStrips)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Cache<T>[] caches = new Cache<T>[steps.Length];
    private readonly int firstTrainedStep = steps.TakeWhile(step => step.Last < plan.FirstTrained).Count();

    /// <summary>After a walk: what was computed in order, with the number of the layer that each output is the output of.</summary>
    public IEnumerable<(int Layer, Matrix<T> Output)> Outputs => steps.Select((step, i) => (step.Last, caches[i].Output));

    /// <summary>After a walk: the rows' losses, [1 × n], as long as the scratch memory lends them.</summary>
    public Matrix<T>? RowLosses { get; private set; }

    /// <summary>There and, where a gradient is wanted, back. The metrics are without penalties.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="place">Where to take the gradient, and what takes it.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="strip">Which part of a batch they are.</param>
    /// <param name="inputGradient">On request ∂L/∂x of the rows, in scratch memory.</param>
    /// <param name="wantsInputGradient">Whether ∂L/∂x is wanted.</param>
    public Metrics Run(Team team, in StepInputs<T> place, Batch<T> batch, in Strip strip, out Matrix<T>? inputGradient,
        bool wantsInputGradient = false)
    {
        scratch.Reset();
        inputGradient = null;
        var (output, gathered) = fetchesStrips && strip.BatchRows > 0 ? (Fetch(batch), null) : (batch.Inputs, batch.Gathered);
        for (var i = 0; i < steps.Length; i++)
        {
            var pass = new Pass<T>(
                scratch, team, place.Parameters, plan.FirstParameters[steps[i].First], place.Statistics,
                plan.FirstStatistics[steps[i].First], place.Key.Fold(steps[i].Last), needsInputGradient: false)
            {
                Gathered = i == 0 ? gathered : null,
                Previous = caches[i],
            };
            caches[i] = steps[i].Layer.Forward(pass, output);
            output = caches[i].Output;
        }

        if (place.Gradient is null)
        {
            return EvaluateLoss(team, place, output, batch, [], strip);
        }

        var outputGradient = scratch.Rent(output.Rows, output.Columns);
        var metrics = EvaluateLoss(team, place, output, batch, outputGradient.Block.Span, strip);
        if (plan.FirstTrained >= 0 || wantsInputGradient)
        {
            outputGradient = Backward(team, place, place.Gradient.Block.Span, outputGradient, wantsInputGradient, strip, gathered);
        }

        inputGradient = wantsInputGradient ? outputGradient : null;
        return metrics;
    }

    /// <summary>Loss and accuracy of an output, and the gradient with respect to it unless its span is empty.</summary>
    public Metrics EvaluateLoss(Team team, in StepInputs<T> place, Matrix<T> output, Batch<T> batch, Span<T> outputGradient, in Strip strip)
    {
        RowLosses = scratch.Rent(1, output.Rows);
        var rowLosses = RowLosses.Block.Span;
        var pass = new Pass<T>(scratch, team, place.Parameters, 0, place.Statistics, 0, default, false) { BatchRows = strip.BatchRows };
        var correct = loss!.Evaluate(pass, output, batch.Targets, rowLosses, outputGradient);
        if (batch.Weights is { } weights)
        {
            Weigh(weights.Values, rowLosses, outputGradient, output.Columns);
        }

        return new Metrics(output.Rows, Sums.Of<T>(rowLosses), 0, correct, loss.Predictions(output.Rows, output.Columns));
    }

    /// <summary>
    /// The chain rule from the last step down to the first that has parameters, or to the input. A dense step above a rectified one sends
    /// its gradient through the rectifier as it computes it.
    /// </summary>
    private Matrix<T> Backward(Team team, in StepInputs<T> place, Span<T> gradient, Matrix<T> outputGradient, bool wantsInputGradient,
        in Strip strip, RowGather<T>? gathered)
    {
        var (isGated, last) = (false, wantsInputGradient ? 0 : firstTrainedStep);
        for (var i = steps.Length - 1; i >= last; i--)
        {
            var step = steps[i];
            var below = i > last && step.Layer is (Dense or DenseRelu) ? steps[i - 1].Layer as DenseRelu : null;
            var pass =
                new Pass<T>(scratch, team, place.Parameters, plan.FirstParameters[step.First], place.Statistics,
                    plan.FirstStatistics[step.First], place.Key.Fold(step.Last), i > last || wantsInputGradient)
                {
                    Accumulates = strip.Number > 0,
                    Gathered = i == 0 ? gathered : null,
                    OutputGradientIsGated = isGated,
                    Gate = below is null ? default : caches[i - 1].Output.Values,
                    GateScale = below?.Scale ?? 1,
                };
            var own = gradient[plan.Offsets[step.First]..plan.Offsets[step.Last + 1]];
            if (!own.IsEmpty && strip.AccumulationOrder?.Await(i, strip.Number) == false)
            {
                break;
            }

            outputGradient = caches[i].Backward(pass, outputGradient, own);
            isGated = below is not null;
            if (!own.IsEmpty)
            {
                strip.AccumulationOrder?.End(i, strip.Number);
            }
        }

        return outputGradient;
    }

    private unsafe Matrix<T> Fetch(Batch<T> batch)
    {
        var (rows, columns) = (batch.Inputs.Rows, batch.Inputs.Columns);
        var matrix = scratch.Rent(rows, columns);
        if (batch.Gathered is null)
        {
            batch.Inputs.Values.CopyTo(matrix.Block.Span);
            return matrix;
        }

        fixed (T* numbers = matrix.Block.Span)
        {
            batch.Gathered.Copy(0, rows, 0, columns, numbers, columns);
        }

        return matrix;
    }

    /// <summary>The mean is over the rows, not over the weights, so that an epoch's sum is the same however it is cut into
    /// batches.</summary>
    private static void Weigh(ReadOnlySpan<T> weights, Span<T> rowLosses, Span<T> outputGradient, int outputs)
    {
        TensorPrimitives.Multiply(rowLosses, weights, rowLosses);
        for (var row = 0; !outputGradient.IsEmpty && row < weights.Length; row++)
        {
            var rowGradient = outputGradient.Slice(row * outputs, outputs);
            TensorPrimitives.Multiply(rowGradient, weights[row], rowGradient);
        }
    }
}

/// <summary>Where a gradient is taken, and what takes it.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="Statistics">The running statistics, overwritten by their next values in training.</param>
/// <param name="Key">The step's key.</param>
/// <param name="Gradient">Takes ∂L/∂p, or null when only the loss is wanted.</param>
internal readonly record struct StepInputs<T>(ParameterVector<T> Parameters, ParameterVector<T> Statistics, Key Key = default,
    ParameterVector<T>? Gradient = null)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>Which part of a batch some rows are: the default is all of it.</summary>
/// <param name="BatchRows">The rows of the whole batch; 0 when they are all here.</param>
/// <param name="Number">How many strips come before.</param>
/// <param name="AccumulationOrder">Where strips go side by side: when each may add to the gradient.</param>
internal readonly record struct Strip(int BatchRows, int Number, AccumulationOrder? AccumulationOrder);
