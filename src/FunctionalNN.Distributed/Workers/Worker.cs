using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace FunctionalNN;

/// <summary>Takes leases and computes, as many at a time as there are slots.</summary>
internal sealed partial class Worker(IGrainFactory grains, ILocalSiloDetails silo, ClusterSettings settings, JobCatalogue jobs,
    ILogger<Worker> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan MostIdle = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, OpenPlan> plans = new();
    private readonly Lazy<PlatformFingerprint> here = new(PlatformFingerprint.Here);
    private readonly SemaphoreSlim opening = new(1);

    private string Name => silo.SiloAddress.ToParsableString();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Slots > 0)
        {
            await Task.WhenAll(Enumerable.Range(0, settings.Slots).Select(_ => Slot(stoppingToken)));
        }

        foreach (var plan in plans.Values)
        {
            plan.Work?.Dispose();
        }
    }

    private async Task Slot(CancellationToken stop)
    {
        await Task.Yield();
        var thread = new ComputeThread();
        var idle = Idle;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await Ask() is (var plan, { } first))
                {
                    idle = Idle;
                    for (Lease? lease = first; lease is not null && !stop.IsCancellationRequested;)
                    {
                        (lease, thread) = await Compute(plan, lease!, thread, stop);
                    }

                    continue;
                }
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // A silo that died: whoever else has the ledger next is asked again.
                LogLost(logger, e);
            }
            catch (Exception)
            {
                break;
            }

            await Task.Delay(idle, settings.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            idle = idle * 2 < MostIdle ? idle * 2 : MostIdle;
        }

        thread.Dispose();
    }

    /// <summary>A lease of one of the plans that are known.</summary>
    private async Task<(string Plan, Lease? Lease)> Ask()
    {
        var known = await grains.GetGrain<IBoardGrain>(0).Plans();
        foreach (var gone in plans.Keys.Except(known))
        {
            if (plans.TryRemove(gone, out var old))
            {
                old.Work?.Dispose();
            }
        }

        foreach (var plan in known)
        {
            if (await Opened(plan) is { Work: not null } && (await grains.GetGrain<IPlanGrain>(plan).Take(Name)).Next is { } lease)
            {
                return (plan, lease);
            }
        }

        return ("", null);
    }

    private async Task<OpenPlan?> Opened(string hash)
    {
        if (!plans.TryGetValue(hash, out var plan))
        {
            await opening.WaitAsync();
            try
            {
                plan = plans.TryGetValue(hash, out plan) ? plan : await OpenPlan.Of(hash, grains, jobs, here.Value);
                if (plan is null)
                {
                    return null;
                }

                plans[hash] = plan;
            }
            finally
            {
                opening.Release();
            }
        }

        if (plan.Refusal is { } reason)
        {
            await grains.GetGrain<IPlanGrain>(hash).Refuse(Name, reason);
        }

        return plan;
    }

    private async Task<(Lease? Next, ComputeThread Thread)> Compute(string plan, Lease lease, ComputeThread thread, CancellationToken stop)
    {
        if (!plans.TryGetValue(plan, out var open) || open.Work is null)
        {
            return (null, thread);
        }

        var (grain, parcels) = (grains.GetGrain<IPlanGrain>(plan), new Parcels(grains));
        var from = lease.From is { } parcel && await parcels.Open(parcel) is { } bytes
            ? new ItemState(lease.FromStage, true, double.NaN, bytes)
            : null;
        using var source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var epochs = 0;
        var done = thread.Compute(() =>
            open.Work.Advance(lease.Item, lease.Stage, from, reached => Volatile.Write(ref epochs, reached), source.Token));
        while (!done.IsCompleted)
        {
            await Task.WhenAny(done, Task.Delay(settings.LeaseTime / 4, settings.Time, CancellationToken.None));
            if (!done.IsCompleted && !source.IsCancellationRequested && !await Beats(grain, lease, Volatile.Read(ref epochs)))
            {
                await source.CancelAsync();
                await Task.WhenAny(done, Task.Delay(settings.LeaseTime, settings.Time, CancellationToken.None));
                if (!done.IsCompleted)
                {
                    // It hangs: the thread is left to it.
                    LogHang(logger, lease.Item, plan);
                    thread.Dispose();
                    return (null, new ComputeThread());
                }
            }
        }

        try
        {
            var state = await done;
            var result = await Lasting(() => parcels.Send(state.Bytes), stop);
            var outcome = new StageOutcome(lease.Item, lease.Stage, state.IsRunning, state.Score, result, state.IsTrouble);
            return ((await Lasting(() => grain.Finish(Name, outcome), stop)).Next, thread);
        }
        catch (OperationCanceledException)
        {
            return (null, thread);
        }
        catch (Exception e) when (done.IsFaulted)
        {
            await grain.Fail($"item {lease.Item}: {e.GetType().Name}: {e.Message}");
            return (null, thread);
        }
    }

    private static async Task<bool> Beats(IPlanGrain grain, Lease lease, int epochs)
    {
        try
        {
            return await grain.Beat(lease.Item, lease.Number, epochs);
        }
        catch (Exception)
        {
            // Nobody answers: the result may be welcome all the same.
            return true;
        }
    }

    /// <summary>Calls until it is answered, some times.</summary>
    private async Task<TResult> Lasting<TResult>(Func<Task<TResult>> call, CancellationToken stop)
    {
        const int Times = 20;
        for (var i = 1; ; i++)
        {
            try
            {
                return await call();
            }
            catch (Exception) when (i < Times && !stop.IsCancellationRequested)
            {
                await Task.Delay(MostIdle, settings.Time, stop);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A call was not answered")]
    private static partial void LogLost(ILogger logger, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Item {Item} of plan {Plan} does not end: its thread is left to it")]
    private static partial void LogHang(ILogger logger, int item, string plan);
}
