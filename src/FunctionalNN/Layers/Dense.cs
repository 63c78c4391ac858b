using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A fully connected layer: y = x·W + b.
/// x: [n × in], W: [in × out], b: [1 × out], y: [n × out].
/// Backward: dW = xᵀ·dy, db = Σ dy over the rows, dx = dy·Wᵀ. The 1/n of a mean over the batch is in dy.
/// </summary>
/// <param name="Outputs">The width of the output, 1 or more.</param>
public sealed record Dense(int Outputs) : Layer
{
    internal static Schema Schema => SchemaOf("Dense", new Dense(1))
        .With("outputs", dense => dense.Outputs, (dense, value) => dense with { Outputs = value })
        .With("weightInitializer", dense => dense.WeightInitializer, (dense, value) => dense with { WeightInitializer = value })
        .With("biasInitializer", dense => dense.BiasInitializer, (dense, value) => dense with { BiasInitializer = value })
        .With("weightPenalty", dense => dense.WeightPenalty, (dense, value) => dense with { WeightPenalty = value })
        .With("biasPenalty", dense => dense.BiasPenalty, (dense, value) => dense with { BiasPenalty = value })
        .With("weightConstraint", dense => dense.WeightConstraint, (dense, value) => dense with { WeightConstraint = value })
        .With("biasConstraint", dense => dense.BiasConstraint, (dense, value) => dense with { BiasConstraint = value });

    /// <inheritdoc/>
    protected internal override string Details => string.Join(", ", new[]
    {
        WeightInitializer.ToString(),
        WeightPenalty.IsNone ? null : $"weights {WeightPenalty}",
        BiasPenalty.IsNone ? null : $"bias {BiasPenalty}",
    }.Where(text => text is not null));

    /// <summary>How the weights start: <see cref="Initializer.He"/> by default.</summary>
    public Initializer WeightInitializer { get; init; } = Initializer.He;

    /// <summary>How the bias starts: zeros by default.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>What is added to the loss for the weights.</summary>
    public Penalty WeightPenalty { get; init; } = Penalty.None;

    /// <summary>What is added to the loss for the bias.</summary>
    public Penalty BiasPenalty { get; init; } = Penalty.None;

    /// <summary>What the weights are brought back to after each update.</summary>
    public Constraint WeightConstraint { get; init; } = Constraint.None;

    /// <summary>What the bias is brought back to after each update.</summary>
    public Constraint BiasConstraint { get; init; } = Constraint.None;

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    internal override bool IsAffine => true;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        Outputs < 1 ? Wrong($"{Outputs} outputs: give 1 or more")
        : !WeightPenalty.IsValid ? Wrong($"the weight penalty is {WeightPenalty}: give finite strengths of 0 or more")
        : !BiasPenalty.IsValid ? Wrong($"the bias penalty is {BiasPenalty}: give finite strengths of 0 or more")
        : !WeightConstraint.IsValid || !BiasConstraint.IsValid
            ? Wrong($"the constraints are {WeightConstraint} and {BiasConstraint}: give finite norms above 0")
        : (long)inputs * Outputs > Array.MaxLength ? Wrong($"{inputs} × {Outputs} weights do not fit an array: make the layer narrower")
        : Right(Outputs);

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Parameters(int inputs) =>
    [
        new Slot("weights", inputs, Outputs) { Initializer = WeightInitializer, Penalty = WeightPenalty, Constraint = WeightConstraint },
        new Slot("bias", 1, Outputs) { Initializer = BiasInitializer, Penalty = BiasPenalty, Constraint = BiasConstraint, FanIn = inputs,
            FanOut = Outputs },
    ];

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new DenseCache<T>(input, Infer(pass, input));

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
    {
        var output = pass.Rent(input.Rows, Outputs, out var y);
        Product.Forward(pass.Team, input.Values, pass.Parameter(0).Values, pass.Parameter(1).Values, y, input.Rows, input.Columns, Outputs);
        return output;
    }

    private sealed record DenseCache<T>(Matrix<T> Input, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var (n, inputs, outputs) = (Input.Rows, Input.Columns, outputGradient.Columns);
            var dw = parameterGradient[..(inputs * outputs)];
            var db = parameterGradient[(inputs * outputs)..];
            Product.WeightGradient(pass.Team, Input.Values, outputGradient.Values, dw, n, inputs, outputs, pass.Accumulates);
            ColumnSums.Run(pass.Team, outputGradient.Values, db, n, outputs, pass.Accumulates);
            if (!pass.NeedsInputGradient)
            {
                return outputGradient;
            }

            var inputGradient = pass.Rent(n, inputs, out var dx);
            Product.InputGradient(pass.Team, outputGradient.Values, pass.Parameter(0).Values, dx, n, inputs, outputs);
            return inputGradient;
        }
    }
}
