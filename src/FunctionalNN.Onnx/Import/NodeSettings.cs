using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <summary>The settings of a node: those that an operator knows, with its defaults for those that are left out.</summary>
internal sealed class NodeSettings
{
    private readonly NodeMessage node;

    /// <summary>Checks that a node has no settings but the known ones, each once.</summary>
    public NodeSettings(NodeMessage node, params ReadOnlySpan<string> known)
    {
        this.node = node;
        for (var i = 0; i < node.Attributes.Length; i++)
        {
            var name = node.Attributes[i].Name;
            if (!known.Contains(name))
            {
                throw node.Wrong($"has the setting \"{name}\", expected {(known.IsEmpty ? "none" : $"only {string.Join(", ", known)}")}");
            }

            for (var j = 0; j < i; j++)
            {
                if (node.Attributes[j].Name == name)
                {
                    throw node.Wrong($"has the setting \"{name}\" twice");
                }
            }
        }
    }

    /// <summary>A real number: as the shortest decimal that rounds to the float in the file, which is what was meant, such as
    /// 0.01.</summary>
    public double Real(string name, double otherwise) =>
        Find(name) is not { } found ? otherwise
        : found.IsReal ? Shortest(found.RealValue)
        : throw node.Wrong($"the setting \"{name}\" is no real number");

    public long Whole(string name, long otherwise) =>
        Find(name) is not { } found ? otherwise
        : found.IsWhole ? found.WholeValue
        : throw node.Wrong($"the setting \"{name}\" is no whole number");

    public ImmutableArray<float> Reals(string name) =>
        Find(name) is not { } found ? []
        : found.IsReals ? found.RealValues
        : throw node.Wrong($"the setting \"{name}\" is no list of real numbers");

    public ImmutableArray<long> Wholes(string name) =>
        Find(name) is not { } found ? []
        : found.IsWholes ? found.WholeValues
        : throw node.Wrong($"the setting \"{name}\" is no list of whole numbers");

    public string Word(string name, string otherwise) =>
        Find(name) is not { } found ? otherwise
        : found.IsWord ? found.WordValue
        : throw node.Wrong($"the setting \"{name}\" is no word");

    /// <summary>Requires a whole number to be what it must be for rows of numbers.</summary>
    public void Require(string name, long otherwise, string reason, params ReadOnlySpan<long> allowed)
    {
        var found = Whole(name, otherwise);
        if (!allowed.Contains(found))
        {
            throw node.Wrong($"{name} is {found}, expected {string.Join(" or ", allowed.ToArray().Select(whole => $"{whole}"))}: {reason}");
        }
    }

    /// <summary>The shortest decimal that rounds to a float.</summary>
    public static double Shortest(float value) =>
        double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private OnnxSetting? Find(string name) => node.Attributes.FirstOrDefault(attribute => attribute.Name == name);
}
