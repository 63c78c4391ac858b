using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Whether network, data and loss go together.</summary>
internal static class Compatibility
{
    public static Validation<Error, Unit> Check<T>(Network network, DataSet<T> data, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        WrongInputs(network, data)
        | When(data.Count == 0, "the data has no rows: there is nothing to learn from")
        | When(IsOfAnotherType<T>(data.Targets),
            $"the targets are of another number type than the inputs, {typeof(T).Name}: make both the same")
        | loss.Fits(network.Outputs, network.OutputRange, data.Targets);

    public static Validation<Error, Unit> Check<T>(Network network, Batches<T> batches, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rows = Math.Min(batches.BatchSize, batches.Data.Count);
        var last = batches.Data.Count % batches.BatchSize;
        batches.Data.Lineage.RequireTraining("a network");
        return Check(network, batches.Data, loss)
            | When(
                rows > 0 && Math.Min(rows, last == 0 ? rows : last) < network.Plan.MinRows,
                $"{batches.Data.Count} rows in batches of {batches.BatchSize} leave a batch of {Math.Min(rows, last == 0 ? rows : last)}, "
                    + $"and {NameOfLeast(network)} takes {network.Plan.MinRows} or more: choose another batch size");
    }

    /// <exception cref="ArgumentException">There are none.</exception>
    public static void RequireRows<T>(DataSet<T> heldOut)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (heldOut.Count == 0)
        {
            throw new ArgumentException(
                "the held-out data has no rows: there is nothing to measure; give the rows that were split off, or a greater fraction "
                    + "of them");
        }
    }

    public static void Require<T>(Network network, DataSet<T> data, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T> => Throw(Check(network, data, loss));

    /// <summary>Whether a batch may be learned from.</summary>
    /// <exception cref="ArgumentException">It does not fit the network or the loss, or comes from a held-out part.</exception>
    public static void Require<T>(Network network, Batch<T> batch, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        batch.Lineage?.RequireTraining("a network");
        Require(network, new DataSet<T>(batch.Inputs, batch.Targets), loss);
    }

    public static void Throw(Validation<Error, Unit> result) =>
        _ = result.IfFail(errors => throw new ArgumentException(string.Join(Environment.NewLine, errors.Map(error => error.Message))));

    /// <summary>Rows of another width than the network's input, or images of another size.</summary>
    private static Validation<Error, Unit> WrongInputs<T>(Network network, DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => (network.Input.Image, data.Image) switch
        {
            ({ } expected, { } found) => When(expected != found,
                $"the data has images of {found}, the network takes images of {expected}: build it with new Network("
                    + $"{Written(found)}, …), or bring the images to that size"),
            ({ } expected, null) => When(data.Inputs.Width != network.Inputs,
                $"the data has {data.Inputs.Width} columns, the network takes images of {expected}, {network.Inputs} numbers each: "
                    + $"give it the "
                    + $"size of the images in the data"),
            (null, { } found) => When(data.Inputs.Width != network.Inputs,
                $"the data has images of {found}, {data.Inputs.Width} numbers each, the network takes {network.Inputs} inputs: build "
                    + $"it with "
                    + $"new Network({Written(found)}, …)"),
            _ => When(data.Inputs.Width != network.Inputs,
                $"the data has {data.Inputs.Width} columns, the network takes {network.Inputs} inputs: build it with new Network(inputs: "
                    + $"{data.Inputs.Width}, …)"),
        };

    private static string Written(ImageSize size) =>
        $"new ImageSize({size.Height}, {size.Width}{(size.Channels == 1 ? "" : $", {size.Channels}")})";

    private static string NameOfLeast(Network network) =>
        network.LayerNames[network.Layers.IndexOf(network.Layers.First(layer => layer.MinRows == network.Plan.MinRows))];

    private static bool IsOfAnotherType<T>(Targets targets)
        where T : unmanaged, IFloatingPointIeee754<T> => targets is not (ClassLabels or RealTargets<T>);

    private static Validation<Error, Unit> When(bool wrong, string message) =>
        wrong ? Validation<Error, Unit>.Fail(LanguageExt.Seq.create(Error.New(message))) : Validation<Error, Unit>.Success(Unit.Default);
}
