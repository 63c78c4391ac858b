using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>
/// The records that a file may speak of, each by its name: a closed list. A name that is not in it is an error, so a file makes nothing
/// else come to be and nothing run.
/// </summary>
public sealed class Vocabulary
{
    private const int MaxDepth = 200;
    private const int Enough = 12;

    private readonly ImmutableDictionary<string, Term> byName;
    private readonly ImmutableDictionary<Type, ImmutableArray<Term>> byType;

    private Vocabulary(ImmutableDictionary<string, Term> byName, ImmutableDictionary<Type, ImmutableArray<Term>> byType) =>
        (this.byName, this.byType) = (byName, byType);

    /// <summary>Every layer, loss, optimizer, schedule, initialiser, penalty, constraint and augmentation of the library.</summary>
    public static Vocabulary Standard { get; } =
        new Vocabulary(ImmutableDictionary.Create<string, Term>(StringComparer.Ordinal),
            ImmutableDictionary<Type, ImmutableArray<Term>>.Empty)
        .With([.. Schemas.All.Select(Term.From), .. SlotTerms.All, .. AugmentationTerms.All, .. RunTerms.All, .. TableTerms.All]);

    /// <summary>The vocabulary with terms for records of your own.</summary>
    /// <exception cref="ArgumentException">A name is taken; the message gives it.</exception>
    public Vocabulary With(params ReadOnlySpan<Term> terms)
    {
        var (names, types) = (byName.ToBuilder(), byType.ToBuilder());
        foreach (var term in terms)
        {
            if (!names.TryAdd(term.Name, term))
            {
                throw new ArgumentException($"the vocabulary has a \"{term.Name}\" already: give your record another name in files");
            }

            types[term.Type] = types.TryGetValue(term.Type, out var others) ? others.Add(term) : [term];
        }

        return new Vocabulary(names.ToImmutable(), types.ToImmutable());
    }

    /// <summary>The names, in order.</summary>
    public override string ToString() => string.Join(", ", byName.Keys.Order(StringComparer.Ordinal));

    /// <exception cref="FileFault">It is not in the vocabulary, or what it contains is not.</exception>
    internal string Write<TValue>(TValue value)
        where TValue : notnull
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json =
            new Utf8JsonWriter(buffer,
                new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth }))
        {
            try
            {
                new FamilyCodec<TValue>().Write(json, value, this);
            }
            catch (InvalidOperationException) when (json.CurrentDepth >= MaxDepth)
            {
                throw new FileFault($"the {value.GetType().Name} contains others more than {MaxDepth} deep, which a file cannot hold");
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <param name="text">JSON.</param>
    /// <param name="place">What the text is, for messages.</param>
    /// <exception cref="FileFault">The text is not what was written.</exception>
    internal TValue Read<TValue>(string text, string place)
        where TValue : notnull
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return new FamilyCodec<TValue>().Read(new JsonPlace(json.RootElement, place), this);
        }
        catch (JsonException fault)
        {
            throw new FileFault(place, $"this is not valid JSON: {fault.Message}");
        }
        catch (InvalidOperationException fault)
        {
            // A text that is no valid UTF-16.
            throw new FileFault(place, fault.Message);
        }
    }

    /// <summary>Whether there is a term for a record's type.</summary>
    internal bool Knows(object value) => byType.ContainsKey(value.GetType());

    /// <summary>Whether there is a term of the name that stands at a place.</summary>
    internal bool Knows(JsonPlace place) =>
        place.Element.ValueKind == JsonValueKind.Object && place.Element.TryGetProperty(Term<Layer>.KindName, out var kind)
            && kind.ValueKind == JsonValueKind.String && byName.ContainsKey(kind.GetString()!);

    internal Term TermFor(object value)
    {
        if (byType.TryGetValue(value.GetType(), out var terms))
        {
            foreach (var term in terms)
            {
                if (term.Describes(value))
                {
                    return term;
                }
            }
        }

        throw new FileFault(
            $"{value.GetType().Name} is not in the vocabulary that the file is written with: give it one that has it, "
                + $"Vocabulary.Standard.With(Term.Layer(\"{value.GetType().Name}\", new …)) for a layer");
    }

    internal Term TermAt(JsonPlace place)
    {
        var name = place.Element.ValueKind switch
        {
            JsonValueKind.String => place.Element.GetString()!,
            JsonValueKind.Object
                when place.Element.TryGetProperty(Term<Layer>.KindName, out var kind) && kind.ValueKind == JsonValueKind.String =>
                    kind.GetString()!,
            _ => throw place.Fault($"a name, or an object with a \"{Term<Layer>.KindName}\""),
        };
        return byName.TryGetValue(name, out var term)
            ? term
            : throw new FileFault(place.Path,
                $"found \"{(name.Length > 60 ? name[..60] + "…" : name)}\", which is not in the vocabulary: a record of your own is read "
                    + $"with the vocabulary that it was written with");
    }

    /// <summary>What a family has, for messages; the first of many.</summary>
    internal string NamesOf<TFamily>()
    {
        var names = byName.Values.Where(term => term.Type.IsAssignableTo(typeof(TFamily))).Select(term => term.Name)
            .Order(StringComparer.Ordinal).ToArray();
        return names.Length > Enough ? $"{string.Join(", ", names[..Enough])} …" : string.Join(", ", names);
    }
}
