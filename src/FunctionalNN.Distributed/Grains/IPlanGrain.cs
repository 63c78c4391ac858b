using Orleans;
using Orleans.Concurrency;

namespace FunctionalNN;

/// <summary>The ledger of a plan; its key is the plan's hash.</summary>
[Alias("FunctionalNN.IPlanGrain")]
internal interface IPlanGrain : IGrainWithStringKey
{
    /// <summary>Makes the plan known, with what whoever asks knows of it.</summary>
    [Alias("Begin")]
    Task Begin(Brief brief, byte[] order, int stage, ItemRecord[] known);

    /// <summary>The plan, or null where it is not known.</summary>
    [Alias("Describe")]
    Task<Brief?> Describe();

    [Alias("Take")]
    Task<Answer> Take(string worker);

    [Alias("Beat")]
    Task<bool> Beat(int item, long number, int epochs);

    /// <summary>Hands in what a lease came to, and asks for the next.</summary>
    [Alias("Finish")]
    Task<Answer> Finish(string worker, StageOutcome outcome);

    [Alias("Refuse")]
    Task Refuse(string worker, string reason);

    [Alias("Lost")]
    Task Lost(int item, string hash);

    [Alias("Fail")]
    Task Fail(string reason);

    /// <summary>What changed, or null where the plan is not known.</summary>
    [Alias("Since")]
    Task<News?> Since(string incarnation, long version);

    [Alias("Cancel")]
    Task Cancel();

    /// <summary>Forgets the plan.</summary>
    [Alias("Close")]
    Task Close();
}

/// <summary>The plans that wait for workers; its key is 0.</summary>
[Alias("FunctionalNN.IBoardGrain")]
internal interface IBoardGrain : IGrainWithIntegerKey
{
    [Alias("Announce")]
    Task Announce(string plan);

    [Alias("Remove")]
    Task Remove(string plan);

    [AlwaysInterleave]
    [Alias("Plans")]
    Task<string[]> Plans();
}

/// <summary>Bytes in pieces; its key is their hash.</summary>
[Alias("FunctionalNN.IBlobGrain")]
internal interface IBlobGrain : IGrainWithStringKey
{
    [Alias("Put")]
    Task Put(int piece, int length, Piece bytes);

    /// <summary>Whether all pieces are there.</summary>
    [Alias("IsWhole")]
    Task<bool> IsWhole(int length);

    /// <summary>A piece, or null where the bytes are not to be had.</summary>
    [Alias("Get")]
    Task<Piece?> Get(int piece);

    [Alias("Drop")]
    Task Drop();
}

/// <summary>A piece of bytes; see <see cref="Parcels"/>.</summary>
[GenerateSerializer, Immutable, Alias("FunctionalNN.Piece")]
internal sealed record Piece([property: Id(0)] byte[] Bytes);
