using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LanguageExt;

namespace FunctionalNN;

/// <summary>Whether a state's recipe leads to the state.</summary>
/// <param name="IsSame">Whether training anew gave the same bits.</param>
/// <param name="Reason">A sentence: what was compared, or why it could not be.</param>
public sealed record Verification(bool IsSame, string Reason)
{
    /// <summary>The answer and the reason.</summary>
    public override string ToString() => $"{(IsSame ? "verified" : "not verified")}: {Reason}";
}

/// <summary>Trains anew by a state's recipe, and compares.</summary>
public static class Verifications
{
    private const int ShortDigits = 12;

    /// <summary>Trains anew from the recipe of a state, as many epochs as it has, and says whether parameters, statistics and moments come
    /// out the same, bit for bit.</summary>
    /// <param name="state">A state that <see cref="Train.Epochs"/> gave, or one loaded from a file.</param>
    /// <param name="data">The data it learned from: compared by its hash before anything is trained.</param>
    /// <param name="heldOut">The data given to Epochs as held out, if any was.</param>
    /// <param name="start">The model that the run began with, where its numbers were not just drawn by a seed.</param>
    /// <param name="parallelism">All cores by default; the answer is the same.</param>
    public static Verification Verify<T>(this TrainingState<T> state, DataSet<T> data, DataSet<T>? heldOut = null, Model<T>? start = null,
        Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T> => state.Recipe.Match(
            recipe => Obstacle(recipe, data, heldOut, start) is { } obstacle
                ? new Verification(false, obstacle)
                : Compared(state, Repeated(state, recipe, data, heldOut, start, parallelism)),
            () => new Verification(false,
                "the state has no recipe: only Epochs, from a state at step 0, writes one, and only of data that can be read again"));

    private static string? Obstacle<T>(Recipe recipe, DataSet<T> data, DataSet<T>? heldOut, Model<T>? start)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        recipe.Seed is null && start is null
            ? "the run began with a model whose numbers no seed gives: pass it as start"
        : data.ContentHash != recipe.DataHash
            ? $"the data is another: its hash is {data.ContentHash[..ShortDigits]}…, the run learned from {Shortened(recipe.DataHash)}"
        : heldOut?.ContentHash != recipe.HeldOutHash
            ? $"the held-out data is another: "
                + $"{(heldOut is null ? "none was given" : $"its hash is {heldOut.ContentHash[..ShortDigits]}…")}, the run had "
                + $"{(recipe.HeldOutHash is { } hash ? Shortened(hash) : "none")}"
        : null;

    private static TrainingState<T> Repeated<T>(TrainingState<T> state, Recipe recipe, DataSet<T> data, DataSet<T>? heldOut,
        Model<T>? start, Parallelism? parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var begin = TrainingState<T>.Start(start ?? state.Model.Network.Initialize<T>(recipe.Seed!.Value), recipe.Optimizer, state.Key);
        var states = recipe.Window is { } window
            ? begin.Epochs(StreamedRows.Of(data).Shuffled(recipe.BatchSize, window), recipe.Loss, parallelism, heldOut)
            : begin.Epochs((recipe.IsShuffled ? data.Shuffled(recipe.BatchSize) : data.InOrder(recipe.BatchSize))
                .Augmented(recipe.Augmentations.AsSpan()), recipe.Loss, parallelism, heldOut);
        return states.Take(state.Epoch + (state.Divergence.IsSome ? 1 : 0)).LastOrDefault(begin);
    }

    private static Verification Compared<T>(TrainingState<T> state, TrainingState<T> repeated)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!repeated.Model.Network.Equals(state.Model.Network))
        {
            return new Verification(false, "the model that was given as start has another network");
        }

        if (repeated.Epoch != state.Epoch)
        {
            return new Verification(false,
                $"training anew ended in epoch {repeated.Epoch}, the state is of epoch {state.Epoch}"
                    + $"{repeated.Divergence.Match(divergence => $"; {divergence}", () => "")}");
        }

        return Difference("parameter", state.Model.Parameters, repeated.Model.Parameters)
            ?? Difference("statistic", state.Model.Statistics, repeated.Model.Statistics)
            ?? state.Moments.Vectors.Zip(repeated.Moments.Vectors, (left, right) => Difference("moment", left, right))
                .FirstOrDefault(difference => difference is not null)
            ?? new Verification(true,
                $"{state.Epoch} epochs on the same data gave the same bits in all "
                    + $"{state.Model.Parameters.Count + state.Model.Statistics.Count} numbers of the model and in "
                    + $"{state.Moments.Vectors.Length} vectors of moments");
    }

    private static Verification? Difference<T>(string what, ParameterVector<T> expected, ParameterVector<T> found)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < expected.Layout.Placements.Length; i++)
        {
            var (layer, slot, _) = expected.Layout.Placements[i];
            ReadOnlySpan<T> left = expected.View(i).Values, right = found.View(i).Values;
            var at = MemoryMarshal.AsBytes(left).CommonPrefixLength(MemoryMarshal.AsBytes(right)) / Unsafe.SizeOf<T>();
            if (at < left.Length)
            {
                return new Verification(false,
                    $"training anew gave other bits: the first {what} that differs is [\"{layer}\", \"{slot.Name}\"] at {at}, "
                            + $"{left[at]} in the state and {right[at]} now");
            }
        }

        return null;
    }

    private static string Shortened(string hash) => hash.Length > ShortDigits ? $"{hash[..ShortDigits]}…" : hash;
}
