using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A layer: a description with behaviour, and no numbers. Its forward rule and its backward rule stand together in one file.
/// Shapes: a layer maps a batch x: [n × in] to y: [n × out].
/// </summary>
/// <remarks>
/// A layer of your own is a record derived from this one. It draws every intermediate matrix from its <see cref="Pass{T}"/> and
/// keeps nothing outside the cache it returns; check it with <see cref="GradientCheck"/>.
/// </remarks>
public abstract record Layer
{
    /// <summary>The layer's name in its network; without one it is named by kind and position among its kind: "dense1".</summary>
    public string? Name { get; init; }

    /// <summary>What it is called in tables and messages.</summary>
    public virtual string Kind => GetType().Name;

    /// <summary>The settings that are worth a word in the network's table, beside kind and width.</summary>
    protected internal virtual string Details => "";

    /// <summary>The fewest rows that a training batch may have.</summary>
    public virtual int MinRows => 1;

    /// <summary>The range of the output values, given the range of the inputs; <see cref="Sigmoid"/>, for example, always gives
    /// probabilities.</summary>
    public virtual OutputRange RangeFor(OutputRange input) => OutputRange.Any;

    /// <summary>
    /// Whether the prediction is the input as it is, y = x: layers that do something in training only. Exports leave them out, and
    /// <see cref="Doctor"/> measures without them. Such a layer's <see cref="AsInference"/> is y = x in training too.
    /// </summary>
    public virtual bool IsIdentity => false;

    /// <summary>
    /// Whether the layer promises that rows are independent: false by default. A network of such layers, with a loss of the library that is
    /// computed row by row, trains on batches of more than 1,024 rows in micro-batches: the data is read once instead of once a layer, and
    /// memory is needed for the activations of a micro-batch instead of the batch's. The promise is threefold.
    /// A row's output and its ∂L/∂x depend on that row and the parameters alone, to the last bit: not on the rows beside it, nor on
    /// its position in the batch, nor on <see cref="Pass{T}.Key"/>.
    /// The forward pass writes no <see cref="Pass{T}.NextStatistic"/>.
    /// <see cref="Cache{T}.Backward"/> adds to the parameter gradient where <see cref="Pass{T}.Accumulates"/>, and overwrites it elsewhere;
    /// a layer without parameters has nothing to do for it.
    /// </summary>
    public virtual bool IsRowwise => false;

    /// <summary>The shape rule: the width of the output for a width of the input, or what is wrong with the layer.</summary>
    public abstract Validation<Error, int> Width(int inputs);

    /// <summary>Whether an image stays an image of the same size: for layers that work number by number. False by default: what comes out
    /// is then a row of numbers.</summary>
    public virtual bool KeepsShape => false;

    /// <summary>Whether the layer, behind an image, works on each channel over all pixels, as if each pixel were a row: normalisations
    /// do.</summary>
    internal virtual bool ActsOnChannels => false;

    /// <summary>The layer for inputs of a shape. A layer that needs to know the image that it gets remembers it here; any other is the same
    /// for all shapes.</summary>
    /// <param name="input">The shape of its input.</param>
    protected internal virtual Layer Placed(Shape input) => ActsOnChannels && input.Image is { } image ? new PerChannel(this, image) : this;

    /// <summary>The shape of the output of a layer <see cref="Placed"/> behind inputs of a shape: by <see cref="Width"/>, and the image's
    /// where it <see cref="KeepsShape"/>.</summary>
    /// <param name="input">The shape of its input.</param>
    public virtual Validation<Error, Shape> OutputShape(Shape input) =>
        Width(input.Width).Map(width => KeepsShape && width == input.Width ? input : new Shape(width));

    /// <summary>The trained matrices that it asks for.</summary>
    public virtual ImmutableArray<Slot> Parameters(int inputs) => [];

    /// <summary>The matrices that training updates by a rule of their own, such as running means.</summary>
    public virtual ImmutableArray<Slot> Statistics(int inputs) => [];

    /// <summary>The output in training, with what the backward pass needs.</summary>
    public abstract Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The output in prediction; the same as in training unless the layer says otherwise. Which function is called is the
    /// mode.</summary>
    public virtual Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
        where T : unmanaged, IFloatingPointIeee754<T> => Forward(pass, input).Output;

    /// <summary>
    /// What <see cref="Infer"/> computes, where that is a center, a factor and a shift for each column, as for batch normalisation; null by
    /// default. Emitted C# and the nodes of ONNX follow from it.
    /// </summary>
    /// <param name="parameters">The layer's matrices, as <see cref="Parameters"/> lists them.</param>
    /// <param name="statistics">The layer's statistics, as <see cref="Statistics"/> lists them.</param>
    public virtual ColumnScaling<T>? PredictedScaling<T>(IReadOnlyList<Matrix<T>> parameters, IReadOnlyList<Matrix<T>> statistics)
        where T : unmanaged, IFloatingPointIeee754<T> => null;

    /// <summary>
    /// This layer in inference mode: the same slots and name, but <see cref="Forward"/> computes what <see cref="Infer"/> computes. Used
    /// to differentiate predictions. Returns this layer if the two are the same; a layer that overrides <see cref="Infer"/> overrides
    /// this too.
    /// </summary>
    protected internal virtual Layer AsInference() => this;

    /// <summary>The layer without what it draws at random in training.</summary>
    internal virtual Layer WithoutNoise() => IsIdentity ? AsInference() : this;

    /// <summary>The plan of the layers inside of this one; null where there are none.</summary>
    internal virtual NetworkPlan? InnerPlan(int inputs) => null;

    /// <summary>Kind, name and settings.</summary>
    public sealed override string ToString() => RecordText.Of(GetType().Name, PrintMembers);

    /// <summary>Writes the name, if it has one of its own, for ToString: kind and settings follow from the type.</summary>
    protected virtual bool PrintMembers(StringBuilder builder)
    {
        if (Name is null)
        {
            return false;
        }

        builder.Append("Name = ").Append(Name);
        return true;
    }

    /// <summary>The schema of a kind of layer: it has its <see cref="Name"/> among its settings.</summary>
    internal static Schema<TLayer> SchemaOf<TLayer>(string name, TLayer blank)
        where TLayer : Layer => Schema.Of(name, blank).With("name", layer => layer.Name!, (layer, value) => layer with { Name = value });

    /// <summary>An error of this layer, for the network to put the layer's position in front.</summary>
    protected static Validation<Error, int> Wrong(string message) =>
        Validation<Error, int>.Fail(LanguageExt.Seq.create(Error.New(message)));

    /// <summary>A width.</summary>
    protected static Validation<Error, int> Right(int width) => Validation<Error, int>.Success(width);
}
