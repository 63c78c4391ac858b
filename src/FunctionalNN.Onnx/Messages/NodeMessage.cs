using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>One operation of a graph: NodeProto.</summary>
/// <param name="Operator">Such as Gemm.</param>
/// <param name="Name">For messages; may be empty.</param>
/// <param name="Inputs">The names of values; empty for one that is left out.</param>
/// <param name="Outputs">The names of the values that it makes.</param>
internal sealed record NodeMessage(string Operator, string Name, ImmutableArray<string> Inputs, ImmutableArray<string> Outputs) : IMessage
{
    /// <summary>The domain of the operators for labels.</summary>
    public const string LabelDomain = "ai.onnx.ml";

    private const int MaxNames = 64;

    public ImmutableArray<OnnxSetting> Attributes { get; init; } = [];

    public string Domain { get; init; } = "";

    /// <summary>The node in words, for messages.</summary>
    public override string ToString() =>
        $"node \"{(Name.Length > 0 ? Name : Outputs.IsEmpty ? "" : Outputs[0])}\" ({(Domain.Length > 0 ? $"{Domain}." : "")}{Operator})";

    void IMessage.Write(FieldWriter to)
    {
        foreach (var input in Inputs)
        {
            to.Element(1, input);
        }

        foreach (var output in Outputs)
        {
            to.Element(2, output);
        }

        to.Text(3, Name);
        to.Text(4, Operator);
        to.Messages(5, Attributes);
        to.Text(7, Domain);
    }

    public static NodeMessage Read(WireReader from)
    {
        var (type, name, domain) = ("", "", "");
        var (inputs, outputs, attributes) = (new List<string>(), new List<string>(), new List<OnnxSetting>());
        while (from.Next())
        {
            switch (from.Field)
            {
                case 1:
                    from.Append(inputs, from.Text(), MaxNames);
                    break;
                case 2:
                    from.Append(outputs, from.Text(), MaxNames);
                    break;
                case 3:
                    name = from.Text();
                    break;
                case 4:
                    type = from.Text();
                    break;
                case 5:
                    from.Append(attributes, from.Message(OnnxSetting.Read), MaxNames);
                    break;
                case 7:
                    domain = from.Text();
                    break;
                default:
                    from.Skip();
                    break;
            }
        }

        return type.Length > 0 && outputs.Count > 0
            ? new NodeMessage(type, name, [.. inputs], [.. outputs])
            {
                Domain = domain == "ai.onnx" ? "" : domain,
                Attributes = [.. attributes]
            }
            : throw from.Wrong($"the node \"{name}\" has {(type.Length > 0 ? "no output" : "no operator")}: the file is damaged");
    }
}
