using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// y[i, j] = x[i, j] − ln Σₖ e^(x[i, k]): each row becomes logarithms of probabilities, exact also where the probability is too small for a
/// number. The row's maximum is subtracted first. dx = dy − eʸ · Σₖ dyₖ.
/// </summary>
/// <remarks>Goes with <see cref="NegativeLogLikelihood"/>, as in PyTorch.</remarks>
public sealed record LogSoftmax : Layer
{
    internal static Schema Schema => SchemaOf("LogSoftmax", new LogSoftmax());

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        inputs > 1
            ? Right(inputs)
            : Wrong("the softmax of a single number is always 1, its logarithm 0: give it 2 or more inputs");

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => OutputRange.LogDistribution;

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new LogSoftmaxCache<T>(Infer(pass, input));

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
    {
        var output = pass.Rent(input.Rows, input.Columns, out var y);
        SoftTargetRows.LogSoftmax(pass.Team, input.Values, y, input.Rows, input.Columns);
        return output;
    }

    private sealed record LogSoftmaxCache<T>(Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var inputGradient = pass.Rent(Output.Rows, Output.Columns, out var dx);
            SoftTargetRows.LogSoftmaxGradient(pass.Team, Output.Values, outputGradient.Values, dx, Output.Rows, Output.Columns);
            return inputGradient;
        }
    }
}
