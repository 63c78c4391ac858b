using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>A network: how wide its input is and which layers follow. A description without numbers; two are equal when they say the
/// same.</summary>
public sealed record Network
{
    /// <summary>A network, checked.</summary>
    /// <param name="inputs">The width of the input, 1 or more.</param>
    /// <param name="layers">One layer or more, from the input to the output.</param>
    /// <exception cref="ArgumentException">The layers do not fit; the message names everything that is wrong. <see cref="Create(int,
    /// ImmutableArray{Layer})"/> gives it as a value.</exception>
    public Network(int inputs, ImmutableArray<Layer> layers)
        : this(new Shape(inputs), layers)
    {
    }

    /// <summary>A network for images, checked.</summary>
    /// <param name="image">The size of the images: <c>new ImageSize(28, 28)</c>, <c>new ImageSize(32, 32) { Channels = 3 }</c>.</param>
    /// <param name="layers">One layer or more, from the input to the output.</param>
    /// <exception cref="ArgumentException">The layers do not fit; the message names everything that is wrong. <see cref="Create(ImageSize,
    /// ImmutableArray{Layer})"/> gives it as a value.</exception>
    public Network(ImageSize image, ImmutableArray<Layer> layers)
        : this(new Shape(image), layers)
    {
    }

    internal Network(Shape input, ImmutableArray<Layer> layers)
    {
        Input = input;
        Layers = layers;
    }

    private Network(NetworkPlan plan)
    {
        Input = plan.Input;
        Plan = plan;
        Layers = plan.Described;
    }

    /// <summary>What a row of the input is: a number of inputs, or an image.</summary>
    public Shape Input { get; }

    /// <summary>The width of the input.</summary>
    public int Inputs => Input.Width;

    /// <summary>The layers, from the input to the output.</summary>
    /// <exception cref="ArgumentException">In <c>with</c>: the new layers do not fit.</exception>
    public ImmutableArray<Layer> Layers
    {
        get;
        init
        {
            field = value;
            Plan = NetworkPlan.Of(Input, value).Match(
                plan => plan,
                errors => throw new ArgumentException(string.Join(Environment.NewLine, errors.Map(error => error.Message))));
        }
    }

    /// <summary>The width of the output.</summary>
    public int Outputs => Plan.Widths[^1];

    /// <summary>The range of the output values.</summary>
    public OutputRange OutputRange => Layers.Aggregate(OutputRange.Any, (range, layer) => layer.RangeFor(range));

    /// <summary>The layers' names: their own, or kind and position among the kind, such as "dense1".</summary>
    public ImmutableArray<string> LayerNames => Plan.Names;

    /// <summary>The width before each layer, and at the end that of the output.</summary>
    public ImmutableArray<int> Widths => Plan.Widths;

    /// <summary>The shape before each layer, and at the end that of the output.</summary>
    public ImmutableArray<Shape> Shapes => Plan.Shapes;

    /// <summary>The fewest rows that a training batch may have.</summary>
    public int MinRows => Plan.MinRows;

    /// <summary>Where each layer's trained matrices lie.</summary>
    public Layout ParameterLayout => Plan.Parameters;

    /// <summary>Where each layer's running statistics lie.</summary>
    public Layout StatisticLayout => Plan.Statistics;

    internal NetworkPlan Plan { get; private init; } = null!;

    /// <summary>A network, or everything that is wrong with it: each error names the layer by position and kind, what was found, and the
    /// fix.</summary>
    public static Validation<Error, Network> Create(int inputs, params ImmutableArray<Layer> layers) =>
        NetworkPlan.Of(inputs, layers).Map(plan => new Network(plan));

    /// <summary>A network for images, or everything that is wrong with it: each error names the layer by position and kind, what was found,
    /// and the fix.</summary>
    public static Validation<Error, Network> Create(ImageSize image, params ImmutableArray<Layer> layers) =>
        NetworkPlan.Of(image, layers).Map(plan => new Network(plan));

    /// <summary>A model with numbers drawn by seed, in float.</summary>
    public Model<float> Initialize(int seed) => Initialize<float>(seed);

    /// <summary>A model with numbers drawn by seed. Float and double start from the same numbers, up to rounding.</summary>
    public Model<T> Initialize<T>(int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var key = new Key((ulong)seed);
        return new Model<T>(this, Fill<T>(ParameterLayout, key.Fold(0)), Fill<T>(StatisticLayout, key.Fold(1))) { Seed = seed };
    }

    /// <summary>Whether the network can be trained on these batches with this loss; if not, everything that is wrong and the fix.</summary>
    /// <exception cref="ArgumentException">The data is a validation or test part.</exception>
    public Validation<Error, Unit> Fits<T>(Batches<T> batches, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T> => Compatibility.Check(this, batches, loss);

    /// <summary>
    /// The network in inference mode: <see cref="Layer.Forward"/> of each layer computes what <see cref="Layer.Infer"/> computes, so that
    /// <see cref="Model{T}.Gradient"/> of a model with it differentiates predictions. Names and slots stay.
    /// </summary>
    public Network AsInference() => new(Input, [.. Layers.Select((layer, i) => layer.AsInference() with { Name = LayerNames[i] })]);

    /// <inheritdoc/>
    public bool Equals(Network? other) => other is not null && Input == other.Input && Layers.SequenceEqual(other.Layers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Inputs, Layers.Length, Layers[^1]);

    /// <summary>A table: each layer with its output's width and its count of parameters.</summary>
    public override string ToString() => NetworkText.Of(this);

    private static ParameterVector<T> Fill<T>(Layout layout, Key key)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var block = Block<T>.Allocate(layout.Count);
        for (var i = 0; i < layout.Placements.Length; i++)
        {
            var (_, slot, offset) = layout.Placements[i];
            slot.Initializer.Fill(block.Span.Slice(offset, slot.Count), slot, key.Fold(i));
        }

        return new ParameterVector<T>(layout, block);
    }
}
