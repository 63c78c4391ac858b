using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Layers with a way around them: y = x + f(x), where f is the layers one after the other (He et al., 2015, arXiv 1512.03385).
/// f must end as wide as it begins. dx = dy + ∂f/∂xᵀ·dy.
/// </summary>
/// <param name="Layers">One layer or more.</param>
public sealed record Residual(params ImmutableArray<Layer> Layers) : Layer
{
    internal static Schema Schema => SchemaOf("Residual", new Residual([]))
        .With("layers", residual => residual.Layers, (residual, value) => residual with { Layers = value });

    /// <summary>The layers that the way leads around.</summary>
    public ImmutableArray<Layer> Layers
    {
        get => Around.Layers;
        init => Around = new Sequence(value);
    }

    /// <inheritdoc/>
    public override int MinRows => Around.MinRows;

    /// <inheritdoc/>
    public override bool IsRowwise => Around.IsRowwise;

    /// <inheritdoc/>
    protected internal override string Details => $"x + ({Around.Details})";

    internal Sequence Around { get; private init; } = new(Layers);

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) => Around.Width(inputs).Bind(outputs =>
        !Around.EmbeddedColumns.IsEmpty
            ? Wrong("the numbers of categories would be added as quantities: put the embedding in front of the residual")
        : outputs == inputs
            ? Right(inputs)
            : Wrong($"the layers end {outputs} wide, but their output is added to the input, {inputs} wide: end them in Dense({inputs})"));

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Parameters(int inputs) => Around.Parameters(inputs);

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Statistics(int inputs) => Around.Statistics(inputs);

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        var inner = Around.Forward(pass, input);
        return new ResidualCache<T>(inner, Sum(pass, input, inner.Output));
    }

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => Sum(pass, input, Around.Infer(pass, input));

    /// <inheritdoc/>
    protected internal override Layer AsInference() => this with { Layers = [.. Layers.Select(layer => layer.AsInference())] };

    /// <inheritdoc/>
    internal override Layer WithoutNoise() => this with { Layers = [.. Layers.Select(layer => layer.WithoutNoise())] };

    /// <inheritdoc/>
    internal override NetworkPlan? InnerPlan(int inputs) => Around.PlanFor(inputs);

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(base.PrintMembers(builder) ? ", " : "").Append("Layers = [").AppendJoin(", ", Layers).Append(']');
        return true;
    }

    private static Matrix<T> Sum<T>(in Pass<T> pass, Matrix<T> x, Matrix<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = pass.Rent(x.Rows, x.Columns, out var values);
        Columnwise.Map(pass.Team, default(Plus<T>), x.Values, y.Values, values, x.Columns);
        return sum;
    }

    private sealed record ResidualCache<T>(Cache<T> Inner, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var inner = Inner.Backward(pass, outputGradient, parameterGradient);
            return pass.NeedsInputGradient ? Sum(pass, outputGradient, inner) : outputGradient;
        }
    }

    private readonly struct Plus<T> : IColumnFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Invoke<L>(L x, L z, int column, int lanes)
            where L : struct, ILanes<L, T> => x + z;
    }
}
