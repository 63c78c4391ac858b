using System.Numerics;

namespace FunctionalNN;

/// <summary>One of the models of a comparison.</summary>
/// <param name="NetworkName">What the network is called, such as its regulariser.</param>
/// <param name="Network">The network.</param>
/// <param name="OptimizerName">What the optimizer is called.</param>
/// <param name="Optimizer">The optimizer.</param>
public sealed record Candidate(string NetworkName, Network Network, string OptimizerName, Optimizer Optimizer)
{
    /// <summary>Both names.</summary>
    public override string ToString() => $"{OptimizerName}, {NetworkName}";
}

/// <summary>A series of models side by side.</summary>
public static class Compare
{
    /// <summary>
    /// Trains every network with every optimizer, on the same data, from the same seed, several at the same time: optimizers × regularisers
    /// in one table and one set of curves. What diverges or does not go together is a row that says so.
    /// </summary>
    /// <param name="networks">Networks by name: with one penalty, another, dropout, batch normalisation …</param>
    /// <param name="optimizers">Optimizers by name.</param>
    /// <param name="batches">What to learn from.</param>
    /// <param name="heldOut">What each epoch is measured on.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="epochs">How many epochs, 1 or more.</param>
    /// <param name="seed">Of the first parameters and of the order of batches.</param>
    /// <param name="parallelism">How many runs at the same time; one a core by default. The result is the same.</param>
    /// <param name="cancellation">Ends all runs, in mid-epoch; the result is as far as they came.</param>
    /// <exception cref="ArgumentException">There are no networks or no optimizers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The epochs are less than 1.</exception>
    public static Comparison<Candidate, T> Models<T>(IEnumerable<(string Name, Network Network)> networks,
        IEnumerable<(string Name, Optimizer Optimizer)> optimizers, Batches<T> batches, DataSet<T> heldOut, Loss loss, int epochs,
        int seed = 0, Parallelism? parallelism = null, CancellationToken cancellation = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Search.Over(
            from optimizer in optimizers
            from network in networks
            select new Candidate(network.Name, network.Network, optimizer.Name, optimizer.Optimizer),
            contender => contender.Network.Initialize<T>(seed).Train(contender.Optimizer, seed).Epochs(batches, loss, Parallelism.None)
                .Validate(heldOut, Parallelism.None),
            epochs,
            parallelism: parallelism,
            cancellation: cancellation);
}
