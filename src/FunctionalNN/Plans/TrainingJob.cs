using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FunctionalNN;

/// <summary>A training as a function of settings, with a name. See <see cref="Jobs"/> for how to make one.</summary>
/// <typeparam name="TSettings">What a run is made from; it can be written as JSON and read again as an equal value.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TrainingJob<TSettings, T> : Job
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly JsonTypeInfo<TSettings> json;

    internal TrainingJob(string name, string build, JsonTypeInfo<TSettings> json, ImmutableArray<string> data,
        Func<TSettings, IEnumerable<TrainingState<T>>> start,
        Func<TSettings, TrainingState<T>, IEnumerable<TrainingState<T>>>? resume, Func<TrainingState<T>, double>? metric,
        Vocabulary vocabulary)
        : base(name, build, data) =>
        (this.json, Start, Resume, Metric, Vocabulary) = (json, start, resume, metric, vocabulary);

    internal Func<TSettings, IEnumerable<TrainingState<T>>> Start { get; }

    /// <summary>The states after one, or null where a run can only be had from its start.</summary>
    internal Func<TSettings, TrainingState<T>, IEnumerable<TrainingState<T>>>? Resume { get; }

    internal Func<TrainingState<T>, double>? Metric { get; }

    internal Vocabulary Vocabulary { get; }

    /// <summary>A search with this job, as a value: <see cref="Search.Over"/> of the same settings gives the same.</summary>
    /// <param name="settings">What to try.</param>
    /// <param name="epochs">How many epochs to take from a run at most, 1 or more.</param>
    /// <param name="halving">Drops the worse runs on the way; null trains all to the end.</param>
    /// <exception cref="ArgumentException">There are no settings, or one does not come back from JSON as it was.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The epochs are less than 1.</exception>
    public Plan<Comparison<TSettings, T>> Plan(IEnumerable<TSettings> settings, int epochs, Halving? halving = null) =>
        new SearchPlan<TSettings, T>(this, [.. settings], epochs, halving);

    /// <summary>An ensemble of the best states of runs with several settings, such as seeds, in their order.</summary>
    /// <param name="settings">One a model.</param>
    /// <param name="epochs">How many epochs to train each, 1 or more.</param>
    /// <param name="vote">How they agree.</param>
    public Plan<Ensemble<T>> EnsemblePlan(IEnumerable<TSettings> settings, int epochs, Vote vote = Vote.Average) =>
        Plan(settings, epochs).Select(runs => new Ensemble<T>(
            [.. runs.Trials.Select(trial => trial.Best.Match(state => state.Model, () => throw new InvalidOperationException(
                $"the run of {trial.Name} gave no model for the ensemble: {trial.End}")))], vote));

    /// <inheritdoc/>
    public override Work Open(PlanOrder order, Func<string, ReadOnlyMemory<byte>> attachment) =>
        new TrainingWork<TSettings, T>(this, [.. order.Items.Select(Read)], order.Stages);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Ended(string reason) => StoredTrial.Ended(reason);

    internal string Write(TSettings settings)
    {
        var text = JsonSerializer.Serialize(settings, json);
        return EqualityComparer<TSettings>.Default.Equals(Read(text), settings)
            ? text
            : throw new ArgumentException(
                $"the settings {settings} come back from JSON ({text}) as {Read(text)}: use a record or a tuple of numbers, texts and "
                    + $"other records");
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The type's description was made by the caller.")]
    private TSettings Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, json)!;
        }
        catch (JsonException fault)
        {
            throw new FormatException($"these are no settings of the job \"{Name}\": {fault.Message}", fault);
        }
    }
}
