using System.Collections.Concurrent;

namespace FunctionalNN;

/// <summary>A thread that computes one item after the other, below normal priority: Orleans's own work comes first.</summary>
internal sealed class ComputeThread : IDisposable
{
    private readonly BlockingCollection<Action> work = [];

    public ComputeThread()
    {
        var thread = new Thread(Run) { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "FunctionalNN plan" };
        thread.Start();
    }

    /// <summary>The function's value, computed on this thread.</summary>
    public Task<TResult> Compute<TResult>(Func<TResult> function)
    {
        var result = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                result.SetResult(function());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task;
    }

    /// <summary>Lets it end after what it is at.</summary>
    public void Dispose() => work.CompleteAdding();

    private void Run()
    {
        foreach (var action in work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
