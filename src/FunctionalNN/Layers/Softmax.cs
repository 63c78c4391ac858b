using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// y[i, j] = e^(x[i, j]) / Σₖ e^(x[i, k]): each row becomes probabilities. The row's maximum is subtracted first, so that
/// no input overflows. dx = y · (dy − Σₖ dyₖ·yₖ).
/// </summary>
/// <remarks>Under <see cref="CategoricalCrossEntropy"/> the two are computed as one, from the logits x: see there.</remarks>
public sealed record Softmax : Layer
{
    internal static Schema Schema => SchemaOf("Softmax", new Softmax());

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        inputs > 1
            ? Right(inputs)
            : Wrong("the softmax of a single number is always 1: give it 2 or more inputs, or end in Sigmoid for two classes");

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => OutputRange.Distribution;

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new SoftmaxCache<T>(Infer(pass, input));

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
    {
        var output = pass.Rent(input.Rows, input.Columns, out var y);
        SoftmaxRows.Forward(pass.Team, input.Values, y, input.Rows, input.Columns);
        return output;
    }

    private sealed record SoftmaxCache<T>(Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var inputGradient = pass.Rent(Output.Rows, Output.Columns, out var dx);
            for (var row = 0; row < Output.Rows; row++)
            {
                var y = Output.Row(row);
                var dy = outputGradient.Row(row);
                var mean = T.Zero;
                for (var j = 0; j < y.Length; j++)
                {
                    mean = T.FusedMultiplyAdd(dy[j], y[j], mean);
                }

                for (var j = 0; j < y.Length; j++)
                {
                    dx[(row * y.Length) + j] = y[j] * (dy[j] - mean);
                }
            }

            return inputGradient;
        }
    }
}
