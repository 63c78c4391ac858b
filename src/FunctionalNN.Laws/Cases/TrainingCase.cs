using System.Numerics;
using System.Text.RegularExpressions;

namespace FunctionalNN;

/// <summary>All that a training run follows from: printed by a failing law, and small enough to type in by hand once shrunk.</summary>
/// <param name="Network">The network.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Data">The data.</param>
/// <param name="BatchSize">Rows a batch.</param>
/// <param name="IsShuffled">Whether each epoch has an order of its own.</param>
/// <param name="Epochs">How many epochs.</param>
/// <param name="Seed">Draws the parameters, the order of the batches and what layers draw.</param>
/// <param name="Threads">How many threads compute.</param>
public sealed partial record TrainingCase(Network Network, Loss Loss, Optimizer Optimizer, DataShape Data, int BatchSize, bool IsShuffled,
    int Epochs, int Seed, int Threads)
{
    /// <summary>Whether network, data, loss and batches go together.</summary>
    public bool IsValid =>
        Data.Rows > 0 && BatchSize > 0 && Epochs > 0 && Threads > 0 && Network.Fits(Batches<double>(), Loss).IsSuccess
            && Optimizer.Fits(Network.ParameterLayout).IsSuccess;

    /// <summary>The threads, as runs take them.</summary>
    public Parallelism Parallelism => new(Threads);

    /// <summary>The batches of each epoch.</summary>
    public Batches<T> Batches<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
            IsShuffled ? Data.Create<T>().Shuffled(BatchSize) : Data.Create<T>().InOrder(BatchSize);

    /// <summary>The batches of all epochs.</summary>
    public Batch<T>[] AllBatches<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var batches = Batches<T>();
        return [.. Enumerable.Range(0, Epochs).SelectMany(epoch => batches.Epoch(new Key((ulong)Seed), epoch))];
    }

    /// <summary>The state before the first step.</summary>
    public TrainingState<T> Start<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Network.Initialize<T>(Seed).Train(Optimizer, Seed);

    /// <summary>The state after all epochs.</summary>
    public TrainingState<T> Trained<T>(int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Start<T>().Epochs(Batches<T>(), Loss, new Parallelism(threads ?? Threads)).Take(Epochs).Last();

    /// <summary>A model away from where initialisers start: no number is 0, and none is one of a layer's usual ones.</summary>
    public Model<double> Elsewhere()
    {
        var model = Network.Initialize<double>(Seed);
        var key = new Key((ulong)Seed).Fold(77);
        var moved = model.Parameters.Values.ToArray().Select((value, i) => value + (0.2 * key.Normal(i))).ToArray();
        return model with { Parameters = new ParameterVector<double>(model.Parameters.Layout, moved) };
    }

    /// <summary>Network, loss, optimizer, data and batches, a line each.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        "",
        $"  network   {Network.Input} → {string.Join(" → ", Network.Layers.Select(Short))}",
        $"  loss      {Short(Loss)}",
        $"  optimizer {Short(Optimizer)}",
        $"  data      {Data}",
        $"  batches   of {BatchSize}, {(IsShuffled ? "shuffled" : "in order")}, {Epochs} epochs; seed {Seed}, {Threads} threads");

    /// <summary>A record without what every one of its family has.</summary>
    internal static string Short(object record) =>
        Common().Replace(record.ToString() ?? "", "").Replace(" { }", "", StringComparison.Ordinal)
            .Replace(",  }", " }", StringComparison.Ordinal);

    [GeneratedRegex(@"Name = , |(Kind|MinRows|MomentCount) = \w+,? ?")]
    private static partial Regex Common();
}
