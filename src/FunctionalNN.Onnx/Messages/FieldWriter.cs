using Google.Protobuf;

namespace FunctionalNN;

/// <summary>
/// Writes fields of protocol buffers, or counts the bytes that they take: a message stands behind its length, so each is counted before it
/// is written, once.
/// </summary>
internal sealed class FieldWriter
{
    private readonly CodedOutputStream? stream;
    private readonly Dictionary<IMessage, long> sizes;

    private FieldWriter(CodedOutputStream? stream, Dictionary<IMessage, long> sizes)
    {
        this.stream = stream;
        this.sizes = sizes;
    }

    /// <summary>The bytes so far.</summary>
    public long Count { get; private set; }

    /// <summary>A message counted: how many bytes it takes, and what writes them.</summary>
    public static (long Size, Action<Stream> Write) Measure(IMessage message)
    {
        var counter = new FieldWriter(null, new Dictionary<IMessage, long>(ReferenceEqualityComparer.Instance));
        message.Write(counter);
        return (counter.Count, Write);

        void Write(Stream target)
        {
            using var stream = new CodedOutputStream(target, leaveOpen: true);
            message.Write(new FieldWriter(stream, counter.sizes));
        }
    }

    /// <summary>A string; an empty one, the default of the format, is left out.</summary>
    public void Text(int field, string value)
    {
        if (value.Length > 0)
        {
            Element(field, value);
        }
    }

    /// <summary>A string in a list, empty or not.</summary>
    public void Element(int field, string value)
    {
        Tag(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeStringSize(value));
        stream?.WriteString(value);
    }

    public void Integer(int field, long value)
    {
        Tag(field, WireFormat.WireType.Varint, CodedOutputStream.ComputeInt64Size(value));
        stream?.WriteInt64(value);
    }

    public void Float(int field, float value)
    {
        Tag(field, WireFormat.WireType.Fixed32, sizeof(float));
        stream?.WriteFloat(value);
    }

    public void Bytes(int field, ReadOnlyMemory<byte> value)
    {
        Tag(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeLengthSize(value.Length) + (long)value.Length);
        stream?.WriteBytes(UnsafeByteOperations.UnsafeWrap(value));
    }

    public void Message(int field, IMessage message)
    {
        if (!sizes.TryGetValue(message, out var size))
        {
            var counter = new FieldWriter(null, sizes);
            message.Write(counter);
            sizes[message] = size = counter.Count;
        }

        Tag(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeLengthSize((int)Math.Min(size, int.MaxValue)) + size);
        if (stream is not null)
        {
            stream.WriteLength((int)size);
            message.Write(this);
        }
    }

    public void Messages(int field, IEnumerable<IMessage> messages)
    {
        foreach (var message in messages)
        {
            Message(field, message);
        }
    }

    private void Tag(int field, WireFormat.WireType type, long contentSize)
    {
        Count += CodedOutputStream.ComputeTagSize(field) + contentSize;
        stream?.WriteTag(field, type);
    }
}
