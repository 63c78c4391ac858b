using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>How one kind of record stands in a file. Make one with <see cref="Term"/>, and name each setting with
/// <see cref="With"/>.</summary>
/// <typeparam name="TRecord">The record.</typeparam>
public sealed class Term<TRecord> : Term
    where TRecord : notnull
{
    internal const string KindName = "kind";

    private readonly TRecord blank;
    private readonly ImmutableArray<Setting> settings;

    internal Term(string name, TRecord blank)
        : this(name, blank, [])
    {
    }

    private Term(string name, TRecord blank, ImmutableArray<Setting> settings)
        : base(name, typeof(TRecord)) => (this.blank, this.settings) = (blank, settings);

    private static bool IsOfLibrary => typeof(TRecord).Assembly == typeof(Term).Assembly;

    private delegate TRecord Reader(TRecord record, JsonPlace place, Vocabulary vocabulary);

    /// <summary>The term with one more setting.</summary>
    /// <param name="name">The setting's name in files.</param>
    /// <param name="get">The setting of a record.</param>
    /// <param name="set">The record with another setting: <c>(layer, value) => layer with { Beta = value }</c>.</param>
    /// <typeparam name="TValue">A number, a flag, a text, an enum, one of the library's records, or a list of layers, numbers or
    /// texts.</typeparam>
    /// <exception cref="ArgumentException">The type cannot be stored, or the name is taken.</exception>
    public Term<TRecord> With<TValue>(string name, Func<TRecord, TValue> get, Func<TRecord, TValue, TRecord> set)
    {
        if (name == StoredFormula.Name && !IsOfLibrary)
        {
            throw new ArgumentException($"{Name} cannot have a setting \"{name}\": a record's formula stands in files by that name");
        }

        if (name == KindName || settings.Any(setting => setting.Name == name))
        {
            throw new ArgumentException($"{Name} has a setting \"{name}\" already: give each a name of its own");
        }

        var codec = Codecs.For<TValue>();
        return new Term<TRecord>(Name, blank, settings.Add(new Setting(
            name,
            get(blank) is null,
            record => get(record) is null,
            (json, record, vocabulary) => codec.Write(json, get(record), vocabulary),
            (record, place, vocabulary) => set(record, codec.Read(place, vocabulary)))));
    }

    internal override bool Describes(object value) => value is TRecord;

    /// <summary>The name alone where no setting is left to write, else an object.</summary>
    internal override void Write(Utf8JsonWriter json, object value, Vocabulary vocabulary)
    {
        var record = (TRecord)value;
        var present = settings.Where(setting => !setting.IsMissing(record)).ToArray();
        if (settings.FirstOrDefault(setting => setting.IsMissing(record) && !setting.MayBeMissing) is { } missing)
        {
            throw new FileFault($"{Name} has null for {missing.Name}, which a file cannot hold");
        }

        var formula = StoredFormula.Beside(record);
        if (present.Length == 0 && formula is null)
        {
            json.WriteStringValue(Name);
            return;
        }

        json.WriteStartObject();
        json.WriteString(KindName, Name);
        foreach (var setting in present)
        {
            json.WritePropertyName(setting.Name);
            setting.Write(json, record, vocabulary);
        }

        if (formula is not null)
        {
            json.WritePropertyName(StoredFormula.Name);
            vocabulary.TermFor(formula).Write(json, formula, vocabulary);
        }

        json.WriteEndObject();
    }

    internal override object Read(JsonPlace place, Vocabulary vocabulary)
    {
        var isObject = place.Element.ValueKind == JsonValueKind.Object;
        if (isObject
            && place.Element.EnumerateObject()
                .FirstOrDefault(property => property.Name != KindName && (property.Name != StoredFormula.Name || IsOfLibrary)
                    && !settings.Any(setting => setting.Name == property.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new FileFault(place.Path,
                $"{Name} has the unknown setting \"{unknown.Name}\", expected "
                    + $"{string.Join(", ", settings.Select(setting => setting.Name))}");
        }

        var record = blank;
        foreach (var setting in settings)
        {
            var element = default(JsonElement);
            if (!isObject || !place.Element.TryGetProperty(setting.Name, out element))
            {
                record = setting.MayBeMissing ? record : throw new FileFault(place.Path, $"{Name} lacks the setting \"{setting.Name}\"");
                continue;
            }

            var at = place.At(setting.Name, element);
            try
            {
                record = setting.Read(record, at, vocabulary);
            }
            catch (ArgumentException fault)
            {
                throw new FileFault(at.Path, fault.Message);
            }
        }

        return record;
    }

    private sealed record Setting(string Name, bool MayBeMissing, Func<TRecord, bool> IsMissing,
        Action<Utf8JsonWriter, TRecord, Vocabulary> Write, Reader Read);
}
