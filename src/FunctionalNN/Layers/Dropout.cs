using System.Globalization;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// In training y = x·m / (1 − rate), where each m is 0 with probability rate and else 1; in prediction y = x.
/// So the mean of y is x in both. dx = dy·m / (1 − rate) with the same m, which is a function of the step's key and the place alone
/// (Srivastava et al., "Dropout", 2014, in the scaled form of Keras and PyTorch).
/// </summary>
/// <param name="Rate">The fraction set to 0: 0 ≤ rate &lt; 1.</param>
public sealed record Dropout(double Rate) : Layer
{
    internal static Schema Schema => SchemaOf("Dropout", new Dropout(0))
        .With("rate", layer => layer.Rate, (layer, value) => layer with { Rate = value });

    /// <inheritdoc/>
    protected internal override string Details => Rate.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override bool IsIdentity => true;

    /// <inheritdoc/>
    public override bool KeepsShape => true;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        Rate is >= 0 and < 1
            ? Right(inputs)
            : Wrong($"the rate is {Rate}, expected 0 ≤ rate < 1: it is the fraction that is set to 0");

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        var output = pass.Rent(input.Rows, input.Columns, out var y);
        RandomMask.Apply(pass.Team, pass.Key, Rate, input.Values, y);
        return new DropoutCache<T>(Rate, output);
    }

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => input;

    /// <inheritdoc/>
    protected internal override Layer AsInference() => new Linear { Name = Name };

    private sealed record DropoutCache<T>(double Rate, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var inputGradient = pass.Rent(Output.Rows, Output.Columns, out var dx);
            RandomMask.Apply(pass.Team, pass.Key, Rate, outputGradient.Values, dx);
            return inputGradient;
        }
    }
}
