using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// Convolution and perhaps Relu, computed as one: y = max(patches·W + b, 0). The bits are those of the layers one after the other.
/// Backward: dz = dy where y > 0, else 0, then as for <see cref="Convolution"/>.
/// </summary>
/// <param name="Convolution">The layer; the parameters come with the pass.</param>
/// <param name="First">The position of the convolution.</param>
/// <param name="Last">The position of the last layer that is part of it.</param>
internal sealed record ConvolutionStep(Convolution Convolution, int First, int Last) : ExecutionStep(First, Last)
{
    public override bool IsRowwise => true;

    public override bool TakesGate => true;

    public override StepMemory<T> Forward<T>(in StepContext<T> context, Matrix<T> input) => new(input, Infer(context, input));

    public override Matrix<T> Infer<T>(in StepContext<T> context, Matrix<T> input) => Convolution.Infer(context.Pass, input, Rectifies);

    public override Matrix<T> Backward<T>(in StepContext<T> context, in StepMemory<T> memory, Matrix<T> outputGradient,
        Span<T> parameterGradient)
    {
        if (Rectifies && !context.OutputGradientIsGated)
        {
            var gated = context.Pass.Rent(outputGradient.Rows, outputGradient.Columns, out var dz);
            Elementwise.Zip(default(Gate), memory.Output.Values, outputGradient.Values, dz);
            outputGradient = gated;
        }

        return Convolution.Backward(context.Pass, memory.Input, outputGradient, parameterGradient, context.Gate, context.GateScale);
    }

    private readonly struct Gate : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S y, S dy)
            where S : struct, IReal<S> => S.IfLessOrEqual(y, 0, 0, dy);
    }
}
