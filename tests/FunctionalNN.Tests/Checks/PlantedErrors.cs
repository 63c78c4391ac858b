using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

/// <summary>The mean absolute error as "Neural Networks from Scratch" prints it: the gradient climbs.</summary>
internal sealed record ClimbingAbsoluteError : ElementLoss
{
    protected override void Terms<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> losses)
    {
        for (var i = 0; i < losses.Length; i++)
        {
            losses[i] = T.Abs(prediction[i] - target[i]);
        }
    }

    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes)
    {
        for (var i = 0; i < slopes.Length; i++)
        {
            slopes[i] = scale * T.CreateTruncating(T.Sign(target[i] - prediction[i]));
        }
    }
}

/// <summary>A dense layer whose gradient is changed after it was right.</summary>
internal sealed record SpoiltDense(int Outputs, string Slot, double Factor) : Layer
{
    private Dense Inner => new(Outputs);

    public override Validation<Error, int> Width(int inputs) => Inner.Width(inputs);

    public override ImmutableArray<Slot> Parameters(int inputs) => Inner.Parameters(inputs);

    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new Memory<T>(this, input.Columns, Inner.Forward(pass, input));

    private sealed record Memory<T>(SpoiltDense Layer, int Inputs, Cache<T> Inner) : Cache<T>(Inner.Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var inputGradient = Inner.Backward(pass, outputGradient, parameterGradient);
            var weights = Inputs * Layer.Outputs;
            foreach (ref var number in Layer.Slot == "bias" ? parameterGradient[weights..] : parameterGradient[..weights])
            {
                number *= T.CreateTruncating(Layer.Factor);
            }

            return inputGradient;
        }
    }
}

/// <summary>y = 3x with the derivative of y = x.</summary>
internal sealed record ForgottenFactor : Activation
{
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = T.CreateTruncating(3) * x[i];
        }
    }

    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) => dy.CopyTo(dx);
}

/// <summary>Dropout whose way back draws another mask.</summary>
internal sealed record ForgetfulDropout(double Rate) : Layer
{
    public override Validation<Error, int> Width(int inputs) => Right(inputs);

    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        var output = pass.Rent(input.Rows, input.Columns, out var y);
        RandomMask.Apply(pass.Team, pass.Key, Rate, input.Values, y);
        return new Memory<T>(Rate, output);
    }

    private sealed record Memory<T>(double Rate, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var inputGradient = pass.Rent(Output.Rows, Output.Columns, out var dx);
            RandomMask.Apply(pass.Team, pass.Key.Fold(1), Rate, outputGradient.Values, dx);
            return inputGradient;
        }
    }
}
