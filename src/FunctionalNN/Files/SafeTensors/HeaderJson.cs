using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>Steps through the JSON of a header; each fault names its byte in the file.</summary>
internal ref struct HeaderJson(byte[] file, int depth)
{
    private Utf8JsonReader reader = new(
        file.AsSpan(SafeTensorsHeader.LengthBytes),
        new JsonReaderOptions { MaxDepth = depth, CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false });

    /// <summary>Where in the file the latest token begins.</summary>
    public readonly long Position => SafeTensorsHeader.LengthBytes + reader.TokenStartIndex;

    /// <summary>The bytes of the latest text as they stand in the file, without quotes.</summary>
    public readonly int TokenLength => reader.ValueSpan.Length;

    public readonly FileFault Fault(string reason) => new(Position, reason);

    public void Enter(JsonTokenType type, string what)
    {
        if (Next() != type)
        {
            throw Fault($"found {Found}, expected {what}");
        }
    }

    /// <summary>The name of the next entry of an object; null at its end.</summary>
    public string? NextName() => Next() == JsonTokenType.PropertyName ? String() : null;

    public string Text(string what)
    {
        Enter(JsonTokenType.String, what);
        return String();
    }

    /// <summary>An array of whole numbers of 0 or more.</summary>
    public ImmutableArray<long> Lengths(string what)
    {
        Enter(JsonTokenType.StartArray, what);
        var lengths = ImmutableArray.CreateBuilder<long>();
        while (Next() != JsonTokenType.EndArray)
        {
            lengths.Add(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var length) && length >= 0
                ? length
                : throw Fault($"found {Found} in {what}, expected whole numbers from 0 to {long.MaxValue}"));
        }

        return lengths.ToImmutable();
    }

    /// <summary>Nothing but white space may follow.</summary>
    public void End()
    {
        try
        {
            if (reader.Read())
            {
                throw Fault("more follows the table of tensors");
            }
        }
        catch (JsonException fault)
        {
            throw Damaged(fault);
        }
    }

    private JsonTokenType Next()
    {
        RequireWord();
        try
        {
            return reader.Read() ? reader.TokenType : throw new FileFault(file.Length, "the header ends in the middle");
        }
        catch (JsonException fault)
        {
            throw Damaged(fault);
        }
    }

    /// <summary>A word that is none of JSON's: the reader's own message would hold all bytes that follow, as many as a file has.</summary>
    private readonly void RequireWord()
    {
        var at = SafeTensorsHeader.LengthBytes + (int)reader.BytesConsumed;
        while (at < file.Length && file[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)':')
        {
            at++;
        }

        var rest = file.AsSpan(at);
        if (rest is [(byte)'n' or (byte)'t' or (byte)'f', ..] && !rest.StartsWith("null"u8) && !rest.StartsWith("true"u8)
            && !rest.StartsWith("false"u8))
        {
            throw new FileFault(at, $"the header is not valid JSON here: a word that begins with '{(char)rest[0]}' is not one of JSON's");
        }
    }

    private readonly string String()
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault("the text is not valid UTF-8");
        }
    }

    private readonly string Found => reader.TokenType switch
    {
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 40)]),
        JsonTokenType.String => "a text",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.EndObject or JsonTokenType.EndArray => "the end",
        _ => reader.TokenType.ToString().ToLowerInvariant(),
    };

    private readonly FileFault Damaged(JsonException fault) =>
        new(SafeTensorsHeader.LengthBytes + reader.BytesConsumed,
            $"the header is not valid JSON here: {fault.Message.Split(" LineNumber", 2)[0]}");
}
