using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Layers one after the other as one layer: y = fₖ(… f₂(f₁(x))). Their slots are named "dense1.weights" …, as a network names its layers.
/// Backward goes through the layers from the last to the first.
/// </summary>
/// <param name="Layers">One layer or more.</param>
public sealed record Sequence(params ImmutableArray<Layer> Layers) : Layer
{
    internal static Schema Schema => SchemaOf("Sequence", new Sequence([]))
        .With("layers", sequence => sequence.Layers, (sequence, value) => sequence with { Layers = value });

    private NetworkPlan? latest;

    /// <summary>The shape of the input, where that is an image.</summary>
    internal Shape? Input { get; private init; }

    /// <inheritdoc/>
    public override int MinRows => Layers.IsDefaultOrEmpty ? 1 : Layers.Max(layer => layer.MinRows);

    /// <summary>One layer or more.</summary>
    public ImmutableArray<Layer> Layers
    {
        get;
        init
        {
            field = value;
            latest = null;
        }
    } = Layers;

    /// <inheritdoc/>
    public override bool IsRowwise => Layers.All(layer => layer.IsRowwise);

    /// <inheritdoc/>
    protected internal override string Details => string.Join(" → ", Layers.Select(layer => layer.Kind));

    /// <inheritdoc/>
    public override OutputRange RangeFor(OutputRange input) => Layers.Aggregate(input, (range, layer) => layer.RangeFor(range));

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        latest?.Inputs == inputs
            ? Right(latest.Widths[^1])
            : NetworkPlan.Of(Input ?? inputs, Layers).Map(plan => (latest = plan).Widths[^1]);

    /// <inheritdoc/>
    public override Validation<Error, Shape> OutputShape(Shape input) => Width(input.Width).Map(_ => latest!.Shapes[^1]);

    /// <inheritdoc/>
    protected internal override Layer Placed(Shape input) => input.Image is null ? this : this with { Input = input, Layers = Layers };

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Parameters(int inputs) => SlotsOf(PlanFor(inputs).Parameters);

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Statistics(int inputs) => SlotsOf(PlanFor(inputs).Statistics);

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        var plan = PlanFor(input.Columns);
        var caches = new Cache<T>[Layers.Length];
        var output = input;
        for (var i = 0; i < caches.Length; i++)
        {
            caches[i] = plan.Layers[i].Forward(InnerPass(plan, pass, i, false), output);
            output = caches[i].Output;
        }

        return new SequenceCache<T>(plan, caches, output);
    }

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
    {
        var plan = PlanFor(input.Columns);
        var output = input;
        for (var i = 0; i < Layers.Length; i++)
        {
            output = plan.Layers[i].Infer(InnerPass(plan, pass, i, false), output);
        }

        return output;
    }

    /// <inheritdoc/>
    protected internal override Layer AsInference() => this with { Layers = [.. Layers.Select(layer => layer.AsInference())] };

    /// <inheritdoc/>
    internal override Layer WithoutNoise() => this with { Layers = [.. Layers.Select(layer => layer.WithoutNoise())] };

    /// <inheritdoc/>
    internal override NetworkPlan? InnerPlan(int inputs) => PlanFor(inputs);

    /// <inheritdoc/>
    public bool Equals(Sequence? other) => other is not null && base.Equals(other) && Layers.SequenceEqual(other.Layers);

    /// <inheritdoc/>
    public override int GetHashCode() => Layers.Aggregate(base.GetHashCode(), HashCode.Combine);

    internal NetworkPlan PlanFor(int inputs)
    {
        // Threads may make the same plan twice; each is whole, and either will do.
        var plan = latest;
        return plan?.Inputs == inputs ? plan : latest = NetworkPlan.Of(Input ?? inputs, Layers).OrThrow();
    }

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(base.PrintMembers(builder) ? ", " : "").Append("Layers = [").AppendJoin(", ", Layers).Append(']');
        return true;
    }

    private static ImmutableArray<Slot> SlotsOf(Layout layout) =>
        [.. layout.Placements.Select(placement => placement.Slot with { Name = $"{placement.Layer}.{placement.Slot.Name}" })];

    private static Pass<T> InnerPass<T>(NetworkPlan plan, in Pass<T> pass, int position, bool needsInputGradient)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        pass.Inner(position, plan.FirstParameters[position], plan.FirstStatistics[position], needsInputGradient);

    private sealed record SequenceCache<T>(NetworkPlan Plan, Cache<T>[] Caches, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var last = pass.NeedsInputGradient ? 0 : Plan.FirstTrained;
            for (var i = Caches.Length - 1; i >= last && last >= 0; i--)
            {
                var inner = InnerPass(Plan, pass, i, i > last || pass.NeedsInputGradient);
                outputGradient = Caches[i].Backward(inner, outputGradient, parameterGradient[Plan.Offsets[i]..Plan.Offsets[i + 1]]);
            }

            return outputGradient;
        }
    }
}
