namespace FunctionalNN.Distributed.Tests;

/// <summary>Waits for progress.</summary>
internal sealed class Told : IProgress<PlanProgress>
{
    private readonly Lock gate = new();
    private readonly List<(int Count, TaskCompletionSource Source)> waiting = [];
    private int reports;

    public void Report(PlanProgress value)
    {
        lock (gate)
        {
            reports++;
            waiting.RemoveAll(one => reports >= one.Count && one.Source.TrySetResult());
        }
    }

    /// <summary>Ends after some more reports.</summary>
    public Task After(int more)
    {
        lock (gate)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((reports + more, source));
            return source.Task;
        }
    }
}
