using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Batches of a data set as a source of training.</summary>
internal sealed class MemoryBatches<T>(Batches<T> batches) : IBatchSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ImmutableArray<string> InputNames => batches.Data.InputNames;

    public DataSet<T>? Rows => batches.Data;

    public IBatchSource<T> InOrderOf(Model<T> model) => new MemoryBatches<T>(batches.Over(model.Arrange(batches.Data)));

    public IBatchPass<T> PassOf(Key key, int epoch) => new MemoryPass<T>(batches.Epoch(key, epoch));

    public Validation<Error, Unit> Check(Network network, Loss loss) => Compatibility.Check(network, batches, loss);

    public Option<Recipe> RecipeOf(int? seed, Optimizer optimizer, Loss loss, string? heldOutHash) =>
        new Recipe(seed, optimizer, loss, batches.BatchSize, batches.IsShuffled, batches.Augmentations, batches.Data.ContentHash,
            heldOutHash);
}

/// <summary>One pass over a data set: checked once, and read into the reader's memory.</summary>
internal sealed class MemoryPass<T>(Epoch<T> epoch) : IBatchPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ImmutableArray<string> InputNames => epoch.Data.InputNames;

    public DataSet<T>? Rows => epoch.Data;

    public int? Length => epoch.Count;

    public bool NeedsChecks => false;

    public IBatchPass<T> InOrderOf(Model<T> model) =>
        epoch.Count == 0 ? this : new MemoryPass<T>(epoch.Over(model.Arrange(epoch.Data)));

    public void Require(Network network, Loss loss)
    {
        if (epoch.Count > 0)
        {
            epoch.Data.Lineage.RequireTraining("a network");
            Compatibility.Require(network, epoch.Data, loss);
        }
    }

    public IEnumerable<BatchBuffer<T>> Lent(int first, BatchReader<T> reader, Team team, bool gathers)
    {
        for (var i = first; i < epoch.Count; i++)
        {
            yield return reader.Read(epoch, i, team, gathers);
        }
    }

    public IEnumerable<Batch<T>> From(int first) => Enumerable.Range(first, epoch.Count - first).Select(index => epoch[index]);
}
