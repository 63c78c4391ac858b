using System.Numerics;
using System.Runtime.InteropServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>A model's numbers as arrays: in this library's own layout, or as other systems keep them.</summary>
public static class WeightExport
{
    /// <summary>
    /// All parameters and statistics as they are here, named "dense1.weights". <see cref="FromNumPy{T}"/> reads them back.
    /// </summary>
    public static NumPyArchive ToNumPy<T>(this Model<T> model)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(Named(model.Parameters).Concat(Named(model.Statistics)).Select(pair => (pair.Name, NumPyArray.Of(pair.Value))));

    /// <summary>A model of a network from arrays in this library's own layout, or everything that does not fit.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static Validation<Error, Model<T>> FromNumPy<T>(this Network network, NumPyArchive arrays)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var mistakes = new List<string>();
        var parameters = Filled<T>(network.ParameterLayout, arrays, mistakes);
        var statistics = Filled<T>(network.StatisticLayout, arrays, mistakes);
        var known = network.ParameterLayout.Placements.Concat(network.StatisticLayout.Placements).Select(NameOf).ToHashSet();
        mistakes.AddRange(arrays.Names.Where(name => !known.Contains(name))
            .Select(name => $"'{name}' of {arrays.Origin} belongs to no layer of the network; there is {string.Join(", ", known)}"));
        return mistakes.Count == 0
            ? Validation<Error, Model<T>>.Success(new Model<T>(network, parameters, statistics))
            : Validation<Error, Model<T>>.Fail(LanguageExt.Seq.createRange(mistakes.Select(Error.New)));
    }

    /// <summary>
    /// A model's numbers in another system's layout. PyTorch: the state_dict of an nn.Sequential with one module for each layer, dropout
    /// and activations counted: <c>model.load_state_dict({n: torch.from_numpy(a[n]) for n in a.files})</c>. Keras: in the order of
    /// get_weights: <c>model.set_weights([a[n] for n in a.files])</c>. ε and momentum are not in the file: the original's layers must have
    /// those of here.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="to"><see cref="Dialect.PyTorch"/> or <see cref="Dialect.Keras"/>.</param>
    /// <returns>The arrays, or the layers that the other system does not have.</returns>
    /// <exception cref="ArgumentException">Another dialect is asked for.</exception>
    public static Validation<Error, NumPyArchive> ToNumPy<T>(this Model<T> model, Dialect to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (to is not (Dialect.PyTorch or Dialect.Keras))
        {
            throw new ArgumentException($"weights can be written in the layout of PyTorch and of Keras, not of {to}", nameof(to));
        }

        var leaves = NetworkLeaf.Of(model.Network).Where(leaf => leaf.HasNumbers).ToArray();
        var strange = leaves.Where(leaf => WeightPart.Of(leaf, to) is null)
            .Select(leaf => Error.New($"{leaf} has numbers, but {to} has no such layer: leave it out of what is exported")).ToArray();
        return strange.Length == 0
            ? Validation<Error, NumPyArchive>.Success(
                new NumPyArchive(leaves.SelectMany(leaf =>
                    WeightPart.Of(leaf, to)!.Value.Select(part => (NameOf(leaf, part, to), ArrayOf(model, leaf, part))))))
            : Validation<Error, NumPyArchive>.Fail(LanguageExt.Seq.createRange(strange));
    }

    private static string NameOf(NetworkLeaf leaf, WeightPart part, Dialect to) =>
        to == Dialect.PyTorch ? $"{leaf.Place}.{part.Name}" : $"{leaf.Name}/{part.Name}";

    private static NumPyArray ArrayOf<T>(Model<T> model, NetworkLeaf leaf, WeightPart part)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (part.Shape.IsEmpty)
        {
            // A count of batches or rows.
            var count = part.Slot < 0 ? 0 : long.CreateSaturating(model.Statistics.View(leaf.FirstStatistic + part.Slot).Values[0]);
            return new NumPyArray(NumPyType.Int64, 1, [], MemoryMarshal.AsBytes<long>([count]).ToArray());
        }

        var matrix = part.IsStatistic
            ? model.Statistics.View(leaf.FirstStatistic + part.Slot)
            : model.Parameters.View(leaf.FirstParameter + part.Slot);
        if (part.Places is not { } places)
        {
            return NumPyArray.Of(matrix.Values, part.Shape.AsSpan());
        }

        var there = new T[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            there[places[i]] = matrix.Values[i];
        }

        return NumPyArray.Of<T>(there, part.Shape.AsSpan());
    }

    private static IEnumerable<(string Name, Matrix<T> Value)> Named<T>(ParameterVector<T> vector)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            vector.Layout.Placements.Select((placement, i) => (NameOf(placement), vector.View(i)));

    private static string NameOf(Placement placement) => $"{placement.Layer}.{placement.Slot.Name}";

    private static ParameterVector<T> Filled<T>(Layout layout, NumPyArchive arrays, List<string> mistakes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var vector = ParameterVector<T>.Zeros(layout);
        foreach (var (placement, i) in layout.Placements.Select((placement, i) => (placement, i)))
        {
            var slot = placement.Slot;
            arrays.Find(NameOf(placement)).Match(
                Right: array =>
                {
                    if (array.Type != NumPyType.Text && array.Shape is [var rows, var columns] && rows == slot.Rows
                        && columns == slot.Columns)
                    {
                        array.ToNumbers<T>().CopyTo(vector.View(i).Block.Span);
                    }
                    else
                    {
                        mistakes.Add(
                            $"'{NameOf(placement)}' is {array}, expected {slot.Rows} × {slot.Columns} numbers: is the network that of "
                                + $"the file?");
                    }
                },
                Left: error => mistakes.Add(error.Message));
        }

        return vector;
    }
}
