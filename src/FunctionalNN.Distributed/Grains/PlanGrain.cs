using Orleans;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Serialization;

namespace FunctionalNN;

/// <summary>What a storage keeps of a plan.</summary>
[GenerateSerializer, Alias("FunctionalNN.PlanMemory")]
internal sealed record PlanMemory([property: Id(0)] Brief Brief, [property: Id(1)] byte[] Order, [property: Id(2)] int Stage,
    [property: Id(3)] ItemRecord[] Items);

/// <summary>Keeps a plan's ledger, in memory and, once a second, in the storage. Losing it costs time, never bits.</summary>
[KeepAlive, PreferLocalPlacement]
internal sealed class PlanGrain([PersistentState("plan", Storage.Name)] IPersistentState<Opaque> stored, ClusterSettings settings,
    ISiloStatusOracle silos, Serializer<PlanMemory> serializer) : Grain, IPlanGrain
{
    private static readonly TimeSpan SavingTime = TimeSpan.FromSeconds(1);

    private Brief? brief;
    private byte[] orderBytes = [];
    private Ledger? ledger;
    private long saved;

    private string Incarnation => GrainContext.ActivationId.ToString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (stored.State.Bytes.Length > 0)
        {
            var memory = serializer.Deserialize(stored.State.Bytes)!;
            Open(memory.Brief, memory.Order, memory.Stage, memory.Items);
        }

        this.RegisterGrainTimer(Save, new GrainTimerCreationOptions(SavingTime, SavingTime));
        return Task.CompletedTask;
    }

    public Task Begin(Brief given, byte[] order, int stage, ItemRecord[] known)
    {
        if (ledger is null)
        {
            Open(given, order, stage, known);
        }

        ledger!.Resume();
        return Task.CompletedTask;
    }

    public Task<Brief?> Describe() => Task.FromResult(brief);

    public Task<Answer> Take(string worker) => Task.FromResult(new Answer(ledger is not null, ledger?.Take(worker)));

    public Task<bool> Beat(int item, long number, int epochs) => Task.FromResult(ledger?.Beat(item, number, epochs) ?? true);

    public Task<Answer> Finish(string worker, StageOutcome outcome)
    {
        ledger?.Finish(worker, outcome);
        return Take(worker);
    }

    public Task Refuse(string worker, string reason)
    {
        ledger?.Refuse(worker, reason);
        return Task.CompletedTask;
    }

    public Task Lost(int item, string hash)
    {
        ledger?.Lost(item, hash);
        return Task.CompletedTask;
    }

    public Task Fail(string reason)
    {
        ledger?.Fail(reason);
        return Task.CompletedTask;
    }

    public Task<News?> Since(string incarnation, long version) =>
        Task.FromResult(ledger?.Since(Incarnation, incarnation == Incarnation ? version : 0));

    public async Task Cancel()
    {
        ledger?.Cancel();
        await Save();
    }

    public async Task Close()
    {
        ledger = null;
        brief = null;
        await stored.ClearStateAsync();
        DeactivateOnIdle();
    }

    private void Open(Brief given, byte[] order, int stage, ItemRecord[] known)
    {
        (brief, orderBytes) = (given, order);
        ledger = new Ledger(PlanOrder.Parse(order), settings, worker => silos.IsDeadSilo(SiloAddress.FromParsableString(worker)));
        ledger.Restore(stage, known);
    }

    private async Task Save()
    {
        if (ledger is null || ledger.Version == saved)
        {
            return;
        }

        saved = ledger.Version;
        stored.State.Bytes = serializer.SerializeToArray(
            new PlanMemory(brief!, orderBytes, ledger.Stage, ledger.Since("", 0).Items));
        await stored.WriteStateAsync();
    }
}
