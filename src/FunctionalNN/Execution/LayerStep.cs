namespace FunctionalNN;

/// <summary>A layer computed by its own rules.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Position">Its position in the network.</param>
internal sealed record LayerStep(Layer Layer, int Position) : ExecutionStep(Position, Position)
{
    public override bool IsRowwise => Layer.IsRowwise;

    public override StepMemory<T> Forward<T>(in StepContext<T> context, Matrix<T> input)
    {
        var cache = Layer.Forward(context.Pass, input);
        return new StepMemory<T>(input, cache.Output, cache);
    }

    public override Matrix<T> Infer<T>(in StepContext<T> context, Matrix<T> input) => Layer.Infer(context.Pass, input);

    public override Matrix<T> Backward<T>(in StepContext<T> context, in StepMemory<T> memory, Matrix<T> outputGradient,
        Span<T> parameterGradient) =>
        memory.Cache!.Backward(context.Pass, outputGradient, parameterGradient);
}
