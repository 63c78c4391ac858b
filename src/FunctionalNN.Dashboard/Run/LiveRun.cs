using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// A run on a board. The training thread hands over a reference to the newest state, which never changes, and goes on; a task on another
/// thread makes pictures of the newest state that there is, four times a second at most, within <see cref="PaintBudget"/>, and only while
/// somebody looks.
/// </summary>
internal sealed class LiveRun<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaxPoints = 1000;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private readonly Board board;
    private readonly LivePictures<T> pictures;
    private readonly RunClock time;
    private readonly TimeProvider clock;

    /// <summary>The newest state and the curves up to it go together: the run goes on while they are read.</summary>
    private readonly Lock gate = new();
    private readonly RunHistory history = new(MaxPoints);
    private readonly CancellationTokenSource ended = new();
    private readonly Task painting;
    private readonly int number;
    private TrainingState<T>? newest;
    private TrainingState<T>? painted;

    /// <param name="board">Where it is shown.</param>
    /// <param name="rows">What pictures and layers are measured on, or null.</param>
    /// <param name="epochs">How many there will be at most, or null.</param>
    /// <param name="clock">The time.</param>
    public LiveRun(Board board, DataSet<T>? rows, int? epochs, TimeProvider clock)
    {
        (this.board, this.clock, pictures, time) = (board, clock, new LivePictures<T>(rows), new RunClock(epochs, clock));
        number = board.Begin();
#pragma warning disable RS0030 // Pictures are drawn beside the training, from states that never change.
        painting = Task.Run(PaintAsync);
#pragma warning restore RS0030
    }

    /// <summary>Whether the page's button was pressed.</summary>
    public bool IsAskedToStop => board.IsAskedToStop(number);

    /// <summary>Takes a state, on the training thread.</summary>
    public void Take(TrainingState<T> state)
    {
        lock (gate)
        {
            if (state is { Stopped.IsNone: true, Divergence.IsNone: true })
            {
                history.Add(RunPoint.Of(state));
                time.Count(state.Training.Rows);
            }

            newest = state;
        }
    }

    /// <summary>Shows the end. When it returns, the last pictures are posted and nothing of the run is under way any more.</summary>
    public void End(RunEnd end)
    {
        time.Stop();
        ended.Cancel();
        painting.GetAwaiter().GetResult();
        Paint(end);
    }

    public void Dispose() => ended.Dispose();

    private async Task PaintAsync()
    {
        var budget = new PaintBudget(clock);
        using var beat = new PeriodicTimer(Beat, clock);
        try
        {
            Paint(null);
            while (await beat.WaitForNextTickAsync(ended.Token))
            {
                if (board.IsWatched && budget.Allows && !ReferenceEquals(Volatile.Read(ref newest), painted))
                {
                    var begun = clock.GetTimestamp();
                    Paint(null);
                    budget.Spend(begun);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private void Paint(RunEnd? end)
    {
        ImmutableArray<RunPoint> points;
        lock (gate)
        {
            (painted, points) = (newest, history.Points);
        }

        board.Post(number, LivePage.Of(number, painted, points, time, end, pictures));
    }
}
