using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Batches of a stream as a source of training.</summary>
internal sealed class StreamSource<T>(StreamBatches<T> batches) : IBatchSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ImmutableArray<string> InputNames => batches.Stream.InputNames;

    public DataSet<T>? Rows => null;

    public IBatchSource<T> InOrderOf(Model<T> model) => new StreamSource<T>(batches.InOrderOf(model.InputNames));

    public IBatchPass<T> PassOf(Key key, int epoch) => new StreamPass<T>(batches.Epoch(key, epoch));

    public Validation<Error, Unit> Check(Network network, Loss loss)
    {
        batches.Stream.Lineage.RequireTraining("a network");
        return Validation<Error, Unit>.Success(Unit.Default);
    }

    public Option<Recipe> RecipeOf(int? seed, Optimizer optimizer, Loss loss, string? heldOutHash) =>
        batches.Stream.ContentHash().Map(hash =>
            new Recipe(seed, optimizer, loss, batches.BatchSize, batches.Window > 0, [], hash, heldOutHash)
            {
                Window = batches.Window > 0 ? batches.Window : null,
            });
}

/// <summary>One pass over a stream: each batch is checked when it comes.</summary>
internal sealed class StreamPass<T>(StreamEpoch<T> epoch) : IBatchPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ImmutableArray<string> InputNames => epoch.Stream.InputNames;

    public DataSet<T>? Rows => null;

    public int? Length => null;

    public bool NeedsChecks => true;

    public IBatchPass<T> InOrderOf(Model<T> model) => new StreamPass<T>(epoch.InOrderOf(model.InputNames));

    public void Require(Network network, Loss loss) => epoch.Stream.Lineage.RequireTraining("a network");

    public IEnumerable<BatchBuffer<T>> Lent(int first, BatchReader<T> reader, Team team, bool gathers) =>
        epoch.Lent().Skip(first).Select(batch => (BatchBuffer<T>)batch);

    public IEnumerable<Batch<T>> From(int first) => epoch.Skip(first);
}
