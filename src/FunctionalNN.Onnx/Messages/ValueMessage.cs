using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <summary>An input or output of a graph: ValueInfoProto with its TypeProto.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="ElementType">The element type's number; 0 where it is no tensor or none is given.</param>
/// <param name="Shape">The dimensions, or nothing where none are given.</param>
internal sealed record ValueMessage(string Name, long ElementType, ImmutableArray<OnnxDimension>? Shape) : IMessage
{
    private const int MaxDimensions = 64;

    /// <summary>The shape in words, such as n × 4.</summary>
    public string ShapeText => Shape is { } shape ? string.Join(" × ", shape) : "any shape";

    void IMessage.Write(FieldWriter to)
    {
        to.Text(1, Name);
        to.Message(2, new TypeMessage(new TensorTypeMessage(ElementType, Shape)));
    }

    public static ValueMessage Read(WireReader from)
    {
        var (name, type) = ("", new TensorTypeMessage(0, null));
        while (from.Next())
        {
            switch (from.Field)
            {
                case 1:
                    name = from.Text();
                    break;
                case 2:
                    type = from.Message(TypeMessage.Read).Tensor;
                    break;
                default:
                    from.Skip();
                    break;
            }
        }

        return new ValueMessage(name, type.ElementType, type.Shape);
    }

    /// <summary>TypeProto, of which only tensors are of interest.</summary>
    private sealed record TypeMessage(TensorTypeMessage Tensor) : IMessage
    {
        public void Write(FieldWriter to) => to.Message(1, Tensor);

        public static TypeMessage Read(WireReader from)
        {
            var tensor = new TensorTypeMessage(0, null);
            while (from.Next())
            {
                if (from.Field == 1)
                {
                    tensor = from.Message(TensorTypeMessage.Read);
                }
                else
                {
                    from.Skip();
                }
            }

            return new TypeMessage(tensor);
        }
    }

    /// <summary>TypeProto.Tensor.</summary>
    private sealed record TensorTypeMessage(long ElementType, ImmutableArray<OnnxDimension>? Shape) : IMessage
    {
        public void Write(FieldWriter to)
        {
            to.Integer(1, ElementType);
            if (Shape is { } shape)
            {
                to.Message(2, new ShapeMessage(shape));
            }
        }

        public static TensorTypeMessage Read(WireReader from)
        {
            var (type, shape) = (0L, (ImmutableArray<OnnxDimension>?)null);
            while (from.Next())
            {
                switch (from.Field)
                {
                    case 1:
                        type = from.Integer();
                        break;
                    case 2:
                        shape = from.Message(ShapeMessage.Read).Dimensions;
                        break;
                    default:
                        from.Skip();
                        break;
                }
            }

            return new TensorTypeMessage(type, shape);
        }
    }

    /// <summary>TensorShapeProto.</summary>
    private sealed record ShapeMessage(ImmutableArray<OnnxDimension> Dimensions) : IMessage
    {
        public void Write(FieldWriter to) => to.Messages(1, Dimensions);

        public static ShapeMessage Read(WireReader from)
        {
            var dimensions = new List<OnnxDimension>();
            while (from.Next())
            {
                if (from.Field == 1)
                {
                    from.Append(dimensions, from.Message(OnnxDimension.Read), MaxDimensions);
                }
                else
                {
                    from.Skip();
                }
            }

            return new ShapeMessage([.. dimensions]);
        }
    }
}

/// <summary>TensorShapeProto.Dimension: a length, or where it is free a word for it.</summary>
internal sealed record OnnxDimension(long? Length, string Word) : IMessage
{
    public override string ToString() => Length?.ToString(CultureInfo.InvariantCulture) ?? (Word.Length > 0 ? Word : "?");

    public void Write(FieldWriter to)
    {
        if (Length is { } length)
        {
            to.Integer(1, length);
        }
        else
        {
            to.Text(2, Word);
        }
    }

    public static OnnxDimension Read(WireReader from)
    {
        var dimension = new OnnxDimension(null, "");
        while (from.Next())
        {
            switch (from.Field)
            {
                case 1:
                    dimension = new OnnxDimension(from.Integer(), "");
                    break;
                case 2:
                    dimension = new OnnxDimension(null, from.Text());
                    break;
                default:
                    from.Skip();
                    break;
            }
        }

        return dimension;
    }
}
