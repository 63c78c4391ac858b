using System.Collections.Concurrent;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Trains many runs and compares them. Settings are a sequence of values of any type: a grid is a query
/// (<c>from rate in rates from width in widths select (rate, width)</c>), <see cref="Draw{TSettings}"/> gives random ones. A run is a
/// function from settings to a lazy sequence of states.
/// </summary>
public static class Search
{
    /// <summary>
    /// Trains a run for each of the settings, several at the same time, and gives all of them with their curves, ends and best states. The
    /// result depends on the settings and the runs alone: to the last bit, it is the same for any number of threads. A run that diverges or
    /// throws is one with that end.
    /// </summary>
    /// <param name="settings">What to try.</param>
    /// <param name="run">
    /// The run of one of the settings: a function without side effects, called once for each from any thread. Let it train with
    /// <see cref="Parallelism.None"/>, as in <c>.Epochs(batches, loss, Parallelism.None).Validate(heldOut, Parallelism.None)</c>: the
    /// threads are busy with the other runs.
    /// </param>
    /// <param name="epochs">How many epochs to take from a run at most, 1 or more.</param>
    /// <param name="halving">Drops the worse runs on the way; null trains all to the end.</param>
    /// <param name="metric">The value to minimise; the validation loss by default. A state of which it is
    /// NaN is never the best.</param>
    /// <param name="parallelism">How many runs at the same time; one a core by default.</param>
    /// <param name="cancellation">Ends all runs, in mid-epoch; the result is as far as they came.</param>
    /// <exception cref="ArgumentException">There are no settings.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The epochs are less than 1.</exception>
    public static Comparison<TSettings, T> Over<TSettings, T>(IEnumerable<TSettings> settings,
        Func<TSettings, IEnumerable<TrainingState<T>>> run, int epochs, Halving? halving = null,
        Func<TrainingState<T>, double>? metric = null, Parallelism? parallelism = null, CancellationToken cancellation = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireEpochs(epochs);
        Func<TrainingState<T>, double> measure = metric ?? (state => TrainingVerbs.ValidationLoss(state, "a search"));
        TrialRun<TSettings, T>[] all = [.. settings.Select(choice => new TrialRun<TSettings, T>(choice, run, measure, cancellation))];
        RequireSettings(all.Length);
        var threads = parallelism ?? Parallelism.AllCores;
        foreach (var rung in halving?.Rungs(epochs) ?? [])
        {
            Advance(all, rung, threads);
            Drop(all, rung, halving!.Factor);
        }

        Advance(all, epochs, threads);
        foreach (var contestant in all)
        {
            contestant.Stop(TrialRun<TSettings, T>.AllDone);
            contestant.Dispose();
        }

        return new Comparison<TSettings, T>([.. all.Select(contestant => contestant.Result())], metric is null);
    }

    /// <summary>Random settings: <c>Search.Draw(20, seed: 1, draw => (Rate: draw.LogUniform("rate", 1e-4, 0.1), Width: draw.Of("width", 8,
    /// 16, 32)))</c>.</summary>
    /// <param name="count">How many, 0 or more.</param>
    /// <param name="seed">The same seed gives the same settings, and more of them begin with the same.</param>
    /// <param name="draw">Makes one of the settings.</param>
    public static IEnumerable<TSettings> Draw<TSettings>(int count, int seed, Func<Draw, TSettings> draw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Enumerable.Range(0, count).Select(i => draw(new Draw(new Key((ulong)seed).Fold(i))));
    }

    /// <summary>One run after the other goes to the next thread that is free. Each writes places of its own.</summary>
    private static void Advance<TSettings, T>(TrialRun<TSettings, T>[] all, int epochs, Parallelism parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var running = all.Where(contestant => contestant.IsRunning);
        if (parallelism.Threads == 1)
        {
            foreach (var contestant in running)
            {
                contestant.AdvanceTo(epochs);
            }

            return;
        }

        Parallel.ForEach(
            Partitioner.Create(running.ToArray().AsEnumerable(), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = parallelism.Threads },
            contestant => contestant.AdvanceTo(epochs));
    }

    /// <summary>Stops all but the best of those that could go on; of equal ones the first stay.</summary>
    private static void Drop<TSettings, T>(TrialRun<TSettings, T>[] all, int epochs, int factor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TrialRun<TSettings, T>[] running = [.. all.Where(contestant => contestant.IsRunning)];
        foreach (var i in Halving.Dropped([.. running.Select(contestant => contestant.Score)], factor))
        {
            running[i].Stop(Halving.DroppedAfter(epochs));
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">The epochs are less than 1.</exception>
    internal static void RequireEpochs(int epochs)
    {
        if (epochs < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(epochs), $"a search over {epochs} epochs trains nothing, expected 1 or more");
        }
    }

    /// <exception cref="ArgumentException">There are none.</exception>
    internal static void RequireSettings(int count)
    {
        if (count == 0)
        {
            throw new ArgumentException("there are no settings to try: one of the lists that the grid is made of is empty");
        }
    }
}
