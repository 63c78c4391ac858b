using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>Comparisons as values.</summary>
public static class Comparisons
{
    /// <summary>
    /// As <see cref="Compare.Models"/>, as a value that any machine can compute: networks, optimizers, loss and batches are written as in
    /// files, and the data goes with it.
    /// </summary>
    /// <param name="networks">Networks by name, of the library's layers.</param>
    /// <param name="optimizers">Optimizers by name, of the library's.</param>
    /// <param name="batches">What to learn from.</param>
    /// <param name="heldOut">What each epoch is measured on.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="epochs">How many epochs, 1 or more.</param>
    /// <param name="seed">Of the first parameters and of the order of batches.</param>
    /// <param name="halving">Drops the worse runs on the way; null trains all to the end.</param>
    /// <exception cref="ArgumentException">There are no networks or no optimizers, a record is none of the library's, or the data is of the
    /// wrong part of a split.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The epochs are less than 1.</exception>
    public static Plan<Comparison<Candidate, T>> Plan<T>(IEnumerable<(string Name, Network Network)> networks,
        IEnumerable<(string Name, Optimizer Optimizer)> optimizers, Batches<T> batches, DataSet<T> heldOut, Loss loss, int epochs,
        int seed = 0, Halving? halving = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        batches.Data.Lineage.RequireTraining("a network");
        heldOut.Lineage.RequireUnseen(Seen.Nothing.And(batches.Data.Lineage));
        Search.RequireEpochs(epochs);
        ImmutableArray<Candidate> candidates =
            [.. from optimizer in optimizers from network in networks
                select new Candidate(network.Name, network.Network, optimizer.Name, optimizer.Optimizer)];
        Search.RequireSettings(candidates.Length);
        return new ComparePlan<T>(new CompareSetup<T>(batches, heldOut, loss, seed), candidates, epochs, halving);
    }
}

/// <summary>What the runs of a comparison have in common.</summary>
internal sealed record CompareSetup<T>(Batches<T> Batches, DataSet<T> HeldOut, Loss Loss, int Seed)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The job of these runs.</summary>
    public TrainingJob<Candidate, T> Job => new(CompareJob<T>.NameOf, "", null!, [],
        candidate => Epochs(candidate.Network.Initialize<T>(Seed).Train(candidate.Optimizer, Seed)), (_, state) => Epochs(state), null,
        Vocabulary.Standard);

    /// <summary>The order's text: all but the data.</summary>
    public string Text => string.Join('\n', (IEnumerable<string>)
    [
        Seed.ToString(CultureInfo.InvariantCulture),
        Batches.BatchSize.ToString(CultureInfo.InvariantCulture),
        Batches.IsShuffled ? "shuffled" : "in order",
        Vocabulary.Standard.Write(Loss),
        .. Batches.Augmentations.Select(augmentation => Vocabulary.Standard.Write(augmentation)),
    ]);

    public static CompareSetup<T> Read(string text, DataSet<T> learned, DataSet<T> heldOut)
    {
        if (text.Split('\n') is not [var seed, var size, var order, var loss, .. var augmentations])
        {
            throw new FormatException("the plan's common text is no comparison's");
        }

        ImmutableArray<Augmentation> augmented =
            [.. augmentations.Select(augmentation => Vocabulary.Standard.Read<Augmentation>(augmentation, "augmentations"))];
        return new CompareSetup<T>(
            new Batches<T>(learned, int.Parse(size, CultureInfo.InvariantCulture), order == "shuffled", augmented), heldOut,
            Vocabulary.Standard.Read<Loss>(loss, "loss"), int.Parse(seed, CultureInfo.InvariantCulture));
    }

    private IEnumerable<TrainingState<T>> Epochs(TrainingState<T> state) =>
        state.Epochs(Batches, Loss, Parallelism.None).Validate(HeldOut, Parallelism.None);
}

/// <summary>A comparison of models, which is data alone: any machine can do it.</summary>
internal sealed class CompareJob<T>() : Job(NameOf, "", [])
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static string NameOf { get; } = $"FunctionalNN.Compare/{typeof(T).Name}/1";

    public override Work Open(PlanOrder order, Func<string, ReadOnlyMemory<byte>> attachment)
    {
        try
        {
            var setup = CompareSetup<T>.Read(order.Common, StoredDataSet.Read<T>(attachment(order.Data[0])),
                StoredDataSet.Read<T>(attachment(order.Data[1])));
            return new TrainingWork<Candidate, T>(setup.Job, [.. order.Items.Select(CandidateOf)], order.Stages);
        }
        catch (Exception fault) when (fault is FileFault or ArgumentException or JsonException)
        {
            throw new FormatException($"the plan is no comparison: {fault.Message}", fault);
        }
    }

    public override ReadOnlyMemory<byte> Ended(string reason) => StoredTrial.Ended(reason);

    /// <summary>Names, network and optimizer as a text.</summary>
    public static string TextOf(Candidate candidate) => string.Join('\n',
        JsonEncodedText.Encode(candidate.NetworkName), JsonEncodedText.Encode(candidate.OptimizerName),
        Vocabulary.Standard.Write(new NetworkOutline(candidate.Network.Inputs, candidate.Network.Layers)),
        Vocabulary.Standard.Write(candidate.Optimizer));

    private static Candidate CandidateOf(string text)
    {
        if (text.Split('\n') is not [_, _, var network, var optimizer])
        {
            throw new FormatException("an item of the plan is no candidate of a comparison");
        }

        var outline = Vocabulary.Standard.Read<NetworkOutline>(network, "network");
        return new Candidate("", new Network(outline.Inputs, outline.Layers), "",
            Vocabulary.Standard.Read<Optimizer>(optimizer, "optimizer"));
    }
}

/// <summary>The plan of a comparison.</summary>
internal sealed class ComparePlan<T>(CompareSetup<T> setup, ImmutableArray<Candidate> candidates, int epochs, Halving? halving)
    : Plan<Comparison<Candidate, T>>(new CompareJob<T>(), OrderOf(setup, candidates, epochs, halving))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments =>
        new[] { setup.Batches.Data, setup.HeldOut }.Select(data => (ReadOnlyMemory<byte>)StoredDataSet.Write(data))
            .Zip(Order.Data, (bytes, hash) => (hash, bytes)).DistinctBy(pair => pair.hash)
            .ToDictionary(pair => pair.hash, pair => pair.bytes);

    public override Comparison<Candidate, T> Run(Parallelism? parallelism, CancellationToken cancellation) =>
        Search.Over(candidates, setup.Job.Start, epochs, halving, null, parallelism, cancellation);

    public override Comparison<Candidate, T> Collect(IReadOnlyList<ItemState> items) =>
        new([.. candidates.Zip(items, (candidate, item) => StoredTrial.Read<T>(item.Bytes, Vocabulary.Standard)
            .ToTrial(candidate, EndOf(item)))], isByLoss: true);

    private string EndOf(ItemState item) =>
        item.Stage < Order.Stages.Length ? Halving.DroppedAfter(Order.Stages[item.Stage - 1]) : TrialRun<Candidate, T>.AllDone;

    private static PlanOrder OrderOf(CompareSetup<T> setup, ImmutableArray<Candidate> candidates, int epochs, Halving? halving)
    {
        try
        {
            return new PlanOrder(CompareJob<T>.NameOf, "", setup.Text,
                [StoredDataSet.HashOf(setup.Batches.Data), StoredDataSet.HashOf(setup.HeldOut)],
                [.. candidates.Select(CompareJob<T>.TextOf)], [.. halving?.Rungs(epochs) ?? [], epochs], halving?.Factor ?? 1);
        }
        catch (FileFault fault)
        {
            throw new ArgumentException(
                $"the comparison cannot be written as data: {fault.Message}; for parts of your own use Jobs.Training", fault);
        }
    }
}
