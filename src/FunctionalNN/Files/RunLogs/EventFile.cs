using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace FunctionalNN;

/// <summary>
/// An event file of TensorBoard: records of a length, its checksum, an Event in the encoding of protocol buffers, and its checksum. Of
/// event.proto and summary.proto it writes the version, and scalars as Summary.Value { tag, simple_value }.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private readonly FileStream stream;
    private readonly TimeProvider clock;

    private EventFile(FileStream stream, TimeProvider clock) => (this.stream, this.clock) = (stream, clock);

    /// <summary>A new file in a folder, which is made where it is missing; its name tells the time, and a number where it is
    /// taken.</summary>
    public static EventFile Create(string folder, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        for (var number = 0; ; number++)
        {
            var path = Path.Combine(folder, $"events.out.tfevents.{seconds}.functionalnn.{number}");
            if (!File.Exists(path))
            {
                var file = new EventFile(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), clock);
                file.Write(Text(3, Encoding.ASCII.GetBytes("brain.Event:2")));
                return file;
            }
        }
    }

    /// <summary>The scalars of one step.</summary>
    public void Write(long step, IEnumerable<(string Name, float Value)> scalars)
    {
        var summary = scalars.SelectMany(scalar => Text(1, [.. Text(1, Encoding.UTF8.GetBytes(scalar.Name)), .. Single(2, scalar.Value)]));
        Write([.. Whole(2, step), .. Text(5, [.. summary])]);
    }

    public void Dispose() => stream.Dispose();

    /// <summary>A record of an event, with the time in front.</summary>
    private void Write(byte[] body)
    {
        byte[] data = [.. Double(1, (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds), .. body];
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(head, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Masked(head[..8]));
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Masked(data));
        stream.Write([.. head, .. data, .. tail]);
        stream.Flush();
    }

    /// <summary>CRC-32C turned by 15 bits with a constant added, as the format asks.</summary>
    internal static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        crc = ~crc;
        return unchecked(BitOperations.RotateRight(crc, 15) + 0xa282ead8);
    }

    private static byte[] Text(int field, byte[] bytes) => [.. Number((ulong)field << 3 | 2), .. Number((ulong)bytes.Length), .. bytes];

    private static byte[] Whole(int field, long value) => [.. Number((ulong)field << 3), .. Number((ulong)value)];

    private static byte[] Single(int field, float value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return [.. Number((ulong)field << 3 | 5), .. bytes];
    }

    private static byte[] Double(int field, double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return [.. Number((ulong)field << 3 | 1), .. bytes];
    }

    private static IEnumerable<byte> Number(ulong value)
    {
        for (; value >= 128; value >>= 7)
        {
            yield return (byte)(value | 128);
        }

        yield return (byte)value;
    }
}
