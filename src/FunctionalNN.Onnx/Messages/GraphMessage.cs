using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>The operations from inputs to outputs: GraphProto.</summary>
/// <param name="Nodes">Each after those that make its inputs.</param>
/// <param name="Tensors">The constants: initializer.</param>
/// <param name="Inputs">What is to be given.</param>
/// <param name="Outputs">What comes of it.</param>
internal sealed record GraphMessage(ImmutableArray<NodeMessage> Nodes, ImmutableArray<TensorMessage> Tensors,
    ImmutableArray<ValueMessage> Inputs, ImmutableArray<ValueMessage> Outputs) : IMessage
{
    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    void IMessage.Write(FieldWriter to)
    {
        to.Messages(1, Nodes);
        to.Text(2, Name);
        to.Messages(5, Tensors);
        to.Text(10, Description);
        to.Messages(11, Inputs);
        to.Messages(12, Outputs);
    }

    public static GraphMessage Read(WireReader from)
    {
        var (name, description) = ("", "");
        var (nodes, tensors, inputs, outputs) =
            (new List<NodeMessage>(), new List<TensorMessage>(), new List<ValueMessage>(), new List<ValueMessage>());
        while (from.Next())
        {
            switch (from.Field)
            {
                case 1:
                    from.Append(nodes, from.Message(NodeMessage.Read));
                    break;
                case 2:
                    name = from.Text();
                    break;
                case 5:
                    from.Append(tensors, from.Message(TensorMessage.Read));
                    break;
                case 10:
                    description = from.Text();
                    break;
                case 11:
                    from.Append(inputs, from.Message(ValueMessage.Read));
                    break;
                case 12:
                    from.Append(outputs, from.Message(ValueMessage.Read));
                    break;
                case 15:
                    throw from.Wrong("the graph has a sparse tensor: only dense ones are read");
                default:
                    from.Skip();
                    break;
            }
        }

        return new GraphMessage([.. nodes], [.. tensors], [.. inputs], [.. outputs]) { Name = name, Description = description };
    }
}
