using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace FunctionalNN;

/// <summary>Makes jobs of functions.</summary>
/// <example><code>
/// var job = Jobs.Training("spiral/1", ((double Rate, int Width) settings) =>
///     Net(settings.Width).Initialize(seed: 1).Train(new Adam(settings.Rate)),
///     (settings, state) => state.Epochs(batches, loss, Parallelism.None).Validate(heldOut, Parallelism.None), data: [data.ContentHash]);
/// var found = job.Plan(grid, epochs: 81, new Halving(1, 3)).Run();
/// </code></example>
public static class Jobs
{
    private const string ByReflection = "The settings are written as JSON by reflection: pass the JsonTypeInfo of a JsonSerializerContext.";

    /// <summary>
    /// A training that can go on from any of its states: a lost machine costs the epochs since the last stage. What a verb counts, as
    /// <see cref="TrainingVerbs.StopEarly"/> does, is no part of a state: with such a verb use the form of one function.
    /// </summary>
    /// <param name="name">A name for what the functions compute, such as "churn/1"; a change of the functions needs another.</param>
    /// <param name="start">The state from which a run with some settings starts: a function without side effects.</param>
    /// <param name="epochs">The states after a state: a function without side effects. Let it train with
    /// <see cref="Parallelism.None"/>.</param>
    /// <param name="data">Hashes of the data that the functions read; compared on each machine.</param>
    /// <param name="metric">The value to minimise; the validation loss by default.</param>
    /// <param name="vocabulary">Needed for layers, losses, optimizers or schedules of your own.</param>
    /// <param name="json">How settings are written; by reflection by default.</param>
    [RequiresUnreferencedCode(ByReflection)]
    [RequiresDynamicCode(ByReflection)]
    public static TrainingJob<TSettings, T> Training<TSettings, T>(string name, Func<TSettings, TrainingState<T>> start,
        Func<TSettings, TrainingState<T>, IEnumerable<TrainingState<T>>> epochs, IEnumerable<string>? data = null,
        Func<TrainingState<T>, double>? metric = null, Vocabulary? vocabulary = null, JsonTypeInfo<TSettings>? json = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(name, BuildOf(epochs), json ?? Described<TSettings>(), [.. data ?? []], settings => epochs(settings, start(settings)), epochs,
            metric, vocabulary ?? Vocabulary.Standard);

    /// <summary>A training as any lazy sequence of states. Where the machine that has a run is lost, it is computed from its
    /// start.</summary>
    /// <param name="name">A name for what the function computes, such as "churn/1"; a change of the function needs another.</param>
    /// <param name="run">The run of some settings: a function without side effects. Let it train with
    /// <see cref="Parallelism.None"/>.</param>
    /// <param name="data">Hashes of the data that the function reads; compared on each machine.</param>
    /// <param name="metric">The value to minimise; the validation loss by default.</param>
    /// <param name="vocabulary">Needed for layers, losses, optimizers or schedules of your own.</param>
    /// <param name="json">How settings are written; by reflection by default.</param>
    [RequiresUnreferencedCode(ByReflection)]
    [RequiresDynamicCode(ByReflection)]
    public static TrainingJob<TSettings, T> Training<TSettings, T>(string name, Func<TSettings, IEnumerable<TrainingState<T>>> run,
        IEnumerable<string>? data = null, Func<TrainingState<T>, double>? metric = null, Vocabulary? vocabulary = null,
        JsonTypeInfo<TSettings>? json = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(name, BuildOf(run), json ?? Described<TSettings>(), [.. data ?? []], run, null, metric, vocabulary ?? Vocabulary.Standard);

    /// <summary>
    /// Cross-validation with a name, whose plan is <see cref="ScoreJob{TScore}.Plan"/>: as
    /// <c>data.CrossValidate</c>, fold by fold on any machine that has the same data.
    /// </summary>
    /// <param name="name">A name for what the function computes.</param>
    /// <param name="data">As it came, or a training part; compared by its hash on each machine.</param>
    /// <param name="folds">k, 2 or more.</param>
    /// <param name="score">Learns from a fold's training rows and measures on those held out: a function without side effects.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <param name="json">How scores are written; by reflection by default.</param>
    [RequiresUnreferencedCode(ByReflection)]
    [RequiresDynamicCode(ByReflection)]
    public static ScoreJob<TScore> CrossValidation<T, TScore>(string name, DataSet<T> data, int folds, Func<Fold<T>, TScore> score,
        int seed = 0, JsonTypeInfo<TScore>? json = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var parts = new Lazy<Fold<T>[]>(() => [.. data.KFold(folds, seed)]);
        return new ScoreJob<TScore>(name, BuildOf(score), json ?? Described<TScore>(), [data.ContentHash], folds,
            $"{folds} folds, seed {seed}",
            fold => score(parts.Value[fold]), parallelism => data.CrossValidate(folds, score, seed, parallelism));
    }

    private static string BuildOf(Delegate function) => function.Method.Module.ModuleVersionId.ToString();

    [RequiresUnreferencedCode(ByReflection)]
    [RequiresDynamicCode(ByReflection)]
    private static JsonTypeInfo<TValue> Described<TValue>() => (JsonTypeInfo<TValue>)new JsonSerializerOptions
    {
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    }.GetTypeInfo(typeof(TValue));
}
