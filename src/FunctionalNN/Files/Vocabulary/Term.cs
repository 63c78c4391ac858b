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
            new Term<TLayer>(name, blank).With("name", layer => layer.Name!, (layer, value) => layer with { Name = value });

    /// <summary>An optimizer: it has <see cref="FunctionalNN.Optimizer.LearningRate"/> and <see cref="FunctionalNN.Optimizer.Decay"/> among
    /// its settings.</summary>
    /// <param name="name">Its name in files.</param>
    /// <param name="blank">An optimizer of the kind.</param>
    public static Term<TOptimizer> Optimizer<TOptimizer>(string name, TOptimizer blank)
        where TOptimizer : Optimizer => new Term<TOptimizer>(name, blank)
            .With("learningRate", optimizer => optimizer.LearningRate, (optimizer, value) => optimizer with { LearningRate = value })
            .With("decay", optimizer => optimizer.Decay, (optimizer, value) => optimizer with { Decay = value });

    /// <summary>A schedule, a loss, an initialiser or another record with no settings but its own.</summary>
    /// <param name="name">Its name in files.</param>
    /// <param name="blank">A record of the kind.</param>
    public static Term<TRecord> Record<TRecord>(string name, TRecord blank)
        where TRecord : notnull => new(name, blank);

    /// <summary>One value with a name, such as <see cref="Initializer.He"/>; other values of its type are other terms.</summary>
    internal static Term Constant<TValue>(string name, TValue value)
        where TValue : notnull => new ConstantTerm(name, value);

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
}
