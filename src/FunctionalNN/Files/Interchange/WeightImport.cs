using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Models from weights that other systems trained.</summary>
public static class WeightImport
{
    private static readonly ImmutableDictionary<string, string> NoNames = ImmutableDictionary<string, string>.Empty;

    /// <summary>
    /// A model of a network with weights from another system. PyTorch: the state_dict, <c>numpy.savez(path, **{name: t.numpy() for name, t
    /// in model.state_dict().items()})</c>; weights there are [out × in], num_batches_tracked is not needed. Keras:
    /// <c>numpy.savez(path, *model.get_weights())</c>, or with names such as "dense/kernel"; kernels are [in × out]. Of convolutions
    /// PyTorch keeps [filters × channels × rows × columns], Keras [rows × columns × channels × filters]; a dense layer behind an image of
    /// PyTorch has its weights put in the order of here: rows, columns, channels.
    /// </summary>
    /// <param name="weights">The arrays.</param>
    /// <param name="network">A network with the layers of the original; layers without numbers do not matter here.</param>
    /// <param name="from"><see cref="Dialect.PyTorch"/> or <see cref="Dialect.Keras"/>.</param>
    /// <param name="names">
    /// For some layers by name ("dense1", "residual1.dense1") what the names of its arrays begin with ("encoder.0"). The others are told by
    /// kind and order. Needed only where that is not enough.
    /// </param>
    /// <param name="epsilon">The ε of the original's normalisations, where it is not the system's own (PyTorch 1e-5, Keras 1e-3).</param>
    /// <returns>The model, or everything that does not fit: each mistake names the layer, the array, both shapes and the fix.</returns>
    /// <exception cref="ArgumentException">Another dialect is asked for.</exception>
    public static Validation<Error, Model<float>> ToModel(
        this NumPyArchive weights, Network network, Dialect from, IReadOnlyDictionary<string, string>? names = null,
        double? epsilon = null) =>
        weights.ToModel<float>(network, from, names, epsilon);

    /// <inheritdoc cref="ToModel(NumPyArchive, Network, Dialect, IReadOnlyDictionary{string, string}, double?)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Validation<Error, Model<T>> ToModel<T>(
        this NumPyArchive weights, Network network, Dialect from, IReadOnlyDictionary<string, string>? names = null, double? epsilon = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Import<T>(weights, isOrdered: true, network, from, names ?? NoNames, epsilon);

    /// <inheritdoc cref="ToModel(NumPyArchive, Network, Dialect, IReadOnlyDictionary{string, string}, double?)"/>
    /// <remarks>
    /// A safetensors file does not keep the order of a state_dict: layers of one kind are told apart by the numbers in their names, as in
    /// nn.Sequential, or by shape.
    /// </remarks>
    public static Validation<Error, Model<float>> ToModel(
        this SafeTensors weights, Network network, Dialect from, IReadOnlyDictionary<string, string>? names = null,
        double? epsilon = null) =>
        weights.ToModel<float>(network, from, names, epsilon);

    /// <inheritdoc cref="ToModel(SafeTensors, Network, Dialect, IReadOnlyDictionary{string, string}, double?)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Validation<Error, Model<T>> ToModel<T>(
        this SafeTensors weights, Network network, Dialect from, IReadOnlyDictionary<string, string>? names = null, double? epsilon = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            Import<T>(weights.ToNumPy(), isOrdered: false, network, from, names ?? NoNames, epsilon);

    internal static bool Fits(WeightPart part, NumPyArray array) =>
        array.Type != NumPyType.Text && (Trimmed(array.Shape, part.Shape.Length).SequenceEqual(part.Shape)
            || (part.Other is { } other && array.Shape.SequenceEqual(other)));

    private static Validation<Error, Model<T>> Import<T>(
        NumPyArchive weights, bool isOrdered, Network network, Dialect from, IReadOnlyDictionary<string, string> names, double? epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (from is not (Dialect.PyTorch or Dialect.Keras))
        {
            throw new ArgumentException(
                $"weights can be read in the layout of PyTorch and of Keras, not of {from}"
                    + $"{(from == Dialect.ScikitLearn ? ": ToScikitLearnModel builds network and model" : "")}", nameof(from));
        }

        var mistakes = new List<string>();
        var parameters = ParameterVector<T>.Zeros(network.ParameterLayout);
        var statistics = ParameterVector<T>.Zeros(network.StatisticLayout);
        var leaves = NetworkLeaf.Of(network);
        foreach (var leaf in leaves)
        {
            Check(leaf, from, epsilon, mistakes);
        }

        leaves = leaves.RemoveAll(leaf => !leaf.HasNumbers || WeightPart.Of(leaf, from) is null);
        foreach (var (leaf, group) in new WeightMatching(weights, from, isOrdered, mistakes).Match(leaves, names))
        {
            Fill(leaf, group, from, parameters, statistics, mistakes);
        }

        return mistakes.Count == 0
            ? Validation<Error, Model<T>>.Success(new Model<T>(network, parameters, statistics))
            : Validation<Error, Model<T>>.Fail(LanguageExt.Seq.createRange(mistakes.Select(Error.New)));
    }

    private static void Check(NetworkLeaf leaf, Dialect from, double? epsilon, List<string> mistakes)
    {
        if (leaf.HasNumbers && WeightPart.Of(leaf, from) is null)
        {
            mistakes.Add(leaf.Layer is BatchNormalization
                ? $"{leaf} counts the batches that it has seen, which {from} does not: set Average = RunningAverage.Exponential"
                : $"{leaf} has numbers, but {from} has no such layer: leave it out here and put it into the network afterwards");
        }

        var own = (leaf.Layer as BatchNormalization)?.Epsilon ?? (leaf.Layer as LayerNormalization)?.Epsilon;
        var theirs = own is null ? null : epsilon ?? WeightPart.EpsilonOf(leaf.Layer, from);
        if (own != theirs)
        {
            mistakes.Add($"{leaf} has ε {own}, {(epsilon is null ? $"that of {from} is" : "the original's is")} {theirs}: write new "
                    + $"{leaf.Layer.Kind} {{ Epsilon = {theirs} }}"
                    + $"{(epsilon is null ? $", or give epsilon: {own} if the original was told so" : "")}");
        }
    }

    private static void Fill<T>(NetworkLeaf leaf, WeightGroup group, Dialect from, ParameterVector<T> parameters,
        ParameterVector<T> statistics, List<string> mistakes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var parts = WeightPart.Of(leaf, from)!.Value;
        foreach (var (name, array) in group.Arrays)
        {
            if (parts.All(part => part.Name != name))
            {
                mistakes.Add(
                    $"'{array.Key}' is no array of a {leaf.Layer.Kind}, which has {string.Join(", ", parts.Select(part => part.Name))}");
            }
        }

        foreach (var part in parts)
        {
            if (!group.Arrays.TryGetValue(part.Name, out var found))
            {
                if (part.Otherwise is null)
                {
                    mistakes.Add(
                        $"{leaf} takes '{part.Name}', which '{group.Name}' does not have; it has {string.Join(", ", group.Arrays.Keys)}");
                }
                else if (part.Slot >= 0)
                {
                    Target(leaf, part, parameters, statistics).Fill(T.CreateTruncating(part.Otherwise.Value));
                }
            }
            else if (!Fits(part, found.Value))
            {
                mistakes.Add(Mismatch(leaf, part, found.Key, found.Value));
            }
            else if (part.Slot >= 0)
            {
                Copy(found.Value, part, Target(leaf, part, parameters, statistics));
            }
        }
    }

    private static Span<T> Target<T>(NetworkLeaf leaf, WeightPart part, ParameterVector<T> parameters, ParameterVector<T> statistics)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (part.IsStatistic ? statistics.View(leaf.FirstStatistic + part.Slot) : parameters.View(leaf.FirstParameter + part.Slot)).Block.Span;

    private static void Copy<T>(NumPyArray array, WeightPart part, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = array.ToNumbers<T>();
        if (part.Places is not { } places)
        {
            numbers.CopyTo(target);
            return;
        }

        for (var i = 0; i < places.Length; i++)
        {
            target[i] = numbers[places[i]];
        }
    }

    private static string Mismatch(NetworkLeaf leaf, WeightPart part, string name, NumPyArray found)
    {
        var isTurned = part.Shape.Length == 2 && found.Shape.SequenceEqual(part.Shape.Reverse());
        var expected = NumPyArray.Text(part.Shape.AsSpan());
        var fix = isTurned ? "it lies the other way: PyTorch keeps weights as out × in, Keras as in × out; is the dialect right?"
            : leaf.Layer is Convolution && found.Rank == 4 && found.Shape.Order().SequenceEqual(part.Shape.Order())
                ? "it lies the other way: PyTorch keeps filters × channels × rows × columns, Keras rows × columns × channels × filters; is "
                    + "the dialect right?"
            : leaf.Layer is PRelu && (found.Count == 1) != (part.Shape is [1]) ? "set IsShared as in the original"
            : "give the layers the widths of the original, or say by names which arrays this layer takes";
        return found.Type == NumPyType.Text
            ? $"'{name}' holds texts, {leaf} takes numbers"
            : $"'{name}' is {NumPyArray.Text(found.Shape.AsSpan())}, {leaf} takes {expected}: {fix}";
    }

    /// <summary>A shape without lengths of 1 in front that are more than asked for: Keras 2 wrote some vectors as 1 × w.</summary>
    private static IEnumerable<int> Trimmed(ImmutableArray<int> shape, int rank) =>
        shape.Length > rank && shape.Take(shape.Length - rank).All(length => length == 1) ? shape.Skip(shape.Length - rank) : shape;
}
