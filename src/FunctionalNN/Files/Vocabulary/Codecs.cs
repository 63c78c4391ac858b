using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>The types that a record's settings can have.</summary>
internal static class Codecs
{
    private static readonly FrozenDictionary<Type, object> All = new[]
    {
        Entry(Number),
        Entry(Whole),
        Entry(LongWhole),
        Entry(Flag),
        Entry(Text),
        Entry(KeyText),
        Entry(Nullable(Number)),
        Entry(Nullable(Whole)),
        Entry(Nullable(Flag)),
        Entry(Nullable(new FamilyCodec<Metrics>())),
        Entry(new FamilyCodec<NumberColumn>()),
        Entry(new FamilyCodec<CategoryColumn>()),
        Entry(new FamilyCodec<DateColumn>()),
        Entry(new FamilyCodec<FlagColumn>()),
        Entry(new FamilyCodec<TargetColumn>()),
        Entry(new FamilyCodec<FittedTarget>()),
        Entry(new FamilyCodec<CsvOptions>()),
        Entry(new ListCodec<FittedColumn>(new FamilyCodec<FittedColumn>())),
        Entry(new ListCodec<Interaction>(new FamilyCodec<Interaction>())),
        Entry(new ListCodec<LeftOutColumn>(new FamilyCodec<LeftOutColumn>())),
        Entry(new FamilyCodec<Layer>()),
        Entry(new FamilyCodec<Optimizer>()),
        Entry(new FamilyCodec<LearningRateSchedule>()),
        Entry(new FamilyCodec<Loss>()),
        Entry(new FamilyCodec<Initializer>()),
        Entry(new FamilyCodec<Penalty>()),
        Entry(new FamilyCodec<Constraint>()),
        Entry(new FamilyCodec<PlateauProgress>()),
        Entry(new FamilyCodec<Metrics>()),
        Entry(new FamilyCodec<Divergence>()),
        Entry(new FamilyCodec<Slots>()),
        Entry(new FamilyCodec<Augmentation>()),
        Entry(new FamilyCodec<ImageSize>()),
        Entry(Nullable(new FamilyCodec<ImageSize>())),
        Entry(new FamilyCodec<Padding>()),
        Entry(new ListCodec<Augmentation>(new FamilyCodec<Augmentation>())),
        Entry(new ListCodec<EmbeddedColumn>(new FamilyCodec<EmbeddedColumn>())),
        Entry(new ListCodec<int>(Whole)),
        Entry(new ListCodec<Layer>(new FamilyCodec<Layer>())),
        Entry(new ListCodec<double>(Number)),
        Entry(new ListCodec<long>(LongWhole)),
        Entry(new ListCodec<string>(Text)),
        Entry(new FormulaCodec(Number)),
    }.ToFrozenDictionary();

    private delegate bool TryGet<TValue>(JsonElement json, out TValue value);

    /// <summary>Finite numbers as such, the shortest text that gives the same bits; the others as text.</summary>
    private static SimpleCodec<double> Number => new(
        (json, value) =>
        {
            if (double.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
            }
        },
        place => place.Element.ValueKind switch
        {
            JsonValueKind.Number when place.Element.TryGetDouble(out var value) && double.IsFinite(value) => value,
            JsonValueKind.String when place.Element.ValueEquals("NaN"u8) => double.NaN,
            JsonValueKind.String when place.Element.ValueEquals("Infinity"u8) => double.PositiveInfinity,
            JsonValueKind.String when place.Element.ValueEquals("-Infinity"u8) => double.NegativeInfinity,
            _ => throw place.Fault("a number"),
        });

    private static SimpleCodec<int> Whole => Integer(
        "a whole number", static (JsonElement json, out int value) => json.TryGetInt32(out value),
        (json, value) => json.WriteNumberValue(value));

    private static SimpleCodec<long> LongWhole => Integer(
        "a whole number", static (JsonElement json, out long value) => json.TryGetInt64(out value),
        (json, value) => json.WriteNumberValue(value));

    private static SimpleCodec<bool> Flag => new(
        (json, value) => json.WriteBooleanValue(value),
        place => place.Element.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? place.Element.GetBoolean()
            : throw place.Fault("true or false"));

    private static SimpleCodec<string> Text => new(
        (json, value) => json.WriteStringValue(value),
        place => place.Element.ValueKind == JsonValueKind.String ? place.Element.GetString()! : throw place.Fault("a text"));

    /// <summary>As text: not every reader of JSON keeps 64 bits of a number.</summary>
    private static SimpleCodec<Key> KeyText => new(
        (json, value) => json.WriteStringValue(value.Value.ToString(CultureInfo.InvariantCulture)),
        place => place.Element.ValueKind == JsonValueKind.String
            && ulong.TryParse(place.Element.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new Key(value)
            : throw place.Fault("a text of a whole number of 64 bits"));

    public static Codec<TValue> For<TValue>() => All.TryGetValue(typeof(TValue), out var codec) ? (Codec<TValue>)codec
        : typeof(TValue).IsEnum ? Choice<TValue>()
        : throw new ArgumentException(
            $"a setting of type {typeof(TValue).Name} cannot be stored; possible are enums and "
                + $"{string.Join(", ", All.Keys.Select(Name).Order(StringComparer.Ordinal))}");

    private static SimpleCodec<TValue> Integer<TValue>(string expected, TryGet<TValue> tryGet, Action<Utf8JsonWriter, TValue> write) => new(
        write,
        place => place.Element.ValueKind == JsonValueKind.Number && tryGet(place.Element, out var value)
            ? value
            : throw place.Fault(expected));

    /// <summary>Any enum, by the names of its values.</summary>
    private static SimpleCodec<TEnum> Choice<TEnum>()
    {
        var names = Enum.GetValuesAsUnderlyingType(typeof(TEnum)).Cast<object>()
            .Select(value => (TEnum)Enum.ToObject(typeof(TEnum), value)).Distinct()
            .ToFrozenDictionary(value => value!.ToString()!, value => value, StringComparer.Ordinal);
        return new(
            (json, value) => json.WriteStringValue(value!.ToString()),
            place => place.Element.ValueKind == JsonValueKind.String && names.TryGetValue(place.Element.GetString()!, out var value)
                ? value
                : throw place.Fault($"one of {string.Join(", ", names.Keys.Order(StringComparer.Ordinal))}"));
    }

    private static NullableCodec<TValue> Nullable<TValue>(Codec<TValue> codec)
        where TValue : struct => new(codec);

    private static KeyValuePair<Type, object> Entry<TValue>(Codec<TValue> codec) => new(typeof(TValue), codec);

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    /// <summary>null is never written: the setting is left out.</summary>
    private sealed class NullableCodec<TValue>(Codec<TValue> codec) : Codec<TValue?>
        where TValue : struct
    {
        public override void Write(Utf8JsonWriter json, TValue? value, Vocabulary vocabulary) =>
            codec.Write(json, value!.Value, vocabulary);

        public override TValue? Read(JsonPlace place, Vocabulary vocabulary) => codec.Read(place, vocabulary);
    }

    private sealed class ListCodec<TValue>(Codec<TValue> codec) : Codec<ImmutableArray<TValue>>
    {
        public override void Write(Utf8JsonWriter json, ImmutableArray<TValue> values, Vocabulary vocabulary)
        {
            json.WriteStartArray();
            foreach (var value in values)
            {
                codec.Write(json, value, vocabulary);
            }

            json.WriteEndArray();
        }

        public override ImmutableArray<TValue> Read(JsonPlace place, Vocabulary vocabulary)
        {
            if (place.Element.ValueKind != JsonValueKind.Array)
            {
                throw place.Fault("a list");
            }

            var values = ImmutableArray.CreateBuilder<TValue>();
            foreach (var element in place.Element.EnumerateArray())
            {
                values.Add(codec.Read(place.At(values.Count, element), vocabulary));
            }

            return values.ToImmutable();
        }
    }
}
