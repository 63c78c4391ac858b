using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>What is known of the rows of batches before they are read.</summary>
internal interface IBatchRows<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The names of the inputs, or empty.</summary>
    ImmutableArray<string> InputNames { get; }

    /// <summary>The rows, where they are in memory; else null.</summary>
    DataSet<T>? Rows { get; }
}

/// <summary>How data is cut into batches, epoch by epoch, and what a run must know of the data: one contract for data in memory and for
/// streams.</summary>
internal interface IBatchSource<T> : IBatchRows<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The same batches with columns and classes in the order of the model's names, as far as the data has names.</summary>
    /// <exception cref="ArgumentException">The names are not the same; the message gives both lists.</exception>
    IBatchSource<T> InOrderOf(Model<T> model);

    /// <summary>The batches of an epoch.</summary>
    IBatchPass<T> PassOf(Key key, int epoch);

    /// <summary>All that is known to be wrong before the first batch is read.</summary>
    /// <exception cref="ArgumentException">The data is a held-out part.</exception>
    Validation<Error, Unit> Check(Network network, Loss loss);

    /// <summary>What a run from step 0 on these batches is repeated by; none where the data cannot be read again.</summary>
    Option<Recipe> RecipeOf(int? seed, Optimizer optimizer, Loss loss, string? heldOutHash);
}

/// <summary>The batches of one pass over some data.</summary>
internal interface IBatchPass<T> : IBatchRows<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The same batches with columns and classes in the order of the model's names, as far as the data has names.</summary>
    /// <exception cref="ArgumentException">The names are not the same; the message gives both lists.</exception>
    IBatchPass<T> InOrderOf(Model<T> model);

    /// <summary>How many batches there are; null where that is known at the end.</summary>
    int? Length { get; }

    /// <summary>Whether each batch must be arranged by name and checked; false where that was done once for all of the data.</summary>
    bool NeedsChecks { get; }

    /// <summary>Throws what is known to be wrong before the first batch is read.</summary>
    void Require(Network network, Loss loss);

    /// <summary>The batches from one on, for training: each is good until the next is asked for. Where it
    /// <see cref="NeedsChecks"/>, with its source.</summary>
    /// <param name="first">How many to leave out.</param>
    /// <param name="reader">Memory for the batches, used again from pass to pass.</param>
    /// <param name="team">The threads.</param>
    /// <param name="gathers">Whether the consumer gathers rows itself, where the data lets it.</param>
    IEnumerable<BatchBuffer<T>> Lent(int first, BatchReader<T> reader, Team team, bool gathers);

    /// <summary>The batches from one on, each in memory of its own.</summary>
    IEnumerable<Batch<T>> From(int first);
}
