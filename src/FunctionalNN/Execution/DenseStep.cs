using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// Dense, perhaps Relu, and perhaps Dropout after that, computed as one: y = x·W + b, or y = max(x·W + b, 0) · m/(1 − rate). The bits are
/// those of the layers one after the other.
/// Backward: dz = dy/(1 − rate) where y > 0, else 0 (where a number was dropped y is 0 too), then as for <see cref="Dense"/>. What it adds
/// to the layer: rows gathered as they are read, a copy of the weights for single rows, and the derivative of the ReLU below applied to
/// the gradient as that is computed.
/// </summary>
/// <param name="Dense">Gives the width; the parameters come with the pass.</param>
/// <param name="First">The position of the dense layer.</param>
/// <param name="Last">The position of the last layer that is part of it.</param>
internal sealed record DenseStep(Dense Dense, int First, int Last) : ExecutionStep(First, Last)
{
    private const int MaxBytesOfWeights = 1 << 19;

    /// <summary>The rate of the dropout after the ReLU; 0 where there is none.</summary>
    public double DropRate { get; init; }

    public override bool TakesGate => true;

    public override double Scale => DropRate == 0 ? 1 : 1 / (1 - DropRate);

    public override bool IsRowwise => DropRate == 0;

    /// <summary>Where a cache holds the weights, each row is gathered once for the output and once for the gradient.</summary>
    public override bool Gathers(int inputs, int bytesEach) => (long)inputs * Dense.Outputs * bytesEach <= MaxBytesOfWeights;

    public override StepMemory<T> Forward<T>(in StepContext<T> context, Matrix<T> input)
    {
        var output = Infer(context, input);
        if (DropRate > 0)
        {
            RandomMask.Apply(context.Pass.Team, context.Pass.Key, DropRate, output.Values, output.Block.Span);
        }

        return new StepMemory<T>(input, output);
    }

    public override Matrix<T> Infer<T>(in StepContext<T> context, Matrix<T> input)
    {
        var pass = context.Pass;
        var output = pass.Rent(input.Rows, Dense.Outputs, out var y);
        if (context.Panels is { } panels && input.Rows == 1)
        {
            panels.Forward(pass.Team, input.Values, pass.Parameter(1).Values, y, Rectifies);
        }
        else
        {
            Product.Forward(pass.Team, input.Values, pass.Parameter(0).Values, pass.Parameter(1).Values, y, input.Rows, input.Columns,
                Dense.Outputs, Rectifies, context.Gathered);
        }

        return output;
    }

    public override Matrix<T> Backward<T>(in StepContext<T> context, in StepMemory<T> memory, Matrix<T> outputGradient,
        Span<T> parameterGradient)
    {
        var pass = context.Pass;
        var input = memory.Input;
        var (n, inputs, outputs) = (input.Rows, input.Columns, outputGradient.Columns);
        if (Rectifies && !context.OutputGradientIsGated)
        {
            var gated = pass.Rent(n, outputs, out var dz);
            Elementwise.Zip(new Gate(Scale), memory.Output.Values, outputGradient.Values, dz);
            outputGradient = gated;
        }

        Product.WeightGradient(pass.Team, input.Values, outputGradient.Values, parameterGradient[..(inputs * outputs)], n, inputs, outputs,
            pass.Accumulates, context.Gathered);
        ColumnSums.Run(pass.Team, outputGradient.Values, parameterGradient[(inputs * outputs)..], n, outputs, pass.Accumulates);
        if (!pass.NeedsInputGradient)
        {
            return outputGradient;
        }

        var inputGradient = pass.Rent(n, inputs, out var dx);
        Product.InputGradient(pass.Team, outputGradient.Values, pass.Parameter(0).Values, dx, n, inputs, outputs, context.Gate,
            context.GateScale);
        return inputGradient;
    }

    private readonly struct Gate(Setting scale) : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S y, S dy)
            where S : struct, IReal<S> => S.IfLessOrEqual(y, 0, 0, dy * scale);
    }
}
