using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <summary>A setting of a node, such as alpha = 0.01: AttributeProto. ONNX keeps real settings in 32 bits.</summary>
public sealed record OnnxSetting : IMessage
{
    private const long RealType = 1;
    private const long WholeType = 2;
    private const long WordType = 3;
    private const long TensorType = 4;
    private const long RealsType = 6;
    private const long WholesType = 7;
    private const long WordsType = 8;

    private long type;

    private OnnxSetting(string name) => Name = name;

    /// <summary>What the operator calls it.</summary>
    public string Name { get; private set; }

    internal float RealValue { get; private set; }

    internal long WholeValue { get; private set; }

    internal string WordValue { get; private set; } = "";

    internal ImmutableArray<float> RealValues { get; private set; } = [];

    internal ImmutableArray<long> WholeValues { get; private set; } = [];

    internal ImmutableArray<string> WordValues { get; private set; } = [];

    internal TensorMessage? Tensor { get; private set; }

    internal bool IsReal => type == RealType;

    internal bool IsWhole => type == WholeType;

    internal bool IsWord => type == WordType;

    internal bool IsTensor => type == TensorType && Tensor is not null;

    internal bool IsReals => type == RealsType;

    internal bool IsWholes => type == WholesType;

    internal bool IsWords => type == WordsType;

    /// <summary>A real number, kept as a float.</summary>
    public static OnnxSetting Number(string name, double value) => new(name) { type = RealType, RealValue = (float)value };

    /// <summary>A whole number.</summary>
    public static OnnxSetting Whole(string name, long value) => new(name) { type = WholeType, WholeValue = value };

    /// <summary>Whole numbers, such as axes.</summary>
    public static OnnxSetting Wholes(string name, params ImmutableArray<long> values) =>
        new(name) { type = WholesType, WholeValues = values };

    /// <summary>A word.</summary>
    public static OnnxSetting Word(string name, string value) => new(name) { type = WordType, WordValue = value };

    /// <summary>Words in a list.</summary>
    internal static OnnxSetting Words(string name, ImmutableArray<string> values) => new(name) { type = WordsType, WordValues = values };

    /// <summary>name = value.</summary>
    public override string ToString() => $"{Name} = {type switch
    {
        RealType => RealValue.ToString(CultureInfo.InvariantCulture),
        WholeType => WholeValue.ToString(CultureInfo.InvariantCulture),
        WordType => $"\"{WordValue}\"",
        WholesType => $"[{string.Join(", ", WholeValues.Select(whole => $"{whole}"))}]",
        _ => "…",
    }}";

    void IMessage.Write(FieldWriter to)
    {
        to.Text(1, Name);
        switch (type)
        {
            case RealType:
                to.Float(2, RealValue);
                break;
            case WholeType:
                to.Integer(3, WholeValue);
                break;
            case WordType:
                to.Element(4, WordValue);
                break;
            case WordsType:
                foreach (var word in WordValues)
                {
                    to.Element(9, word);
                }

                break;
            default:
                foreach (var whole in WholeValues)
                {
                    to.Integer(8, whole);
                }

                break;
        }

        to.Integer(20, type);
    }

    internal static OnnxSetting Read(WireReader from)
    {
        var attribute = new OnnxSetting("");
        var (reals, wholes, words) = (new List<float>(), new List<long>(), new List<string>());
        while (from.Next())
        {
            switch (from.Field)
            {
                case 1:
                    attribute.Name = from.Text();
                    break;
                case 2:
                    attribute.RealValue = from.Float();
                    break;
                case 3:
                    attribute.WholeValue = from.Integer();
                    break;
                case 4:
                    attribute.WordValue = from.Text();
                    break;
                case 5:
                    attribute.Tensor = from.Message(TensorMessage.Read);
                    break;
                case 7:
                    from.Floats(reals);
                    break;
                case 8:
                    from.Integers(wholes);
                    break;
                case 9:
                    from.Append(words, from.Text());
                    break;
                case 20:
                    attribute.type = from.Integer();
                    break;
                case 21:
                    throw from.Wrong($"attribute \"{attribute.Name}\" refers to a function's: functions are not read");
                default:
                    from.Skip();
                    break;
            }
        }

        attribute.RealValues = [.. reals];
        attribute.WholeValues = [.. wholes];
        attribute.WordValues = [.. words];
        return attribute;
    }
}
