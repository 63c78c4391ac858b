namespace FunctionalNN;

/// <summary>A maximum pooling that applies the derivative of the ReLU below it: where a window's greatest number is 0 or less, nothing came
/// through the ReLU.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Position">Its position in the network.</param>
internal sealed record MaxPoolingStep(MaxPooling Layer, int Position) : ExecutionStep(Position, Position)
{
    public override bool IsRowwise => true;

    public override bool TakesGate => true;

    public override StepMemory<T> Forward<T>(in StepContext<T> context, Matrix<T> input) => new(input, Infer(context, input));

    public override Matrix<T> Infer<T>(in StepContext<T> context, Matrix<T> input) => Layer.Infer(context.Pass, input);

    public override Matrix<T> Backward<T>(in StepContext<T> context, in StepMemory<T> memory, Matrix<T> outputGradient,
        Span<T> parameterGradient) =>
        Layer.Backward(context.Pass, memory.Input, memory.Output, outputGradient, isGated: !context.Gate.IsEmpty);
}
