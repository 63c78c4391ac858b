namespace FunctionalNN;

/// <content>How items are given out and stages are closed.</content>
internal sealed partial class Ledger
{
    private const int Copies = 2;
    private readonly List<TimeSpan> durations = [];

    /// <summary>Whether an item has to be computed.</summary>
    private bool IsOpen(LedgerItem item) =>
        item.IsLost || item.IsDisputed || (item.CanGoOn && item.Stage < Stage && Stage <= order.Stages.Length);

    /// <summary>The stage that an open item is computed to.</summary>
    private int Target(LedgerItem item) => item.IsLost || item.IsDisputed ? item.Stage : Stage;

    private Lease Give(LedgerItem item, string worker)
    {
        item.Holdings.Add(new Holding(++leases, worker, Now));
        return item.IsLost || item.IsDisputed
            ? new Lease(leases, item.Index, item.Stage, 0, null)
            : new Lease(leases, item.Index, Stage, item.Stage, item.Result);
    }

    /// <summary>Takes an item from workers that died or are not heard of.</summary>
    private void Release(LedgerItem item)
    {
        foreach (var holding in item.Holdings.ToArray())
        {
            var isGone = isDead(holding.Worker);
            if (isGone || Now - holding.Heard >= settings.LeaseTime)
            {
                item.Holdings.Remove(holding);
                if (isGone)
                {
                    Lose(item, "the silo died");
                }
            }
        }
    }

    private void Lose(LedgerItem item, string how)
    {
        if (++item.Losses >= settings.MostDeaths && item.CanGoOn && item.Stage < Stage)
        {
            item.Reason = $"given up: {how}, on {item.Losses} silos that had it";
            Changed(item);
            CloseStages();
        }
    }

    /// <summary>The item that somebody has been at for the longest, if that is long.</summary>
    private LedgerItem? Slow(LedgerItem[] open, string worker)
    {
        var usual = durations.Count == 0 ? TimeSpan.Zero : durations.Order().ElementAt(durations.Count / 2);
        var slow = usual * 2 > settings.LeaseTime ? usual * 2 : settings.LeaseTime;
        return open.Where(item => item.Holdings.Count is > 0 and < Copies && item.Holdings.TrueForAll(one => one.Worker != worker)
                && Now - item.Holdings[0].Begun >= slow)
            .MinBy(item => item.Holdings[0].Begun);
    }

    private void Accept(LedgerItem item, string worker, StageOutcome outcome)
    {
        if (item.IsDisputed)
        {
            item.Computed.Add((worker, outcome.Result.Hash));
            Judge(item, outcome);
            return;
        }

        if (item.IsLost && item.Result is { } before && before.Hash != outcome.Result.Hash)
        {
            Fail($"item {item.Index} was computed again, because its result was lost, and came to other bits: one of the machines computes "
                + $"wrongly, or the job is no function of its settings");
            return;
        }

        if (!item.IsLost)
        {
            item.Computed.Clear();
        }

        item.Computed.Add((worker, outcome.Result.Hash));
        item.IsLost = false;
        Set(item, outcome);
    }

    private void Set(LedgerItem item, StageOutcome outcome)
    {
        (item.Stage, item.IsRunning, item.Score, item.Result) = (outcome.Stage, outcome.IsRunning, outcome.Score, outcome.Result);
        Changed(item);
    }

    /// <summary>A second result of the same stage: equal, unless somebody computes wrongly.</summary>
    private void Compare(LedgerItem item, string worker, StageOutcome outcome)
    {
        if (item.Result!.Hash == outcome.Result.Hash || item.Computed.Exists(one => one.Worker == worker))
        {
            return;
        }

        var first = item.Computed.Count > 0 ? item.Computed[0].Worker : "another silo";
        if (item.Stage < Stage)
        {
            Fail($"the silos {first} and {worker} came to different bits for item {item.Index} after the stage was decided: run it again "
                + $"without the one that computes wrongly");
            return;
        }

        item.Computed.Add((worker, outcome.Result.Hash));
        item.IsDisputed = true;
        Changed(item);
    }

    /// <summary>Three results: that which two agree on counts, and who came to another takes no further part.</summary>
    private void Judge(LedgerItem item, StageOutcome outcome)
    {
        var agreed = item.Computed.GroupBy(one => one.Hash).MaxBy(group => group.Count())!;
        if (agreed.Count() < 2)
        {
            Fail($"three computations of item {item.Index} came to three results: its job is no function of its settings");
            return;
        }

        foreach (var (worker, _) in item.Computed.Where(one => one.Hash != agreed.Key))
        {
            shutOut.Add(worker);
            refusals[worker] = $"it came to other bits than two others for item {item.Index}, and is shut out";
        }

        item.IsDisputed = false;
        if (outcome.Result.Hash == agreed.Key)
        {
            Set(item, outcome);
        }

        Changed(item);
    }

    private void Changed(LedgerItem item) => item.Version = ++Version;

    private void CloseStages()
    {
        while (Stage <= order.Stages.Length && !items.Any(IsOpen))
        {
            if (Stage < order.Stages.Length)
            {
                LedgerItem[] running = [.. items.Where(item => item.CanGoOn)];
                foreach (var i in Halving.Dropped([.. running.Select(item => item.Score)], order.Factor))
                {
                    running[i].IsDropped = true;
                    Changed(running[i]);
                }
            }

            Stage++;
            Version++;
        }
    }
}
