namespace FunctionalNN;

/// <summary>The nodes for activations: the operator that the record names, else those of its formula.</summary>
internal static class ActivationRules
{
    public static string? Export(Layer layer, OnnxNodes nodes, string x) => layer switch
    {
        Activation { KnownOperator: { } named } =>
            nodes.Add(named.Name, [x], [.. named.Settings.Select(setting => OnnxSetting.Number(setting.Name, setting.Value))]),
        Activation { Plain: { } formula } => nodes.Add(FormulaGraph.Of(formula), x),
        Softmax => nodes.Add("Softmax", [x], OnnxSetting.Whole("axis", 1)),
        LogSoftmax => nodes.Add("LogSoftmax", [x], OnnxSetting.Whole("axis", 1)),
        PRelu => nodes.Add("PRelu", [x, nodes.ParameterRow(0)]),
        _ => null,
    };
}
