using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>How a run began and what it learned from: with the state's network, key and count of epochs, all that it takes to do it
/// again.</summary>
/// <param name="Seed">What the first numbers were drawn by; null when the model came from elsewhere.</param>
/// <param name="Optimizer">The optimizer at the start.</param>
/// <param name="Loss">What was made small.</param>
/// <param name="BatchSize">Rows of a batch.</param>
/// <param name="IsShuffled">Whether each epoch had an order of its own; see <see cref="Window"/> for a stream.</param>
/// <param name="Augmentations">The random changes that rows were read with.</param>
/// <param name="DataHash"><see cref="DataSet{T}.ContentHash"/> of the data.</param>
/// <param name="HeldOutHash">The same of the data that each state was measured on within the run, if there was any.</param>
public sealed record Recipe(int? Seed, Optimizer Optimizer, Loss Loss, int BatchSize, bool IsShuffled,
    ImmutableArray<Augmentation> Augmentations, string DataHash, string? HeldOutHash)
{
    /// <summary>Of a shuffled stream the rows among which each next one was drawn; null for all other data.</summary>
    public int? Window { get; init; }

    /// <inheritdoc/>
    public bool Equals(Recipe? other) =>
        other is not null && Seed == other.Seed && Optimizer == other.Optimizer && Loss == other.Loss && BatchSize == other.BatchSize
            && IsShuffled == other.IsShuffled
        && Augmentations.SequenceEqual(other.Augmentations) && DataHash == other.DataHash && HeldOutHash == other.HeldOutHash
        && Window == other.Window;

    /// <summary>A line for how it began, one for the batches, one for the data.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        $"seed {Seed?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}, {Optimizer}, {Loss}",
        $"batches of {BatchSize}, {(Window is not null ? $"shuffled among {Window} rows" : IsShuffled ? "shuffled" : "in order")}"
            + $"{string.Concat(Augmentations.Select(augmentation => $", {augmentation}"))}",
        $"data {DataHash}{(HeldOutHash is null ? "" : $", held out {HeldOutHash}")}");

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Seed, Optimizer, Loss, BatchSize, IsShuffled, DataHash, HeldOutHash);
}

/// <summary>A recipe whose data is hashed when it is asked for. All are equal, since how a state came to be is no part of what it
/// is.</summary>
internal sealed class RecipeOrigin(Func<Option<Recipe>> create) : IEquatable<RecipeOrigin>
{
    private readonly Lazy<Option<Recipe>> recipe = new(create);

    public static RecipeOrigin Unknown { get; } = new(() => Option<Recipe>.None);

    public Option<Recipe> Recipe => recipe.Value;

    /// <summary>A state at step 0 with the recipe of what is to come; any other as it is.</summary>
    public static TrainingState<T> Describe<T>(TrainingState<T> state, IBatchSource<T> source, Loss loss, DataSet<T>? heldOut)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (seed, optimizer) = (state.Model.Seed, state.Optimizer);
        return state.Step > 0
            ? state
            : state with { Origin = new RecipeOrigin(() => source.RecipeOf(seed, optimizer, loss, heldOut?.ContentHash)) };
    }

    public bool Equals(RecipeOrigin? other) => other is not null;

    public override bool Equals(object? obj) => Equals(obj as RecipeOrigin);

    public override int GetHashCode() => 0;
}
