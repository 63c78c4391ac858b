using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Runs of a training job. A run whose stage is done stays in memory, so that it goes on here without anything being read; elsewhere, or
/// when it is lost, it goes on from its state or from the start.
/// </summary>
internal sealed class TrainingWork<TSettings, T>(TrainingJob<TSettings, T> job, ImmutableArray<TSettings> settings,
    ImmutableArray<int> stages) : Work
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ConcurrentDictionary<int, Kept> kept = new();

    public override ItemState Advance(int item, int stage, ItemState? from, Action<int>? progress, CancellationToken cancellation)
    {
        kept.TryRemove(item, out var run);
        if (run?.Stage != stage - 1)
        {
            run?.Dispose();
            run = Begin(item, from);
        }

        run.Progress = progress;
        using (cancellation.Register(run.Source.Cancel))
        {
            run.Trial.AdvanceTo(stages[stage - 1]);
        }

        run.Progress = null;
        if (cancellation.IsCancellationRequested)
        {
            run.Dispose();
            cancellation.ThrowIfCancellationRequested();
        }

        var isLast = stage == stages.Length;
        if (isLast || !run.Trial.IsRunning)
        {
            run.Dispose();
        }

        var bytes = StoredTrial.Write(run.Trial, job.Vocabulary, goesOn: !isLast && run.Trial.IsRunning && job.Resume is not null);
        if (!isLast && run.Trial.IsRunning)
        {
            run.Stage = stage;
            kept[item] = run;
        }

        return new ItemState(stage, run.Trial.IsRunning, run.Trial.Score, bytes)
        {
            IsTrouble = run.Trial.Failure is IOException or OutOfMemoryException or UnauthorizedAccessException,
        };
    }

    public override void Dispose()
    {
        foreach (var item in kept.Keys)
        {
            if (kept.TryRemove(item, out var run))
            {
                run.Dispose();
            }
        }
    }

    private Kept Begin(int item, ItemState? from)
    {
        var run = new Kept();
        var stored = from is null || job.Resume is null ? null : StoredTrial.Read<T>(from.Bytes, job.Vocabulary);
        var state = stored?.Current;
        run.Trial = new TrialRun<TSettings, T>(settings[item],
            choice => (state is null ? job.Start(choice) : job.Resume!(choice, state))
                .Do(reached => run.Progress?.Invoke(reached.Epoch)),
            job.Metric ?? (reached => TrainingVerbs.ValidationLoss(reached, "a search")), run.Source.Token);
        if (state is not null)
        {
            run.Trial.GoOnFrom(stored!.Curve, stored.Best, stored.Score);
        }

        return run;
    }

    /// <summary>A run in memory.</summary>
    private sealed class Kept : IDisposable
    {
        public TrialRun<TSettings, T> Trial { get; set; } = null!;

        public CancellationTokenSource Source { get; } = new();

        public int Stage { get; set; }

        public Action<int>? Progress { get; set; }

        public void Dispose()
        {
            Trial.Dispose();
            Source.Dispose();
        }
    }
}
