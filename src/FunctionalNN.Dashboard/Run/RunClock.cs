namespace FunctionalNN;

/// <summary>How long a run has gone on, and how much it has done.</summary>
internal sealed class RunClock(int? epochs, TimeProvider clock)
{
    private readonly long begun = clock.GetTimestamp();
    private TimeSpan? whole;
    private int done;
    private long rows;

    /// <summary>How many epochs there will be at most, or null.</summary>
    public int? Epochs => epochs;

    public TimeSpan Elapsed => whole ?? clock.GetElapsedTime(begun);

    public double RowsPerSecond => Elapsed > TimeSpan.Zero ? Interlocked.Read(ref rows) / Elapsed.TotalSeconds : double.NaN;

    /// <summary>As long as the rest takes at the pace so far; null where the end is not known.</summary>
    public TimeSpan? Left =>
        Volatile.Read(ref done) is var count && whole is null && count > 0 && epochs > count
            ? Elapsed / count * (epochs.Value - count)
            : null;

    public void Count(long epochRows)
    {
        Interlocked.Increment(ref done);
        Interlocked.Add(ref rows, epochRows);
    }

    public void Stop() => whole = clock.GetElapsedTime(begun);
}
