using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// The nodes that prepare one column, in double as the library does: [n × width]. A value that the library refuses becomes NaN, and so does
/// the prediction.
/// </summary>
internal sealed class ColumnNodes(GraphBuilder graph, FittedColumn column, string input, ImmutableArray<string> marks)
{
    private const long DoubleType = TensorMessage.DoubleType;
    private const long Bad = -2;

    private string Name => $"prepare/{column.Name}";

    /// <summary>The prepared numbers.</summary>
    public string Prepared() => column switch
    {
        FittedNumber number => WithMark(OfNumber(number), IsNaN(input)),
        FittedFlag flag => WithMark(OfGaps(input, flag.Filling), IsNaN(input)),
        FittedCategory category => WithMark(OfCategory(category), column.Column.MarksGaps ? Encoded("gap", [], 0, 1, 0) : ""),
        _ => throw new InvalidOperationException($"{column.Column.GetType().Name} has no nodes"),
    };

    /// <summary>Why a column has no nodes; null where it has.</summary>
    public static string? ReasonOutside(FittedColumn column) => column switch
    {
        FittedDate => "dates have no type and no calendar in ONNX",
        FittedNumber { Quantiles.IsEmpty: false } => "there is no operator for the rank among quantiles",
        _ => null,
    };

    private string OfNumber(FittedNumber number)
    {
        var description = (NumberColumn)number.Column;
        var isGap = IsNaN(input);
        var x = number.Column.Gaps is Gaps.Mean or Gaps.Median or Gaps.MostFrequent ? Where(isGap, Number(number.Filling), input) : input;
        if (description.Log)
        {
            var above = Add("Greater", x, Number(-1));
            x = Add("Log", Add("Add", Where(above, x, Number(double.NaN)), Number(1)));
        }

        x = double.IsFinite(number.High) ? Add("Min", x, Number(number.High)) : x;
        x = double.IsFinite(number.Low) ? Add("Max", x, Number(number.Low)) : x;
        if (description.Bins is not null)
        {
            var bins = number.Edges.IsEmpty ? Where(isGap, x, Number(1)) : OneOf(BinOf(x, number), number.Edges.Length + 1);
            x = Where(IsNaN(x), Number(double.NaN), bins);
        }
        else if (description.Scaling != Scaling.None)
        {
            x = Add("Div", Add("Sub", x, Number(number.Offset)), Number(number.Spread));
        }

        return number.Column.Gaps == Gaps.Zeros ? Where(isGap, Number(0), x) : x;
    }

    /// <summary>How many edges a number reaches.</summary>
    private string BinOf(string x, FittedNumber number)
    {
        var reached =
            Cast(Add("GreaterOrEqual", x, graph.Double($"{Name}.edges", [number.Edges.Length], number.Edges.AsSpan())), DoubleType);
        return graph.Add("ReduceSum", $"{Name}/ReduceSum", [reached, graph.Constant($"{Name}.axes", 1)],
            [OnnxSetting.Whole("keepdims", 1)]);
    }

    /// <summary>1 in the place of a whole number, [n × 1] → [n × count].</summary>
    private string OneOf(string place, int count) => Cast(Add("Equal", place,
        graph.Double($"{Name}.places", [count], [.. Enumerable.Range(0, count).Select(i => (double)i)])), DoubleType);

    private string OfCategory(FittedCategory category)
    {
        var description = (CategoryColumn)category.Column;
        var isEmbedded = description.Encoding == CategoryEncoding.Embedding;

        // No row of a table has this number, and Gather says so.
        var bad = isEmbedded ? category.Classes + 1 : Bad;
        var unseen = description.Unseen switch
        {
            UnseenCategory.Zeros => -1,
            UnseenCategory.Other => category.Categories.Length,
            _ => bad,
        };
        var gap = description.Gaps switch
        {
            Gaps.Zeros => -1,
            Gaps.MostFrequent => Code(category, category.Filling) ?? unseen,
            _ => bad,
        };
        var code = Encoded("code", [.. category.Categories.Concat(category.Rare)], unseen, gap, null);
        if (isEmbedded)
        {
            return code;
        }

        var isBad = Add("Equal", code, Number(Bad));
        var own = description.Encoding == CategoryEncoding.OneHot
            ? OneOf(code, category.Classes)
            : Add("Div", Add("Add", code, Number(1)), Number(category.Classes));
        return description.Unseen == UnseenCategory.Error || gap == Bad ? Where(isBad, Number(double.NaN), own) : own;

        long? Code(FittedCategory known, string name) => known.Categories.IndexOf(name) is var at and >= 0 ? at
            : known.Rare.Contains(name) ? known.Categories.Length
            : null;
    }

    /// <summary>Texts as numbers: the names by their places, gaps as they are told, all others as another number.</summary>
    private string Encoded(string what, ImmutableArray<string> names, long others, long gap, long? named)
    {
        var categories = (column as FittedCategory)!.Categories.Length;
        string[] gaps = [.. marks.Append("").Distinct(StringComparer.Ordinal)];
        (string Name, long Code)[] keys =
        [
            .. gaps.Select(mark => (mark, gap)),
            .. names.Select((name, i) => (Name: name, Code: named ?? Math.Min(i, categories))).Where(pair => !gaps.Contains(pair.Name)),
        ];
        return Cast(graph.Add("LabelEncoder", $"{Name}/{what}", [input],
        [
            OnnxSetting.Words("keys_strings", [.. keys.Select(key => key.Name)]),
            OnnxSetting.Wholes("values_int64s", [.. keys.Select(key => key.Code)]), OnnxSetting.Whole("default_int64", others),
        ], NodeMessage.LabelDomain), DoubleType);
    }

    private string OfGaps(string x, double filling) => column.Column.Gaps switch
    {
        Gaps.Mean or Gaps.Median or Gaps.MostFrequent => Where(IsNaN(x), Number(filling), x),
        Gaps.Zeros => Where(IsNaN(x), Number(0), x),
        _ => x,
    };

    private string WithMark(string own, string isGap) => !column.Column.MarksGaps ? own
        : graph.Add("Concat", $"{Name}/marked", [own, column is FittedCategory ? isGap : Cast(isGap, DoubleType)],
            [OnnxSetting.Whole("axis", 1)]);

    private string IsNaN(string x) => Add("IsNaN", x);

    private string Where(string condition, string then, string otherwise) => Add("Where", condition, then, otherwise);

    private string Number(double value) => graph.Double($"{Name}.number", [], value);

    private string Cast(string x, long type) => graph.Add("Cast", $"{Name}/Cast", [x], [OnnxSetting.Whole("to", type)]);

    private string Add(string type, params ReadOnlySpan<string> inputs) => graph.Add(type, $"{Name}/{type}", [.. inputs], []);
}
