using System.Text.Json;

namespace FunctionalNN;

/// <summary>
/// How one kind of record stands in a file: a name, and its settings. Reading takes a blank record and puts in one setting after the other,
/// so nothing is made of a file but the records of a <see cref="Vocabulary"/>.
/// </summary>
/// <example>
/// A layer of your own, <c>record Swish : Layer { public double Beta { get; init; } = 1; … }</c>:
/// <code>Vocabulary.Standard.With(Term.Layer("Swish", new Swish()).With("beta", swish => swish.Beta, (swish, beta) => swish with { Beta =
/// beta }))</code>
/// </example>
public abstract class Term
{
    private protected Term(string name, Type type) => (Name, Type) = (name, type);

    /// <summary>The record's name in files.</summary>
    public string Name { get; }

    internal Type Type { get; }

    /// <summary>The name in files and the kind of record.</summary>
    public override string ToString() => $"\"{Name}\" for {Type.Name}";

    /// <summary>A layer: it has its <see cref="FunctionalNN.Layer.Name"/> among its settings.</summary>
    /// <param name="name">Its name in files.</param>
    /// <param name="blank">A prototype. Only settings that are null on it may be missing from a file.</param>
    public static Term<TLayer> Layer<TLayer>(string name, TLayer blank)
        where TLayer : Layer =>
            From(FunctionalNN.Layer.SchemaOf(name, blank));

    /// <summary>An optimizer: it has <see cref="FunctionalNN.Optimizer.LearningRate"/> and <see cref="FunctionalNN.Optimizer.Decay"/> among
    /// its settings.</summary>
    /// <param name="name">Its name in files.</param>
    /// <param name="blank">An optimizer of the kind.</param>
    public static Term<TOptimizer> Optimizer<TOptimizer>(string name, TOptimizer blank)
        where TOptimizer : Optimizer => From(FunctionalNN.Optimizer.SchemaOf(name, blank));

    /// <summary>A schedule, a loss, an initialiser or another record with no settings but its own.</summary>
    /// <param name="name">Its name in files.</param>
    /// <param name="blank">A record of the kind.</param>
    public static Term<TRecord> Record<TRecord>(string name, TRecord blank)
        where TRecord : notnull => new(name, blank);

    /// <summary>One value with a name, such as <see cref="Initializer.He"/>; other values of its type are other terms.</summary>
    internal static Term Constant<TValue>(string name, TValue value)
        where TValue : notnull => new ConstantTerm(name, value);

    /// <summary>The term of a schema.</summary>
    internal static Term<TRecord> From<TRecord>(Schema<TRecord> schema)
        where TRecord : notnull => schema.Settings.Aggregate(
            new Term<TRecord>(schema.Name, schema.Blank), (term, setting) => setting.Read(term, new SettingReader<TRecord>()));

    /// <inheritdoc cref="From{TRecord}(Schema{TRecord})"/>
    internal static Term From(Schema schema) => schema.Read(new SchemaReader());

    /// <summary>Whether a value of the type is to be written as this term.</summary>
    internal abstract bool Describes(object value);

    internal abstract void Write(Utf8JsonWriter json, object value, Vocabulary vocabulary);

    internal abstract object Read(JsonPlace place, Vocabulary vocabulary);

    private sealed class ConstantTerm(string name, object constant) : Term(name, constant.GetType())
    {
        internal override bool Describes(object value) => constant.Equals(value);

        internal override void Write(Utf8JsonWriter json, object value, Vocabulary vocabulary) => json.WriteStringValue(Name);

        internal override object Read(JsonPlace place, Vocabulary vocabulary) =>
            place.Element.ValueKind == JsonValueKind.String ? constant : throw place.Fault($"\"{Name}\" alone: it has no settings");
    }

    private sealed class SchemaReader : ISchemaReader<Term>
    {
        public Term Read<TRecord>(Schema<TRecord> schema)
            where TRecord : notnull => From(schema);
    }

    private sealed class SettingReader<TRecord> : ISettingReader<TRecord, Term<TRecord>>
        where TRecord : notnull
    {
        public Term<TRecord> Read<TValue>(Term<TRecord> before, string name, Func<TRecord, TValue> get,
            Func<TRecord, TValue, TRecord> set) =>
            before.With(name, get, set);
    }
}
