using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Saves and loads training states. A loaded one goes on as the saved one would have, to the last bit.</summary>
/// <example><code>
/// var state = TrainingState.Load&lt;float&gt;("run.safetensors").OrThrow();
/// state.Epochs(batches, loss).Take(50).Checkpoint("run.safetensors", every: 5).Last();
/// </code></example>
public static class TrainingState
{
    /// <summary>
    /// Writes a state to a safetensors file: model, optimizer with all that it remembers, key, step, epoch, metrics and recipe. It appears
    /// whole or not at all, in place of one that may be there.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="path">The file.</param>
    /// <param name="vocabulary">The records that the file may speak of: needed for layers, losses, optimizers or schedules of your
    /// own.</param>
    /// <returns>An error that names the file when it cannot be written or a record is not in the vocabulary; the file that was there is
    /// then still there.</returns>
    public static Either<Error, Unit> Save<T>(this TrainingState<T> state, string path, Vocabulary? vocabulary = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            FileErrors.Writing(path, stream => StoredModel.Write(stream, state, vocabulary ?? Vocabulary.Standard));

    /// <summary>Reads a state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabulary">The same that the file was written with.</param>
    /// <typeparam name="T">The number type that the file was written with.</typeparam>
    /// <returns>The state, or an error that names file, place and reason.</returns>
    public static Either<Error, TrainingState<T>> Load<T>(string path, Vocabulary? vocabulary = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        FileErrors.Reading(path, SafeTensorsFile.Kind, stream => StoredModel.ReadState<T>(stream, vocabulary ?? Vocabulary.Standard));
}
