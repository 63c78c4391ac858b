using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>How data is cut into batches, epoch by epoch, and what a run must know of the data: one contract for data in memory and for
/// streams.</summary>
internal interface IBatchSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The batches of an epoch.</summary>
    IBatchPass<T> PassOf(Key key, int epoch);

    /// <summary>Throws what is known to be wrong before the first batch is read.</summary>
    /// <exception cref="ArgumentException">Network, data and loss do not go together, or the data is a held-out part.</exception>
    void Require(Network network, Loss loss);

    /// <summary>What a run from step 0 on these batches is repeated by; none where the data cannot be read again.</summary>
    Option<Recipe> RecipeOf(int? seed, Optimizer optimizer, Loss loss, string? heldOutHash);
}

/// <summary>The batches of one pass over some data.</summary>
internal interface IBatchPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many batches there are; null where that is known at the end.</summary>
    int? Length { get; }

    /// <summary>Whether each batch must be checked; false where one check of the data holds for all.</summary>
    bool NeedsChecks { get; }

    /// <summary>Throws what is known to be wrong before the first batch is read.</summary>
    void Require(Network network, Loss loss);

    /// <summary>The batches from one on, for training: each is good until the next is asked for.</summary>
    /// <param name="first">How many to leave out.</param>
    /// <param name="reader">Memory for the batches, used again from pass to pass.</param>
    /// <param name="team">The threads.</param>
    /// <param name="gathers">Whether the consumer gathers rows itself, where the data lets it.</param>
    IEnumerable<Batch<T>> Lent(int first, BatchReader<T> reader, Team team, bool gathers);

    /// <summary>The batches from one on, each in memory of its own.</summary>
    IEnumerable<Batch<T>> From(int first);
}

/// <summary>Batches that somebody made: nothing is known of them before they are read.</summary>
internal sealed class GivenBatches<T>(IEnumerable<Batch<T>> batches) : IBatchPass<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public int? Length => null;

    public bool NeedsChecks => true;

    public void Require(Network network, Loss loss)
    {
        // Each batch is checked when it comes.
    }

    public IEnumerable<Batch<T>> Lent(int first, BatchReader<T> reader, Team team, bool gathers) => From(first);

    public IEnumerable<Batch<T>> From(int first) => first == 0 ? batches : batches.Skip(first);
}
