using Google.Protobuf;

namespace FunctionalNN;

/// <summary>
/// Reads fields of protocol buffers one after the other and trusts none: a message may not run past the one around it, a list not past
/// <see cref="MaxEntries"/>, a wire type must be the field's. What is wrong is thrown as <see cref="OnnxFault"/>, which names the byte.
/// </summary>
internal sealed class WireReader : IDisposable
{
    /// <summary>
    /// The longest list of nodes, tensors, values or attributes: an empty message takes two bytes in a file and many times that in memory.
    /// </summary>
    public const int MaxEntries = 1 << 12;

    private readonly CodedInputStream stream;
    private int end;
    private uint tag;

    public WireReader(byte[] bytes)
    {
        stream = new CodedInputStream(bytes);
        end = bytes.Length;
    }

    public int Position => (int)stream.Position;

    /// <summary>The number of the field that <see cref="Next"/> came to.</summary>
    public int Field => WireFormat.GetTagFieldNumber(tag);

    public void Dispose() => stream.Dispose();

    /// <summary>Goes on to the next field; false at the end of the message.</summary>
    public bool Next()
    {
        if (Position > end)
        {
            throw Wrong("a field runs past the end of the message that it is in: the file is damaged");
        }

        if (Position == end)
        {
            return false;
        }

        tag = stream.ReadTag();
        return true;
    }

    public void Skip() => stream.SkipLastField();

    public string Text()
    {
        Require(WireFormat.WireType.LengthDelimited);
        return stream.ReadString();
    }

    public ReadOnlyMemory<byte> Bytes()
    {
        Require(WireFormat.WireType.LengthDelimited);
        return stream.ReadBytes().Memory;
    }

    public long Integer()
    {
        Require(WireFormat.WireType.Varint);
        return stream.ReadInt64();
    }

    public float Float()
    {
        Require(WireFormat.WireType.Fixed32);
        return stream.ReadFloat();
    }

    /// <summary>A message inside of this one.</summary>
    public TMessage Message<TMessage>(Func<WireReader, TMessage> read)
    {
        Require(WireFormat.WireType.LengthDelimited);
        var outer = end;
        end = Inside(outer);
        var message = read(this);
        end = outer;
        return message;
    }

    /// <summary>One more of a list.</summary>
    public void Append<TEntry>(List<TEntry> list, TEntry entry, int most = MaxEntries)
    {
        if (list.Count >= most)
        {
            throw Wrong($"a list of more than {most} entries: no network that can be read has that many");
        }

        list.Add(entry);
    }

    public void Integers(List<long> to, int most = MaxEntries) =>
        Packed(WireFormat.WireType.Varint, () => Append(to, stream.ReadInt64(), most));

    public void Floats(List<float> to) => Packed(WireFormat.WireType.Fixed32, () => to.Add(stream.ReadFloat()));

    public void Doubles(List<double> to) => Packed(WireFormat.WireType.Fixed64, () => to.Add(stream.ReadDouble()));

    public OnnxFault Wrong(string reason) => new($"byte {Position}: {reason}");

    /// <summary>Numbers in one run, or one a field: the format allows both.</summary>
    private void Packed(WireFormat.WireType type, Action one)
    {
        if (WireFormat.GetTagWireType(tag) == type)
        {
            one();
            return;
        }

        Require(WireFormat.WireType.LengthDelimited);
        var last = Inside(end);
        while (Position < last)
        {
            one();
        }

        if (Position > last)
        {
            throw Wrong($"the numbers of field {Field} run past their end: the file is damaged");
        }
    }

    /// <summary>Where a content ends, whose length comes next.</summary>
    private int Inside(int outer)
    {
        var length = stream.ReadLength();
        return length >= 0 && length <= outer - Position
            ? Position + length
            : throw Wrong(
                $"field {Field} is {length} bytes long, but {Math.Max(0, outer - Position)} follow in its message: the file is truncated "
                    + $"or damaged");
    }

    private void Require(WireFormat.WireType expected)
    {
        var found = WireFormat.GetTagWireType(tag);
        if (found != expected)
        {
            throw Wrong($"field {Field} has the wire type {found}, expected {expected}: the file is damaged or is no ONNX model");
        }
    }
}
