using System.Globalization;

namespace FunctionalNN;

/// <summary>What single nodes mean.</summary>
internal static class NodeRules
{
    /// <summary>For messages.</summary>
    private const string Supported =
        "Gemm, MatMul, Add, Sub, Mul and Div with constants, Scaler, BatchNormalization, LayerNormalization, Relu, LeakyRelu, PRelu, "
            + "Elu, Selu, Gelu, Sigmoid, HardSigmoid, Tanh, Softplus, Softmax, LogSoftmax, "
        + "Celu, Clip, HardSwish, Mish, Softsign, ThresholdedRelu, "
        + "Conv, MaxPool, AveragePool, GlobalAveragePool, Pad, Resize, "
        + "Dropout, Identity, Cast, Flatten, Reshape, Squeeze, residuals (Add of a value and layers on it), and what Silu, Gelu, layer "
        + "normalisation and the two classes of scikit-learn are composed of";

    private const int GeluOpset = 20;

    extension(NodeMessage node)
    {
        /// <summary>An error that names the node.</summary>
        public OnnxFault Wrong(string reason) => new($"{node}: {reason}");
    }

    /// <summary>The layer that a node is; its first input is what goes in.</summary>
    public static ImportedLayer Of(GraphIndex graph, NodeMessage node, long opset) => (node.Domain.Length > 0 ? "" : node.Operator) switch
    {
        "Gemm" => Gemm(graph, node),
        "MatMul" => Dense(node, Constant(graph, node, 1, "the weights"), null),
        "BatchNormalization" => BatchNormalization(graph, node),
        "LayerNormalization" => LayerNormalization(graph, node),
        "Relu" => Plain(node, new Relu()),
        "Sigmoid" => Plain(node, new Sigmoid()),
        "Tanh" => Plain(node, new Tanh()),
        "Softplus" => Plain(node, new Softplus()),
        "Softmax" => ActivationReading.AlongRow(node, new Softmax(), opset),
        "LogSoftmax" => ActivationReading.AlongRow(node, new LogSoftmax(), opset),
        "Elu" => ActivationReading.Bent(node, "alpha", 1, alpha => new Elu(alpha)),
        "LeakyRelu" => ActivationReading.Bent(node, "alpha", 0.01, slope => new LeakyRelu(slope)),
        "HardSigmoid" => ActivationReading.HardSigmoid(node),
        "Selu" => ActivationReading.Selu(node),
        "PRelu" => ActivationReading.PRelu(graph, node),
        "Gelu" when opset >= GeluOpset => ActivationReading.Gelu(node),
        "Identity" => Plain(node, null),
        "Cast" => Cast(node),
        "Dropout" => Dropout(graph, node),
        "Conv" => WindowReading.Convolution(graph, node),
        "MaxPool" => WindowReading.MaxPooling(node),
        "AveragePool" => WindowReading.AveragePooling(node),
        "GlobalAveragePool" => Plain(node, new GlobalAveragePooling()),
        "ReduceMean" => Mean(graph, node),
        "Pad" => WindowReading.Pad(graph, node),
        "Resize" or "Upsample" => WindowReading.Resize(graph, node),
        "Transpose" => new ImportedLayer(node, null) { Order = new NodeSettings(node, "perm").Wholes("perm") },
        "Flatten" => ShapeRules.Flatten(node),
        "Reshape" => ShapeRules.Reshape(graph, node),
        "Squeeze" => ShapeRules.Squeeze(graph, node),
        _ => throw Unread(node),
    };

    private static OnnxFault Unread(NodeMessage node) => new(
        $"{node}: " + (FormulaOperators.Knows(node)
            ? "works on two values, or on numbers of different columns, which is read in residuals (x + layers of x) and in activations "
                + "alone"
            : $"the operator is not read here. Read are {Supported}")
        + ": export the network without it")
    {
        Unread = node,
    };

    /// <summary>x·W + b; the bias is none, one number or one an output.</summary>
    public static ImportedLayer Dense(NodeMessage node, TensorMessage weights, TensorMessage? bias, bool isTransposed = false,
        double alpha = 1, double beta = 1)
    {
        if (weights.Shape is not [> 0, > 0])
        {
            throw node.Wrong($"the weights \"{weights.Name}\" are {weights.ShapeText}, expected inputs × outputs, both 1 or more");
        }

        var (rows, columns) = ((int)weights.Shape[0], (int)weights.Shape[1]);
        var (inputs, outputs) = isTransposed ? (columns, rows) : (rows, columns);
        if (bias is not null && (bias.Count != 1 || bias.Shape.Length > 2))
        {
            Row(node, "the bias", bias, outputs);
        }

        return new ImportedLayer(node, new Dense(outputs))
        {
            Inputs = inputs,
            Outputs = outputs,
            Parameters =
            [
                new Numbers(weights.Count,
                    isTransposed ? i => alpha * weights[((i % outputs) * inputs) + (i / outputs)] : i => alpha * weights[i]),
                bias is null
                    ? Numbers.Filled(outputs, 0)
                    : new Numbers(outputs, bias.Count == 1 ? _ => beta * bias[0] : i => beta * bias[i]),
            ],
        };
    }

    /// <summary>γ is 1 and β 0 where they are left out.</summary>
    public static ImportedLayer LayerNormalization(NodeMessage node, double epsilon, TensorMessage? gamma, TensorMessage? beta)
    {
        int? width = gamma is null ? null : Row(node, "γ", gamma, null);
        width = beta is null ? width : Row(node, "β", beta, width);
        return new ImportedLayer(node, new LayerNormalization { Epsilon = epsilon })
        {
            Inputs = width,
            Parameters =
            [
                gamma is null ? Numbers.Filled(1, 1) : Numbers.Of(gamma),
                beta is null ? Numbers.Filled(1, 0) : Numbers.Of(beta),
            ],
        };
    }

    /// <summary>The count of constants that are one row; it must be a width where one is given.</summary>
    public static int Row(NodeMessage node, string what, TensorMessage tensor, int? width) =>
        tensor.Shape is [> 0] or [1, > 0] && (width is null || tensor.Count == width)
            ? tensor.Count
            : throw node.Wrong(
                $"{what} \"{tensor.Name}\" is {tensor.ShapeText}, expected "
                    + $"{(width is { } w ? w.ToString(CultureInfo.InvariantCulture) : "one row of")} numbers");

    /// <summary>The mean of each channel over rows and columns.</summary>
    private static ImportedLayer Mean(GraphIndex graph, NodeMessage node)
    {
        var settings = new NodeSettings(node, "axes", "keepdims", "noop_with_empty_axes");
        long?[] axes = node.Inputs.Length > 1 && ShapeVector.Of(graph, node.Inputs[1]) is { } given
            ? [.. given]
            : [.. settings.Wholes("axes").Select(axis => (long?)axis)];
        return axes.Select(axis => axis < 0 ? axis + 4 : axis).Order().SequenceEqual([2L, 3L])
            ? new ImportedLayer(node, new GlobalAveragePooling())
            : throw Unread(node);
    }

    private static ImportedLayer Plain(NodeMessage node, Layer? layer)
    {
        _ = new NodeSettings(node);
        return new ImportedLayer(node, layer);
    }

    private static ImportedLayer Gemm(GraphIndex graph, NodeMessage node)
    {
        var settings = new NodeSettings(node, "alpha", "beta", "transA", "transB");
        settings.Require("transA", 0, "the input's rows are samples, so it cannot be transposed", 0);
        settings.Require("transB", 0, "it says whether the weights are transposed", 0, 1);
        return Dense(
            node,
            Constant(graph, node, 1, "the weights"),
            node.Inputs.Length > 2 && node.Inputs[2].Length > 0 ? Constant(graph, node, 2, "the bias") : null,
            settings.Whole("transB", 0) == 1,
            settings.Real("alpha", 1),
            settings.Real("beta", 1));
    }

    private static ImportedLayer BatchNormalization(GraphIndex graph, NodeMessage node)
    {
        var settings = new NodeSettings(node, "epsilon", "momentum", "training_mode", "spatial");
        settings.Require("training_mode", 0, "a model for prediction is read: export it in evaluation mode", 0);
        settings.Require("spatial", 1, "statistics are read for each column", 1);
        if (node.Outputs.Count(output => output.Length > 0) > 1)
        {
            throw node.Wrong("has more than one output: a model for prediction is read: export it in evaluation mode");
        }

        TensorMessage[] rows = [.. Enumerable.Range(1, 4).Select(i => Constant(graph, node, i, $"input {i + 1}"))];
        var width = Row(node, "γ", rows[0], null);
        foreach (var row in rows)
        {
            Row(node, "the constant", row, width);
        }

        return new ImportedLayer(node,
            new BatchNormalization { Epsilon = settings.Real("epsilon", 1e-5), Momentum = settings.Real("momentum", 0.9) })
        {
            Inputs = width,
            Parameters = [Numbers.Of(rows[0]), Numbers.Of(rows[1])],
            Statistics = [Numbers.Of(rows[2]), Numbers.Of(rows[3])],
        };
    }

    private static ImportedLayer LayerNormalization(GraphIndex graph, NodeMessage node)
    {
        var settings = new NodeSettings(node, "axis", "epsilon", "stash_type");
        settings.Require("axis", -1, "only the last axis of rows of numbers is read", 1, -1);
        settings.Require("stash_type", 1, "the moments are computed in the model's own type", 1, 11);
        return LayerNormalization(node, settings.Real("epsilon", 1e-5), Constant(graph, node, 1, "γ"),
            node.Inputs.Length > 2 && node.Inputs[2].Length > 0 ? Constant(graph, node, 2, "β") : null);
    }

    private static ImportedLayer Dropout(GraphIndex graph, NodeMessage node)
    {
        _ = new NodeSettings(node, "ratio", "seed");
        return node.Inputs.Length < 3 || node.Inputs[2].Length == 0
            || graph.Constant(node.Inputs[2]) is { IsReadable: true, IsReal: false, Count: 1 } mode && mode.Integer(0) == 0
            ? new ImportedLayer(node, null)
            : throw node.Wrong("is in training mode: export the model in evaluation mode");
    }

    /// <summary>The model computes in its own type whatever the file says.</summary>
    private static ImportedLayer Cast(NodeMessage node)
    {
        new NodeSettings(node, "to").Require("to", 0,
            "only float and double are read; an output of whole numbers gives classes: name the output of probabilities, or export the "
                + "model with it",
            TensorMessage.FloatType, TensorMessage.DoubleType, TensorMessage.HalfType);
        return new ImportedLayer(node, null);
    }

    /// <summary>The constant that a node takes at a place; an error says why there is none.</summary>
    public static TensorMessage Constant(GraphIndex graph, NodeMessage node, int input, string what) =>
        input >= node.Inputs.Length || node.Inputs[input].Length == 0 ? throw node.Wrong($"{what} is missing: input {input + 1}")
        : graph.Constant(node.Inputs[input]) is not { } constant ? throw Computed(graph, node, node.Inputs[input], what)
        : constant.IsExternal ? throw node.Wrong($"{what} \"{constant.Name}\" lies in another file: save the model as one file")
        : !constant.IsReadable || !constant.IsReal
            ? throw node.Wrong($"{what} \"{constant.Name}\" has the element type {constant.DataType}, expected 1 (float) or 11 (double)")
        : constant;

    /// <summary>The node at fault: the first, from the weights back, that works on constants alone and is not computed here.</summary>
    private static OnnxFault Computed(GraphIndex graph, NodeMessage node, string value, string what)
    {
        for (var maker = graph.Maker(value); maker is not null; maker =
            maker.Inputs.Where(input => input.Length > 0 && graph.Constant(input) is null).Select(graph.Maker).FirstOrDefault())
        {
            if (graph.IsOfConstants(maker))
            {
                return maker.Wrong(
                    $"computes {what} \"{value}\" from constants by an operator that is not computed here: export the model with "
                        + $"constants folded");
            }
        }

        return node.Wrong(
            $"{what} \"{value}\" is computed from the input, expected constants: only layers with weights of their own are read");
    }
}
