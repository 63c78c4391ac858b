using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>What a machine is told of a plan: names, texts and numbers. Nothing in it is executed.</summary>
/// <param name="Job">The name of the job.</param>
/// <param name="Build">The build that the job is part of; empty for the jobs of the library.</param>
/// <param name="Common">What is the same for all items.</param>
/// <param name="Data">Hashes of the data that the job reads.</param>
/// <param name="Items">A text for each item.</param>
/// <param name="Stages">The epochs after each stage, in rising order. After each but the last the worse items are dropped.</param>
/// <param name="Factor">Of how many items one is kept after a stage; see <see cref="Halving"/>.</param>
public sealed record PlanOrder(string Job, string Build, string Common, ImmutableArray<string> Data, ImmutableArray<string> Items,
    ImmutableArray<int> Stages, int Factor)
{
    private const int MaxItems = 1_000_000;
    private string? hash;

    /// <summary>SHA-256 of <see cref="ToBytes"/>, in hexadecimal digits: plans of the same hash have the same result.</summary>
    public string Hash => hash ??= Convert.ToHexStringLower(SHA256.HashData(ToBytes()));

    /// <summary>JSON in UTF-8.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("library", LibraryVersion.Text);
            json.WriteString("job", Job);
            json.WriteString("build", Build);
            json.WriteString("common", Common);
            WriteTexts(json, "data", Data);
            WriteTexts(json, "items", Items);
            json.WriteStartArray("stages");
            foreach (var stage in Stages)
            {
                json.WriteNumberValue(stage);
            }

            json.WriteEndArray();
            json.WriteNumber("factor", Factor);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else, or of another version of the library; the message says what.</exception>
    public static PlanOrder Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = json.RootElement;
            var order = new PlanOrder(Text("job"), Text("build"), Text("common"), Texts("data"), Texts("items"),
                [.. root.GetProperty("stages").EnumerateArray().Select(stage => stage.GetInt32())], root.GetProperty("factor").GetInt32());
            return Text("library") != LibraryVersion.Text
                ? throw new FormatException(
                    $"the plan is of version {Text("library")} of the library, this is {LibraryVersion.Text}: use the same on all machines")
                : order.IsSound
                    ? order
                    : throw new FormatException(
                        $"the plan has {order.Items.Length} items, the stages {string.Join(", ", order.Stages)} and the factor "
                            + $"{order.Factor}, expected 1 to {MaxItems} items, rising stages of 1 or more, and a factor of 1 or more");

            string Text(string name) => root.GetProperty(name).GetString() ?? throw new FormatException($"the plan has no {name}");

            ImmutableArray<string> Texts(string name) =>
                [.. root.GetProperty(name).EnumerateArray()
                    .Select(item => item.GetString() ?? throw new FormatException($"the plan has a {name} that is null"))];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"this is no plan: {fault.Message}", fault);
        }
    }

    /// <inheritdoc/>
    public bool Equals(PlanOrder? other) => other is not null && Hash == other.Hash;

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);

    /// <summary>The job and the counts.</summary>
    public override string ToString() =>
        $"{Job}: {Items.Length} {(Items.Length == 1 ? "item" : "items")}, stages {string.Join(", ", Stages)}, plan {Hash[..12]}";

    private bool IsSound =>
        Items.Length is >= 1 and <= MaxItems && Factor >= 1 && Stages.Length > 0 && Stages[0] >= 1
            && Stages.Skip(1).Select((stage, i) => Stages[i] < stage).All(rises => rises);

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
