namespace FunctionalNN;

/// <summary>The nodes for activations: the operator of ONNX where there is one, else a composition of operators.</summary>
internal static class ActivationRules
{
    private const double Alpha = 1.6732632423543772848170429916717;
    private const double Lambda = 1.0507009873554804934193349852946;

    public static string? Export(Layer layer, OnnxNodes nodes, string x) => layer switch
    {
        Relu => nodes.Add("Relu", [x]),
        Sigmoid => nodes.Add("Sigmoid", [x]),
        Tanh => nodes.Add("Tanh", [x]),
        Softplus => nodes.Add("Softplus", [x]),
        Softmax => nodes.Add("Softmax", [x], OnnxSetting.Whole("axis", 1)),
        LogSoftmax => nodes.Add("LogSoftmax", [x], OnnxSetting.Whole("axis", 1)),
        Elu elu => nodes.Add("Elu", [x], OnnxSetting.Number("alpha", elu.Alpha)),
        Selu => nodes.Add("Selu", [x], OnnxSetting.Number("alpha", Alpha), OnnxSetting.Number("gamma", Lambda)),
        LeakyRelu leaky => nodes.Add("LeakyRelu", [x], OnnxSetting.Number("alpha", leaky.Slope)),
        HardSigmoid hard => nodes.Add("HardSigmoid", [x], OnnxSetting.Number("alpha", hard.Slope), OnnxSetting.Number("beta", 0.5)),
        PRelu => nodes.Add("PRelu", [x, nodes.ParameterRow(0)]),
        Silu => nodes.Add("Mul", [x, nodes.Add("Sigmoid", [x])]),
        Gelu { IsApproximate: true } => TanhGelu(nodes, x),
        Gelu => ExactGelu(nodes, x),
        _ => null,
    };

    /// <summary>½·x·(1 + erf(x/√2)), in the order of PyTorch's exporter, which runtimes know as one.</summary>
    private static string ExactGelu(OnnxNodes nodes, string x)
    {
        var scaled = nodes.Add("Div", [x, nodes.Constant("root", Math.Sqrt(2))]);
        var sum = nodes.Add("Add", [nodes.Add("Erf", [scaled]), nodes.Constant("one", 1)]);
        return nodes.Add("Mul", [nodes.Add("Mul", [x, sum]), nodes.Constant("half", 0.5)]);
    }

    /// <summary>x·σ(2u) with 2u = x·(√(8/π) + √(8/π)·0.044715·x²): where x² overflows, σ is 0 or 1 as it should be.</summary>
    private static string TanhGelu(OnnxNodes nodes, string x)
    {
        var factor = Math.Sqrt(8 / Math.PI);
        var cubic = nodes.Add("Mul", [nodes.Add("Mul", [x, x]), nodes.Constant("cubic", 0.044715 * factor)]);
        var u = nodes.Add("Mul", [nodes.Add("Add", [cubic, nodes.Constant("factor", factor)]), x]);
        return nodes.Add("Mul", [x, nodes.Add("Sigmoid", [u])]);
    }
}
