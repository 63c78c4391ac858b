namespace FunctionalNN;

/// <summary>The nodes that turn an output into class numbers.</summary>
internal static class Labelling
{
    /// <summary>The output's name.</summary>
    public const string Name = "label";

    /// <summary>The metadata's key for the classes' names.</summary>
    public const string Key = "labels";

    /// <summary>The metadata's key for the inputs' names.</summary>
    public const string InputsKey = "inputs";

    private const long Int64 = 7;

    /// <summary>The place of the row's greatest number, the first of equals; of a single number, whether it is above ½.</summary>
    public static void Add(GraphBuilder graph, string output, int width)
    {
        if (width > 1)
        {
            graph.AddAs(Name, "ArgMax", [output], OnnxSetting.Whole("axis", 1), OnnxSetting.Whole("keepdims", 0));
            return;
        }

        var isAbove = graph.Add("Greater", "label/Greater", [output, graph.Constant("label.half", [], [0.5])], []);
        var column = graph.Add("Cast", "label/Cast", [isAbove], [OnnxSetting.Whole("to", Int64)]);
        graph.AddAs(Name, "Squeeze", [column, graph.Constant("label.axes", 1)]);
    }
}
