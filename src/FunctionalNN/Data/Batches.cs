using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>How a data set is cut into batches: a description that gives the batches of any epoch.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Batches<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const long ShuffleKey = 0x5u;
    private const long AugmentationKey = 0xA;

    internal Batches(DataSet<T> data, int batchSize, bool isShuffled, ImmutableArray<Augmentation>? augmentations = null)
    {
        if (batchSize < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(batchSize), $"the batch size is {batchSize}, expected 1 or more");
        }

        Data = data;
        BatchSize = batchSize;
        IsShuffled = isShuffled;
        Augmentations = augmentations ?? [];
    }

    /// <summary>The data set.</summary>
    public DataSet<T> Data { get; }

    /// <summary>The rows of every batch but the last.</summary>
    public int BatchSize { get; }

    /// <summary>Whether each epoch has an order of its own.</summary>
    public bool IsShuffled { get; }

    /// <summary>The random changes that each row is read with; see <see cref="AugmentedBatches"/>.</summary>
    public ImmutableArray<Augmentation> Augmentations { get; }

    /// <summary>The batches of an epoch. Each row is in exactly one of them.</summary>
    /// <param name="key">The run's key.</param>
    /// <param name="epoch">The number of epochs done before, 0 for the first.</param>
    public Epoch<T> Epoch(Key key, int epoch) =>
        new(Data, BatchSize, IsShuffled ? key.Fold(ShuffleKey).Fold(epoch).Permutation(Data.Count) : null, Augmentations,
            key.Fold(AugmentationKey).Fold(epoch));

    /// <summary>The same batches of the same rows, whose columns or classes are in another order.</summary>
    internal Batches<T> Over(DataSet<T> data) =>
        ReferenceEquals(data, Data) ? this : new Batches<T>(data, BatchSize, IsShuffled, Augmentations);

    /// <summary>Size, order, data and augmentations.</summary>
    public override string ToString() =>
        $"batches of {BatchSize}, {(IsShuffled ? "shuffled" : "in order")}, of {Data}"
            + $"{(Augmentations.IsEmpty ? "" : $", with {string.Join(", ", Augmentations)}")}";
}
