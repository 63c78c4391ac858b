using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>A search with a job.</summary>
internal sealed class SearchPlan<TSettings, T>(TrainingJob<TSettings, T> job, ImmutableArray<TSettings> settings, int epochs,
    Halving? halving)
    : Plan<Comparison<TSettings, T>>(job, OrderOf(job, settings, epochs, halving))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Comparison<TSettings, T> Run(Parallelism? parallelism, CancellationToken cancellation) =>
        Search.Over(settings, job.Start, epochs, halving, job.Metric, parallelism, cancellation);

    public override Comparison<TSettings, T> Collect(IReadOnlyList<ItemState> items) =>
        new([.. settings.Zip(items, (choice, item) => StoredTrial.Read<T>(item.Bytes, job.Vocabulary).ToTrial(choice, EndOf(item)))],
            job.Metric is null);

    /// <summary>Why an item that could have gone on did not.</summary>
    private string EndOf(ItemState item) =>
        item.Stage < Order.Stages.Length ? Halving.DroppedAfter(Order.Stages[item.Stage - 1]) : TrialRun<TSettings, T>.AllDone;

    private static PlanOrder OrderOf(TrainingJob<TSettings, T> job, ImmutableArray<TSettings> settings, int epochs, Halving? halving)
    {
        Search.RequireEpochs(epochs);
        Search.RequireSettings(settings.Length);
        return new PlanOrder(job.Name, job.Build, typeof(T).Name, job.Data, [.. settings.Select(job.Write)],
            [.. halving?.Rungs(epochs) ?? [], epochs], halving?.Factor ?? 1);
    }
}
