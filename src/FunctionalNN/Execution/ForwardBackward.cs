using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;

namespace FunctionalNN;

/// <summary>One forward and backward pass of a batch or a micro-batch. It owns its scratch memory, so several can run
/// concurrently.</summary>
/// <param name="plan">The network.</param>
/// <param name="steps">What is computed.</param>
/// <param name="loss">The loss of the last step's output.</param>
/// <param name="scratch">The memory.</param>
/// <param name="copiesRows">Whether the rows of a micro-batch are first copied, or gathered, into the cache, instead of by each product
/// that reads them.</param>
internal sealed class ForwardBackward<T>(
    NetworkPlan plan, ImmutableArray<ExecutionStep> steps, Loss? loss, Scratch<T> scratch, bool copiesRows)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly StepMemory<T>[] memories = new StepMemory<T>[steps.Length];
    private readonly int firstTrainedStep = steps.TakeWhile(step => step.Last < plan.FirstTrained).Count();

    /// <summary>After a run: what was computed in order, with the number of the layer that each output is the output of.</summary>
    public IEnumerable<(int Layer, Matrix<T> Output)> Outputs => steps.Select((step, i) => (step.Last, memories[i].Output));

    /// <summary>After a run: the rows' losses, [1 × n], as long as the scratch memory lends them.</summary>
    public Matrix<T>? RowLosses { get; private set; }

    /// <summary>Runs the forward pass and, if a gradient is wanted, the backward pass. The metrics exclude penalties.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="inputs">Where to take the gradient, and what takes it.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="part">Which part of a batch they are.</param>
    /// <param name="inputGradient">On request ∂L/∂x of the rows, in scratch memory.</param>
    /// <param name="wantsInputGradient">Whether ∂L/∂x is wanted.</param>
    public Metrics Run(Team team, in StepInputs<T> inputs, in BatchBuffer<T> batch, in MicroBatch part, out Matrix<T>? inputGradient,
        bool wantsInputGradient = false)
    {
        scratch.Reset();
        inputGradient = null;
        var (output, gathered) = copiesRows && part.BatchRows > 0 ? (CopyOf(batch), null) : (batch.Inputs, batch.Gathered);
        for (var i = 0; i < steps.Length; i++)
        {
            var context = new StepContext<T>(PassOf(steps[i], team, inputs)) { Gathered = i == 0 ? gathered : null };
            memories[i] = steps[i].Forward(context, output);
            output = memories[i].Output;
        }

        if (inputs.Gradient is null)
        {
            return EvaluateLoss(team, inputs, output, batch, [], part);
        }

        var outputGradient = scratch.Rent(output.Rows, output.Columns);
        var metrics = EvaluateLoss(team, inputs, output, batch, outputGradient.Block.Span, part);
        if (plan.FirstTrained >= 0 || wantsInputGradient)
        {
            outputGradient = Backward(team, inputs, inputs.Gradient.Block.Span, outputGradient, wantsInputGradient, part, gathered);
        }

        inputGradient = wantsInputGradient ? outputGradient : null;
        return metrics;
    }

    /// <summary>Loss and accuracy of an output, and the gradient with respect to it unless its span is empty.</summary>
    public Metrics EvaluateLoss(Team team, in StepInputs<T> inputs, Matrix<T> output, in BatchBuffer<T> batch, Span<T> outputGradient,
        in MicroBatch part)
    {
        RowLosses = scratch.Rent(1, output.Rows);
        var rowLosses = RowLosses.Block.Span;
        var pass = new Pass<T>(scratch, team, inputs.Parameters, 0, inputs.Statistics, 0, default, false) { BatchRows = part.BatchRows };
        var correct = loss!.Evaluate(pass, output, batch.Targets, rowLosses, outputGradient);
        if (batch.Weights is { } weights)
        {
            Weigh(weights.Values, rowLosses, outputGradient, output.Columns);
        }

        return new Metrics(output.Rows, Sums.Of<T>(rowLosses), 0, correct, loss.Predictions(output.Rows, output.Columns));
    }

    /// <summary>
    /// The chain rule from the last step down to the first that has parameters, or to the input. A dense step above a ReLU applies the
    /// ReLU's derivative to its gradient as it computes that.
    /// </summary>
    private Matrix<T> Backward(Team team, in StepInputs<T> inputs, Span<T> gradient, Matrix<T> outputGradient, bool wantsInputGradient,
        in MicroBatch part, RowGather<T>? gathered)
    {
        var (isGated, last) = (false, wantsInputGradient ? 0 : firstTrainedStep);
        for (var i = steps.Length - 1; i >= last; i--)
        {
            var step = steps[i];
            var below = i > last && step.TakesGate && steps[i - 1].Rectifies ? steps[i - 1] : null;
            var context = new StepContext<T>(PassOf(step, team, inputs, i > last || wantsInputGradient, part.Number > 0))
            {
                Gathered = i == 0 ? gathered : null,
                OutputGradientIsGated = isGated,
                Gate = below is null ? default : memories[i - 1].Output.Values,
                GateScale = below?.Scale ?? 1,
            };
            var own = gradient[plan.Offsets[step.First]..plan.Offsets[step.Last + 1]];
            if (!own.IsEmpty && part.Order?.Await(i, part.Number) == false)
            {
                break;
            }

            outputGradient = step.Backward(context, memories[i], outputGradient, own);
            isGated = below is not null;
            if (!own.IsEmpty)
            {
                part.Order?.End(i, part.Number);
            }
        }

        return outputGradient;
    }

    private Pass<T> PassOf(ExecutionStep step, Team team, in StepInputs<T> inputs, bool needsInputGradient = false,
        bool accumulates = false) =>
        new(scratch, team, inputs.Parameters, plan.FirstParameters[step.First], inputs.Statistics, plan.FirstStatistics[step.First],
            inputs.Key.Fold(step.Last), needsInputGradient)
        {
            Accumulates = accumulates,
        };

    private unsafe Matrix<T> CopyOf(in BatchBuffer<T> batch)
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
