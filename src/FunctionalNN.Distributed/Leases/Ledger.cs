namespace FunctionalNN;

/// <summary>
/// Who computes which item of a plan, and what came of it. A lease is never trusted: a result counts if its stage is open, whoever sends
/// it. So the result does not depend on who is slow, dies, or comes back. Not for several threads at once.
/// </summary>
/// <param name="order">The plan.</param>
/// <param name="settings">Times and limits.</param>
/// <param name="isDead">Whether a worker's silo is known to be dead.</param>
internal sealed partial class Ledger(PlanOrder order, ClusterSettings settings, Func<string, bool> isDead)
{
    private readonly LedgerItem[] items = [.. Enumerable.Range(0, order.Items.Length).Select(i => new LedgerItem(i))];
    private readonly Dictionary<string, string> refusals = [];
    private readonly HashSet<string> shutOut = [];
    private long leases;
    private bool isCancelled;

    /// <summary>The stage that is open, from 1; one more than there are when all is done.</summary>
    public int Stage { get; private set; } = 1;

    /// <summary>The count of changes.</summary>
    public long Version { get; private set; }

    /// <summary>Why it cannot be finished, or null.</summary>
    public string? Failure { get; private set; }

    public bool IsDone => Stage > order.Stages.Length && !items.Any(item => item.IsLost);

    private DateTimeOffset Now => settings.Time.GetUtcNow();

    /// <summary>An item for a worker, or null: one that nobody has, else a second copy of one that is slow.</summary>
    public Lease? Take(string worker)
    {
        if (isCancelled || Failure is not null || shutOut.Contains(worker) || refusals.ContainsKey(worker))
        {
            return null;
        }

        foreach (var item in items.Where(item => item.Holdings.Count > 0))
        {
            Release(item);
        }

        var open = items.Where(IsOpen).ToArray();
        var free = open.Where(item => item.Holdings.Count == 0).ToArray();
        var mine = free.FirstOrDefault(item => item.Computed.Any(one => one.Worker == worker)) ?? free.FirstOrDefault();
        return (mine ?? Slow(open, worker)) is { } found ? Give(found, worker) : null;
    }

    /// <summary>That a worker still computes. False: it should stop.</summary>
    public bool Beat(int item, long number, int epochs)
    {
        if (isCancelled || Failure is not null || (uint)item >= (uint)items.Length
            || items[item].Holdings.Find(one => one.Number == number) is not { } holding)
        {
            return false;
        }

        holding.Heard = Now;
        if (epochs != holding.Epochs)
        {
            (holding.Epochs, holding.Moved) = (epochs, Now);
        }
        else if (Now - holding.Moved >= settings.HangTime)
        {
            items[item].Holdings.Remove(holding);
            Lose(items[item], "no epoch was done in " + Text(settings.HangTime));
            return false;
        }

        return true;
    }

    /// <summary>What a worker came to. Handing in the same twice changes nothing.</summary>
    public void Finish(string worker, StageOutcome outcome)
    {
        if ((uint)outcome.Item >= (uint)items.Length || outcome.Stage < 1 || outcome.Stage > order.Stages.Length
            || shutOut.Contains(worker))
        {
            return;
        }

        var item = items[outcome.Item];
        durations.AddRange(item.Holdings.Where(one => one.Worker == worker).Select(one => Now - one.Begun));
        item.Holdings.RemoveAll(one => one.Worker == worker);
        if (outcome.IsTrouble && item.Losses + 1 < settings.MostDeaths)
        {
            item.Losses += IsOpen(item) && outcome.Stage == Target(item) ? 1 : 0;
            return;
        }

        if (outcome.Stage == item.Stage && item.Result is not null && !item.IsLost && !item.IsDisputed)
        {
            Compare(item, worker, outcome);
        }
        else if (IsOpen(item) && outcome.Stage == Target(item))
        {
            Accept(item, worker, outcome);
        }

        CloseStages();
    }

    /// <summary>That a worker does not take part.</summary>
    public void Refuse(string worker, string reason)
    {
        refusals[worker] = reason;
        foreach (var item in items)
        {
            item.Holdings.RemoveAll(one => one.Worker == worker);
        }
    }

    /// <summary>That an item's bytes are not to be had any more.</summary>
    public void Lost(int item, string hash)
    {
        if ((uint)item < (uint)items.Length && items[item].Result?.Hash == hash)
        {
            items[item].IsLost = true;
        }
    }

    public void Cancel() => isCancelled = true;

    public void Resume() => isCancelled = false;

    public void Fail(string reason) => Failure ??= reason;

    /// <summary>What changed after a count of changes.</summary>
    public News Since(string incarnation, long version) =>
        new(incarnation, Version, IsDone ? order.Stages.Length + 1 : Math.Min(Stage, order.Stages.Length),
            [.. items.Where(item => item.Version > version).Select(item => item.Record)], Failure, new(refusals));

    /// <summary>Takes what was known before.</summary>
    public void Restore(int stage, IEnumerable<ItemRecord> records)
    {
        Stage = Math.Clamp(stage, 1, order.Stages.Length);
        foreach (var record in records.Where(record => (uint)record.Item < (uint)items.Length))
        {
            var item = items[record.Item];
            (item.Stage, item.IsRunning, item.IsDropped) = (record.Stage, record.IsRunning, record.IsDropped);
            (item.Score, item.Result, item.Reason) = (record.Score, record.Result, record.Reason);
            item.Version = ++Version;
        }

        CloseStages();
    }

    private static string Text(TimeSpan time) =>
        time >= TimeSpan.FromMinutes(1) ? $"{time.TotalMinutes:G4} minutes" : $"{time.TotalSeconds:G4} seconds";
}
