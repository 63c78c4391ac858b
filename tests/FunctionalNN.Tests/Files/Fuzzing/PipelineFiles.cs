using System.Text;

namespace FunctionalNN.Tests;

/// <summary>Files of pipelines, damaged in the texts of their header, term by term: columns, decision, network, run, names. The file around
/// them is right, as an attacker would make it.</summary>
internal static class PipelineFiles
{
    /// <summary>One of some files, in which texts are damaged or exchanged.</summary>
    public static FuzzFile Of(SafeTensors[] wholes, Key key)
    {
        var whole = wholes[key.Below(wholes.Length, 0)];
        var other = wholes[key.Below(wholes.Length, 1)];
        var metadata = whole.Metadata;
        for (var i = 0; i < 1 + key.Below(2, 2); i++)
        {
            var step = key.Fold(10 + i);
            string[] names = [.. metadata.Keys.Order(StringComparer.Ordinal)];

            // Half of the time what only pipelines have.
            var name = step.Below(2, 0) == 0 ? step.Below(3, 1) == 0 ? "decision" : "columns" : names[step.Below(names.Length, 2)];
            metadata = step.Below(14, 3) switch
            {
                0 => metadata.Remove(name),
                1 => metadata.SetItem(name, other.Metadata.GetValueOrDefault(name, "{}")),
                2 => metadata.SetItem(names[step.Below(names.Length, 4)], metadata.GetValueOrDefault(name, "")),
                _ => metadata.SetItem(name, Encoding.UTF8.GetString(
                    JsonFiles.Of(metadata.GetValueOrDefault(name, "{}"), other.Metadata.GetValueOrDefault(name, "1"), step.Fold(5)).Bytes)),
            };
        }

        var bytes = InMemory.Bytes(new SafeTensors(whole.Tensors, metadata));
        return new FuzzFile(bytes, bytes.Length);
    }
}
