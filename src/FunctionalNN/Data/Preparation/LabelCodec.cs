using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Names of classes to class numbers and back: <c>codec.Encode(species)</c> gives <see cref="ClassLabels"/> that carry the
/// names.</summary>
/// <remarks>As scikit-learn's LabelEncoder: <see cref="Fit"/> sorts the names by their characters' codes, and a name that was not there
/// then is an error.</remarks>
public sealed class LabelCodec : IEquatable<LabelCodec>
{
    private const int NamesShown = 10;
    private readonly Dictionary<string, int> numbers;

    /// <summary>A codec whose class numbers are the positions of these names.</summary>
    /// <exception cref="ArgumentException">There is no name, or one is there twice.</exception>
    public LabelCodec(params IEnumerable<string> names)
    {
        Names = [.. names];
        numbers = new Dictionary<string, int>(Names.Length, StringComparer.Ordinal);
        foreach (var name in Names)
        {
            if (!numbers.TryAdd(name, numbers.Count))
            {
                throw new ArgumentException($"the class \"{name}\" is named twice: give each class one name of its own");
            }
        }

        if (Names.IsEmpty)
        {
            throw new ArgumentException("there are no class names: give one or more");
        }
    }

    /// <summary>The names, in the order of their numbers.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The number of classes.</summary>
    public int Classes => Names.Length;

    /// <summary>A codec for the names that occur in training labels, sorted.</summary>
    /// <exception cref="ArgumentException">There are no labels.</exception>
    public static LabelCodec Fit(IEnumerable<string> trainingLabels)
    {
        string[] names = [.. trainingLabels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return names.Length > 0
            ? new LabelCodec(names)
            : throw new ArgumentException("there are no labels to take names from: give one or more");
    }

    /// <summary>The class number of each label, with the names; or an error that names the first unknown label, its row and the known
    /// ones.</summary>
    public Either<Error, ClassLabels> Encode(IEnumerable<string> labels)
    {
        var encoded = new List<int>();
        foreach (var label in labels)
        {
            if (!numbers.TryGetValue(label, out var number))
            {
                return Error.New($"row {encoded.Count} has the label \"{label}\", which is none of the {Classes} known: {Known()}; "
                    + "correct the label, or fit the codec on training labels that have it");
            }

            encoded.Add(number);
        }

        return new ClassLabels([.. encoded], Classes, Names);
    }

    /// <summary>The name of a class number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public string Decode(int label) => (uint)label < (uint)Classes
        ? Names[label]
        : throw new ArgumentOutOfRangeException(nameof(label), $"there is no class {label}, expected 0 to {Classes - 1}: {Known()}");

    /// <summary>The names of class numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public ImmutableArray<string> Decode(params ReadOnlySpan<int> labels)
    {
        var names = ImmutableArray.CreateBuilder<string>(labels.Length);
        foreach (var label in labels)
        {
            names.Add(Decode(label));
        }

        return names.MoveToImmutable();
    }

    /// <inheritdoc/>
    public bool Equals(LabelCodec? other) => other is not null && Names.SequenceEqual(other.Names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelCodec);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Classes, Names[0], Names[^1]);

    /// <summary>The classes with their numbers.</summary>
    public override string ToString() =>
        $"{Classes} classes: {string.Join(", ", Names.Take(NamesShown).Select((name, number) => $"{number} {name}"))}"
            + $"{(Classes > NamesShown ? ", …" : "")}";

    internal string Known() =>
        $"{string.Join(", ", Names.Take(NamesShown).Select(name => $"\"{name}\""))}"
            + $"{(Classes > NamesShown ? $" and {Classes - NamesShown} more" : "")}";

    internal bool TryEncode(string label, out int number) => numbers.TryGetValue(label, out number);
}
