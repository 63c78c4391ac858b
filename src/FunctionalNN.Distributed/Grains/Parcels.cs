using System.Security.Cryptography;
using Orleans;

namespace FunctionalNN;

/// <summary>Sends bytes as parcels and gets them again: few with the message, more in pieces, so that no message is large.</summary>
internal sealed class Parcels(IGrainFactory grains)
{
    /// <summary>The most bytes of a parcel.</summary>
    public const int MaxBytes = 1 << 30;

    private const int Inline = 1 << 15;
    private const int PieceBytes = 1 << 20;

    public static int PiecesOf(int length) => (length + PieceBytes - 1) / PieceBytes;

    public static (int Start, int Count) PlaceOf(int piece, int length) =>
        piece < 0 || piece >= PiecesOf(length)
            ? throw new ArgumentOutOfRangeException(nameof(piece), $"there is no piece {piece} of {length} bytes")
            : (piece * PieceBytes, Math.Min(PieceBytes, length - (piece * PieceBytes)));

    /// <exception cref="ArgumentException">There are more bytes than a parcel takes.</exception>
    public async Task<Parcel> Send(ReadOnlyMemory<byte> bytes, string? hash = null)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new ArgumentException(
                $"{bytes.Length} bytes are to be sent, at most {MaxBytes} can be: let a named job read large data from files");
        }

        hash ??= Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        if (bytes.Length <= Inline)
        {
            return new Parcel(hash, bytes.Length, bytes.ToArray());
        }

        await Store(hash, bytes);
        return new Parcel(hash, bytes.Length, null);
    }

    /// <summary>Puts bytes where <see cref="Fetch"/> finds them by their hash.</summary>
    public async Task Store(string hash, ReadOnlyMemory<byte> bytes)
    {
        var blob = grains.GetGrain<IBlobGrain>(hash);
        if (await blob.IsWhole(bytes.Length))
        {
            return;
        }

        for (var piece = 0; piece < PiecesOf(bytes.Length); piece++)
        {
            var (start, count) = PlaceOf(piece, bytes.Length);
            await blob.Put(piece, bytes.Length, new Piece(bytes.Slice(start, count).ToArray()));
        }
    }

    /// <summary>The bytes, or null where they are lost.</summary>
    public async Task<byte[]?> Open(Parcel parcel) => parcel.Bytes ?? await Fetch(parcel.Hash);

    /// <summary>The bytes of a hash, or null where they are lost.</summary>
    public async Task<byte[]?> Fetch(string hash)
    {
        var blob = grains.GetGrain<IBlobGrain>(hash);
        using var whole = new MemoryStream();
        for (var piece = 0; ; piece++)
        {
            if (await blob.Get(piece) is not { } part)
            {
                break;
            }

            whole.Write(part.Bytes);
        }

        var bytes = whole.ToArray();
        return bytes.Length > 0 && Convert.ToHexStringLower(SHA256.HashData(bytes)) == hash ? bytes : null;
    }

    public Task Drop(string hash) => grains.GetGrain<IBlobGrain>(hash).Drop();
}
