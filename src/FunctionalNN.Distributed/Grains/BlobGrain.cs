using Orleans;
using Orleans.Runtime;

namespace FunctionalNN;

/// <summary>Bytes that are put together from pieces, in memory and, once whole, in the storage.</summary>
[KeepAlive]
internal sealed class BlobGrain([PersistentState("bytes", Storage.Name)] IPersistentState<Opaque> stored) : Grain, IBlobGrain
{
    private byte[]? bytes;
    private HashSet<int> missing = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        bytes = stored.State.Bytes.Length > 0 ? stored.State.Bytes : null;
        return Task.CompletedTask;
    }

    public async Task Put(int piece, int length, Piece part)
    {
        if (length is < 0 or > Parcels.MaxBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(length), $"a blob has {length} bytes, expected at most {Parcels.MaxBytes}");
        }

        if (bytes is null || bytes.Length != length)
        {
            bytes = new byte[length];
            missing = [.. Enumerable.Range(0, Parcels.PiecesOf(length))];
        }

        var (start, count) = Parcels.PlaceOf(piece, length);
        if (part.Bytes.Length != count)
        {
            throw new ArgumentException($"piece {piece} of {length} bytes has {part.Bytes.Length}, expected {count}");
        }

        part.Bytes.CopyTo(bytes, start);
        if (missing.Remove(piece) && missing.Count == 0)
        {
            stored.State.Bytes = bytes;
            await stored.WriteStateAsync();
        }
    }

    public Task<bool> IsWhole(int length) => Task.FromResult(bytes?.Length == length && missing.Count == 0);

    public Task<Piece?> Get(int piece)
    {
        if (bytes is null || missing.Count > 0 || piece < 0 || piece >= Parcels.PiecesOf(bytes.Length))
        {
            return Task.FromResult<Piece?>(null);
        }

        var (start, count) = Parcels.PlaceOf(piece, bytes.Length);
        return Task.FromResult<Piece?>(new Piece(bytes.AsSpan(start, count).ToArray()));
    }

    public async Task Drop()
    {
        bytes = null;
        await stored.ClearStateAsync();
        DeactivateOnIdle();
    }
}
