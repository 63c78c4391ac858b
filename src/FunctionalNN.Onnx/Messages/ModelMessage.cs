using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>What an ONNX file holds: ModelProto.</summary>
internal sealed record ModelMessage : IMessage
{
    public long IrVersion { get; init; }

    /// <summary>The version of the standard operators: opset_import of the empty domain.</summary>
    public long Opset { get; init; }

    /// <summary>The version of the operators for labels, ai.onnx.ml; 0 where none is used.</summary>
    public long LabelOpset { get; init; }

    public string Producer { get; init; } = "";

    public string ProducerVersion { get; init; } = "";

    public string Description { get; init; } = "";

    public GraphMessage? Graph { get; init; }

    public ImmutableArray<EntryMessage> Metadata { get; init; } = [];

    void IMessage.Write(FieldWriter to)
    {
        to.Integer(1, IrVersion);
        to.Text(2, Producer);
        to.Text(3, ProducerVersion);
        to.Text(6, Description);
        if (Graph is not null)
        {
            to.Message(7, Graph);
        }

        to.Messages(14, Metadata);

        if (LabelOpset > 0)
        {
            to.Message(8, new OpsetMessage(NodeMessage.LabelDomain, LabelOpset));
        }

        // Last, as a model without it is none: so no file of which the end is missing passes for a whole one.
        to.Message(8, new OpsetMessage("", Opset));
    }

    public static ModelMessage Read(WireReader from)
    {
        var (model, metadata, domains) = (new ModelMessage(), new List<EntryMessage>(), new List<string>());
        while (from.Next())
        {
            switch (from.Field)
            {
                case 1:
                    model = model with { IrVersion = from.Integer() };
                    break;
                case 2:
                    model = model with { Producer = from.Text() };
                    break;
                case 3:
                    model = model with { ProducerVersion = from.Text() };
                    break;
                case 6:
                    model = model with { Description = from.Text() };
                    break;
                case 7:
                    model = model.Graph is null
                        ? model with { Graph = from.Message(GraphMessage.Read) }
                        : throw from.Wrong("a second graph follows: the file is damaged");
                    break;
                case 8:
                    var opset = from.Message(OpsetMessage.Read);
                    from.Append(domains, opset.Domain, 64);
                    model = opset.Domain is "" or "ai.onnx" ? model with { Opset = opset.Version } : model;
                    break;
                case 14:
                    from.Append(metadata, from.Message(EntryMessage.Read));
                    break;
                case 25:
                    throw from.Wrong("the model defines functions: only standard operators are read");
                default:
                    from.Skip();
                    break;
            }
        }

        return model with { Metadata = [.. metadata] };
    }

    /// <summary>OperatorSetIdProto.</summary>
    private sealed record OpsetMessage(string Domain, long Version) : IMessage
    {
        public void Write(FieldWriter to)
        {
            to.Text(1, Domain);
            to.Integer(2, Version);
        }

        public static OpsetMessage Read(WireReader from)
        {
            var opset = new OpsetMessage("", 0);
            while (from.Next())
            {
                switch (from.Field)
                {
                    case 1:
                        opset = opset with { Domain = from.Text() };
                        break;
                    case 2:
                        opset = opset with { Version = from.Integer() };
                        break;
                    default:
                        from.Skip();
                        break;
                }
            }

            return opset;
        }
    }
}

/// <summary>A note on the model: StringStringEntryProto.</summary>
internal sealed record EntryMessage(string Key, string Value) : IMessage
{
    public void Write(FieldWriter to)
    {
        to.Text(1, Key);
        to.Text(2, Value);
    }

    public static EntryMessage Read(WireReader from)
    {
        var entry = new EntryMessage("", "");
        while (from.Next())
        {
            switch (from.Field)
            {
                case 1:
                    entry = entry with { Key = from.Text() };
                    break;
                case 2:
                    entry = entry with { Value = from.Text() };
                    break;
                default:
                    from.Skip();
                    break;
            }
        }

        return entry;
    }
}
