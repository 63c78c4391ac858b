using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Layers with a way around them: y = x + f(x), where f is the layers one after the other (He et al., 2015, arXiv 1512.03385).
/// f must end in the shape in which it begins, unless a projection P brings x to the other shape: y = P(x) + f(x).
/// dx = dy + ∂f/∂xᵀ·dy, with a projection ∂P/∂xᵀ·dy + ∂f/∂xᵀ·dy.
/// </summary>
/// <param name="Layers">One layer or more.</param>
public sealed record Residual(params ImmutableArray<Layer> Layers) : Layer
{
    internal static Schema Schema => SchemaOf("Residual", new Residual([]))
        .With("layers", residual => residual.Layers, (residual, value) => residual with { Layers = value })
        .With("projection", residual => residual.Projection!, (residual, value) => residual with { Projection = value });

    /// <summary>The layers that the way leads around.</summary>
    public ImmutableArray<Layer> Layers
    {
        get => Around.Layers;
        init => Around = new Sequence(value);
    }

    /// <summary>
    /// What brings the input to the shape of the layers' output, such as <c>new Convolution(64, 1) { Stride = 2 }</c>; null where the
    /// shapes are the same. Its slots come behind those of the layers, named "projection.weights" ….
    /// </summary>
    public Layer? Projection { get; init; }

    /// <inheritdoc/>
    public override int MinRows => Math.Max(Around.MinRows, Projection?.MinRows ?? 1);

    /// <inheritdoc/>
    public override bool IsRowwise => Around.IsRowwise && Projection is null or { IsRowwise: true };

    /// <inheritdoc/>
    protected internal override string Details => $"{(Projection is null ? "x" : $"{Projection.Kind}(x)")} + ({Around.Details})";

    internal Sequence Around { get; private init; } = new(Layers);

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) => OutputShape(inputs).Map(shape => shape.Width);

    /// <inheritdoc/>
    public override Validation<Error, Shape> OutputShape(Shape input) => Around.OutputShape(input).Bind(output =>
        (Projection is null ? Validation<Error, Shape>.Success(input) : Projection.OutputShape(input)).Bind(way =>
            output == way || (output.Width == way.Width && (output.Image is null || way.Image is null))
                ? Validation<Error, Shape>.Success(output)
                : Validation<Error, Shape>.Fail(LanguageExt.Seq.create(Error.New(Mismatch(input, output, way))))));

    /// <inheritdoc/>
    protected internal override Layer Placed(Shape input) =>
        input.Image is null && Projection is null ? this
            : this with { Around = (Sequence)Around.Placed(input), Projection = Projection?.Placed(input) };

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Parameters(int inputs) =>
        [.. Around.Parameters(inputs), .. Projected(Projection?.Parameters(inputs))];

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Statistics(int inputs) =>
        [.. Around.Statistics(inputs), .. Projected(Projection?.Statistics(inputs))];

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        var inner = Around.Forward(pass, input);
        var way = Projection?.Forward(ProjectionPass(pass, input.Columns, false), input);
        return new ResidualCache<T>(this, input.Columns, inner, way, Sum(pass, way?.Output ?? input, inner.Output));
    }

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => Sum(pass,
        Projection is null ? input : Projection.Infer(ProjectionPass(pass, input.Columns, false), input), Around.Infer(pass, input));

    /// <inheritdoc/>
    protected internal override Layer AsInference() => this with
    {
        Layers = [.. Layers.Select(layer => layer.AsInference())],
        Projection = Projection?.AsInference(),
    };

    /// <inheritdoc/>
    internal override Layer WithoutNoise() => this with
    {
        Layers = [.. Layers.Select(layer => layer.WithoutNoise())],
        Projection = Projection?.WithoutNoise(),
    };

    /// <inheritdoc/>
    internal override NetworkPlan? InnerPlan(int inputs) => Around.PlanFor(inputs);

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(base.PrintMembers(builder) ? ", " : "").Append("Layers = [").AppendJoin(", ", Layers).Append(']');
        if (Projection is not null)
        {
            builder.Append(", Projection = ").Append(Projection);
        }

        return true;
    }

    private static Matrix<T> Sum<T>(in Pass<T> pass, Matrix<T> x, Matrix<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = pass.Rent(x.Rows, x.Columns, out var values);
        Columnwise.Map(pass.Team, default(Plus<T>), x.Values, y.Values, values, x.Columns);
        return sum;
    }

    private string Mismatch(Shape input, Shape output, Shape way) => Projection is not null
        ? $"the layers end in {output}, the projection in {way}: give both the same shape"
        : output.Image is null && input.Image is null
            ? $"the layers end {output.Width} wide, but their output is added to the input, {input.Width} wide: end them in "
                + $"Dense({input.Width}), or give a Projection, such as Dense({output.Width})"
            : $"the layers end in {output}, but their output is added to the input, {input}: end them in that shape, or give a "
                + $"Projection, such "
                + $"as a Convolution of kernel 1";

    private static IEnumerable<Slot> Projected(ImmutableArray<Slot>? slots) =>
        slots?.Select(slot => slot with { Name = $"projection.{slot.Name}" }) ?? [];

    private Pass<T> ProjectionPass<T>(in Pass<T> pass, int inputs, bool needsInputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var plan = Around.PlanFor(inputs);
        return pass.Inner(Layers.Length, plan.FirstParameters[^1], plan.FirstStatistics[^1], needsInputGradient);
    }

    private sealed record ResidualCache<T>(Residual Layer, int Inputs, Cache<T> Inner, Cache<T>? Way, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var own = Layer.Around.PlanFor(Inputs).Offsets[^1];
            var inner = Inner.Backward(pass, outputGradient, parameterGradient[..own]);
            var way = Way?.Backward(Layer.ProjectionPass(pass, Inputs, pass.NeedsInputGradient), outputGradient, parameterGradient[own..]);
            return pass.NeedsInputGradient ? Sum(pass, way ?? outputGradient, inner) : outputGradient;
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
