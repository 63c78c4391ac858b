namespace FunctionalNN;

/// <summary>
/// Begins a plan, follows it, and collects its result. It keeps what the ledger told, so that a ledger that was lost with its silo goes on
/// elsewhere from there.
/// </summary>
internal sealed class Driver<TResult>(Plan<TResult> plan, Cluster cluster, IProgress<PlanProgress>? progress)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Latest = TimeSpan.FromMilliseconds(250);

    private readonly PlanOrder order = plan.Order;
    private readonly Dictionary<int, ItemRecord> known = [];
    private readonly Dictionary<string, byte[]> bytes = [];
    private readonly PlatformFingerprint here = PlatformFingerprint.Here();
    private News news = new("", 0, 1, [], null, []);
    private int begun;

    private IPlanGrain Grain => cluster.Grains.GetGrain<IPlanGrain>(Key);

    private string Key { get; set; } = "";

    public async Task<TResult> Run(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Key = $"{order.Hash}-{here.Hash[..12]}";
        cluster.Catalogue.Add(plan.Job);
        var (pause, last) = (Soon, 0L);
        while (true)
        {
            ItemState[]? items = null;
            try
            {
                items = await Step();
            }
            catch (Exception e) when (e is not PlanFailedException && !cluster.Ended.IsCompleted)
            {
                // A silo died under the call: what it had is asked for again, elsewhere.
            }
            catch (Exception e) when (e is not PlanFailedException)
            {
                throw new InvalidOperationException($"this process is no more part of the cluster: {await cluster.Ended}", e);
            }

            if (items is not null)
            {
                await Close();
                return plan.Collect(items);
            }

            if (cancellation.IsCancellationRequested)
            {
                await Grain.Cancel().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await cluster.Grains.GetGrain<IBoardGrain>(0).Remove(Key).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellation.ThrowIfCancellationRequested();
            }

            pause = news.Version != last ? Soon : pause * 2 < Latest ? pause * 2 : Latest;
            last = news.Version;
            await Task.Delay(pause, cluster.Settings.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks what is new; the items once all are done.</summary>
    private async Task<ItemState[]?> Step()
    {
        if (begun == 0 || await Grain.Since(news.Incarnation, news.Version) is not { } latest)
        {
            await Begin();
            return null;
        }

        await cluster.Grains.GetGrain<IBoardGrain>(0).Announce(Key);
        Take(latest);
        if (latest.Failure is { } failure)
        {
            await Close();
            throw new PlanFailedException(failure);
        }

        RequireWorkers(latest);
        return latest.Stage > order.Stages.Length && known.Count == order.Items.Length ? await Items() : null;
    }

    private async Task Begin()
    {
        var parcels = new Parcels(cluster.Grains);
        foreach (var (hash, attached) in plan.Attachments)
        {
            await parcels.Store(hash, attached);
        }

        var text = order.ToBytes();
        await Grain.Begin(new Brief(await parcels.Send(text), here.Hash, here.Platform), text, news.Stage, [.. known.Values]);
        begun++;
    }

    private void Take(News latest)
    {
        if (latest.Incarnation != news.Incarnation)
        {
            known.Clear();
        }

        foreach (var record in latest.Items)
        {
            known[record.Item] = record;
        }

        if (latest.Version != news.Version || latest.Refusals.Count != news.Refusals.Count)
        {
            progress?.Report(new PlanProgress(latest.Stage, order.Stages.Length,
                known.Values.Count(record => record.Stage >= latest.Stage || !record.IsRunning || record.IsDropped),
                order.Items.Length, Math.Max(0, begun - 1), latest.Refusals));
        }

        news = latest;
    }

    /// <summary>Nothing comes of waiting when each silo has said that it takes no part.</summary>
    private void RequireWorkers(News latest)
    {
        string[] workers = latest.Refusals.Count == 0 ? [] : [.. cluster.Workers()];
        if (workers.Length > 0 && workers.All(latest.Refusals.ContainsKey))
        {
            throw new PlanFailedException($"no silo can compute the plan: {string.Join("; ", latest.Refusals.Values.Distinct())}");
        }
    }

    /// <summary>All results, or null where some are lost and have to be computed again.</summary>
    private async Task<ItemState[]?> Items()
    {
        var parcels = new Parcels(cluster.Grains);
        var isWhole = true;
        foreach (var record in known.Values.Where(record => record.Reason is null && record.Result is not null))
        {
            var parcel = record.Result!;
            if (bytes.ContainsKey(parcel.Hash))
            {
                continue;
            }

            if (await parcels.Open(parcel) is { } found)
            {
                bytes[parcel.Hash] = found;
            }
            else
            {
                await Grain.Lost(record.Item, parcel.Hash);
                isWhole = false;
            }
        }

        return !isWhole ? null : [.. Enumerable.Range(0, order.Items.Length).Select(i => known[i]).Select(record =>
            record.Reason is { } reason
                ? new ItemState(Math.Max(1, record.Stage), false, double.NaN, plan.Job.Ended(reason))
                : new ItemState(record.Stage, record.IsRunning, record.Score, bytes[record.Result!.Hash]))];
    }

    private async Task Close()
    {
        await cluster.Grains.GetGrain<IBoardGrain>(0).Remove(Key).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Grain.Close().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var parcels = new Parcels(cluster.Grains);
        foreach (var parcel in known.Values.Select(record => record.Result).Where(parcel => parcel is { Bytes: null }))
        {
            await parcels.Drop(parcel!.Hash).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>A plan that cannot be finished, however often it is tried.</summary>
internal sealed class PlanFailedException(string message) : InvalidOperationException(message);
