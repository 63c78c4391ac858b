using System.Text.Json;

namespace FunctionalNN;

/// <summary>How values of a type stand in JSON, in both directions.</summary>
internal abstract class Codec<TValue>
{
    public abstract void Write(Utf8JsonWriter json, TValue value, Vocabulary vocabulary);

    /// <exception cref="FileFault">The JSON is something else.</exception>
    public abstract TValue Read(JsonPlace place, Vocabulary vocabulary);
}

/// <summary>A codec from two functions.</summary>
internal sealed class SimpleCodec<TValue>(Action<Utf8JsonWriter, TValue> write, Func<JsonPlace, TValue> read) : Codec<TValue>
{
    public override void Write(Utf8JsonWriter json, TValue value, Vocabulary vocabulary) => write(json, value);

    public override TValue Read(JsonPlace place, Vocabulary vocabulary) => read(place);
}

/// <summary>The codec of an abstract record: the JSON names the concrete one, which is looked up in the vocabulary.</summary>
internal sealed class FamilyCodec<TFamily> : Codec<TFamily>
    where TFamily : notnull
{
    public override void Write(Utf8JsonWriter json, TFamily value, Vocabulary vocabulary)
    {
        var written = vocabulary.Knows(value) ? value : StoredFormula.Of(value) ?? value;
        vocabulary.TermFor(written).Write(json, written, vocabulary);
    }

    public override TFamily Read(JsonPlace place, Vocabulary vocabulary)
    {
        // A record that is not known, by its formula.
        if (!vocabulary.Knows(place) && place.Element.ValueKind == JsonValueKind.Object
            && place.Element.TryGetProperty(StoredFormula.Name, out var formula))
        {
            place = place.At(StoredFormula.Name, formula);
        }

        return vocabulary.TermAt(place) is var term && term.Read(place, vocabulary) is TFamily value
            ? value
            : throw new FileFault(place.Path, $"found \"{term.Name}\", expected one of {vocabulary.NamesOf<TFamily>()}");
    }
}
