using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Batches that somebody made: nothing is known of them before they are read.</summary>
internal sealed class GivenBatches<T>(IEnumerable<Batch<T>> batches) : IBatchPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ImmutableArray<string> InputNames => [];

    public DataSet<T>? Rows => null;

    public int? Length => null;

    public bool NeedsChecks => true;

    public IBatchPass<T> InOrderOf(Model<T> model) => this;

    public void Require(Network network, Loss loss)
    {
        // Each batch is checked when it comes.
    }

    public IEnumerable<BatchBuffer<T>> Lent(int first, BatchReader<T> reader, Team team, bool gathers) =>
        From(first).Select(batch => (BatchBuffer<T>)batch);

    public IEnumerable<Batch<T>> From(int first) => first == 0 ? batches : batches.Skip(first);
}

/// <summary>What is known of a sequence of batches.</summary>
internal static class BatchPasses
{
    /// <summary>A pass over a data set or a stream, or batches that somebody made.</summary>
    public static IBatchPass<T> Of<T>(IEnumerable<Batch<T>> batches)
        where T : unmanaged, IFloatingPointIeee754<T> => batches switch
        {
            Epoch<T> epoch => new MemoryPass<T>(epoch),
            StreamEpoch<T> epoch => new StreamPass<T>(epoch),
            _ => new GivenBatches<T>(batches),
        };
}
