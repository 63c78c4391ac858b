using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>The layers.</summary>
internal static class LayerTerms
{
    public static ImmutableArray<Term> All { get; } =
    [
        Term.Layer("Dense", new Dense(1))
            .With("outputs", dense => dense.Outputs, (dense, value) => dense with { Outputs = value })
            .With("weightInitializer", dense => dense.WeightInitializer, (dense, value) => dense with { WeightInitializer = value })
            .With("biasInitializer", dense => dense.BiasInitializer, (dense, value) => dense with { BiasInitializer = value })
            .With("weightPenalty", dense => dense.WeightPenalty, (dense, value) => dense with { WeightPenalty = value })
            .With("biasPenalty", dense => dense.BiasPenalty, (dense, value) => dense with { BiasPenalty = value })
            .With("weightConstraint", dense => dense.WeightConstraint, (dense, value) => dense with { WeightConstraint = value })
            .With("biasConstraint", dense => dense.BiasConstraint, (dense, value) => dense with { BiasConstraint = value }),
        Term.Layer("BatchNormalization", new BatchNormalization())
            .With("epsilon", layer => layer.Epsilon, (layer, value) => layer with { Epsilon = value })
            .With("momentum", layer => layer.Momentum, (layer, value) => layer with { Momentum = value })
            .With("average", layer => layer.Average, (layer, value) => layer with { Average = value })
            .With("remembersUnbiasedVariance", layer => layer.RemembersUnbiasedVariance,
                (layer, value) => layer with { RemembersUnbiasedVariance = value }),
        Term.Layer("LayerNormalization", new LayerNormalization())
            .With("epsilon", layer => layer.Epsilon, (layer, value) => layer with { Epsilon = value }),
        Term.Layer("Normalization", new Normalization())
            .With("isMinMax", layer => layer.IsMinMax, (layer, value) => layer with { IsMinMax = value }),
        Term.Layer("Dropout", new Dropout(0)).With("rate", layer => layer.Rate, (layer, value) => layer with { Rate = value }),
        Term.Layer("GaussianNoise", new GaussianNoise(0))
            .With("standardDeviation", layer => layer.StandardDeviation, (layer, value) => layer with { StandardDeviation = value }),
        Term.Layer("Sequence", new Sequence([]))
            .With("layers", sequence => sequence.Layers, (sequence, value) => sequence with { Layers = value }),
        Term.Layer("Residual", new Residual([]))
            .With("layers", residual => residual.Layers, (residual, value) => residual with { Layers = value }),
        Term.Layer("Formula", new GraphActivation("Formula", FormulaGraph.Identity))
            .With("of", activation => activation.FormulaName, (activation, value) => activation with { FormulaName = value })
            .With("range", activation => activation.Range, (activation, value) => activation with { Range = value })
            .With("steps", activation => activation.Graph, (activation, value) => activation with { Graph = OfX(value) }),
        Term.Layer("Elu", new Elu()).With("alpha", elu => elu.Alpha, (elu, value) => elu with { Alpha = value }),
        Term.Layer("Gelu", new Gelu())
            .With("isApproximate", gelu => gelu.IsApproximate, (gelu, value) => gelu with { IsApproximate = value }),
        Term.Layer("HardSigmoid", new HardSigmoid())
            .With("slope", sigmoid => sigmoid.Slope, (sigmoid, value) => sigmoid with { Slope = value }),
        Term.Layer("LeakyRelu", new LeakyRelu()).With("slope", relu => relu.Slope, (relu, value) => relu with { Slope = value }),
        Term.Layer("PRelu", new PRelu())
            .With("initialSlope", relu => relu.InitialSlope, (relu, value) => relu with { InitialSlope = value })
            .With("isShared", relu => relu.IsShared, (relu, value) => relu with { IsShared = value }),
        Term.Layer("Linear", new Linear()),
        Term.Layer("LogSoftmax", new LogSoftmax()),
        Term.Layer("Relu", new Relu()),
        Term.Layer("Selu", new Selu()),
        Term.Layer("Sigmoid", new Sigmoid()),
        Term.Layer("Silu", new Silu()),
        Term.Layer("Softmax", new Softmax()),
        Term.Layer("Softplus", new Softplus()),
        Term.Layer("Tanh", new Tanh()),
    ];

    /// <exception cref="ArgumentException">The formula is one of two variables.</exception>
    private static FormulaGraph OfX(FormulaGraph formula) =>
        formula.Steps.Any(step => step.Operation == FormulaOperation.Variable && step.Number != 0)
        ? throw new ArgumentException("an activation's formula has the variable y, expected x alone")
        : formula;
}
