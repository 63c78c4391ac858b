using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Saves and loads models, and tells them apart.</summary>
/// <example><code>
/// model.Save("spiral.safetensors").OrThrow();
/// var again = Model.Load&lt;float&gt;("spiral.safetensors").OrThrow();
/// </code></example>
public static class Model
{
    /// <summary>Writes a model to a safetensors file: network, numbers, names of classes. It appears whole or not at all, in place of one
    /// that may be there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="vocabulary">The records that the file may speak of: needed for layers of your own.</param>
    /// <returns>An error that names the file when it cannot be written or a layer is not in the vocabulary; the file that was there is then
    /// still there.</returns>
    public static Either<Error, Unit> Save<T>(this Model<T> model, string path, Vocabulary? vocabulary = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            FileErrors.Writing(path, stream => StoredModel.Write(stream, model, vocabulary ?? Vocabulary.Standard));

    /// <summary>Reads the model in a file of a model or of a training state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabulary">The same that the file was written with.</param>
    /// <typeparam name="T">The number type that the file was written with.</typeparam>
    /// <returns>The model, or an error that names file, place and reason.</returns>
    public static Either<Error, Model<T>> Load<T>(string path, Vocabulary? vocabulary = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        FileErrors.Reading(path, SafeTensorsFile.Kind, stream => StoredModel.ReadModel<T>(stream, vocabulary ?? Vocabulary.Standard));

    /// <summary>
    /// SHA-256 over network, number type, parameters and statistics, in 64 hexadecimal digits: models have the same exactly when these are
    /// the same, bit for bit.
    /// </summary>
    /// <exception cref="ArgumentException">A layer is not in the vocabulary.</exception>
    public static string ContentHash<T>(this Model<T> model, Vocabulary? vocabulary = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            return ModelIdentity.Of(model, vocabulary ?? Vocabulary.Standard);
        }
        catch (FileFault fault)
        {
            throw new ArgumentException(fault.Message, nameof(vocabulary));
        }
    }
}
