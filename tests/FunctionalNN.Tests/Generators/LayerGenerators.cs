using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>Every kind of layer. A new kind needs an entry in <see cref="Table"/>, or a law fails that names it.</summary>
public static class LayerGenerators
{
    /// <summary>For each kind: layers of it, and what is simpler than one of them.</summary>
    public static readonly ImmutableSortedDictionary<string, LayerEntry> Table = ((LayerEntry[])
    [
        LayerEntry.Of(
            from outputs in Widths
            from initializer in InitializerGenerators.Any
            from biasInitializer in InitializerGenerators.Any
            from weightPenalty in PenaltyGenerators.Any
            from biasPenalty in PenaltyGenerators.Any
            select new Dense(outputs) { WeightInitializer = initializer, BiasInitializer = biasInitializer, WeightPenalty = weightPenalty,
                BiasPenalty = biasPenalty },
            dense =>
            [
                new Dense(1), new Dense(dense.Outputs / 2), new Dense(dense.Outputs - 1), new Dense(dense.Outputs),
                dense with { Outputs = dense.Outputs / 2 }, dense with { Outputs = dense.Outputs - 1 },
                dense with { WeightPenalty = Penalty.None }, dense with { BiasPenalty = Penalty.None },
            ]),
        LayerEntry.Of(
            from momentum in Gen.Elements(0.0, 0.5, 0.9, 1.0)
            from epsilon in Gen.Elements(1e-5, 1e-3, 1e-2)
            from unbiased in Gen.Elements(true, false)
            from average in Gen.Elements(RunningAverage.Exponential, RunningAverage.Debiased, RunningAverage.Cumulative)
            select new BatchNormalization { Momentum = momentum, Epsilon = epsilon, RemembersUnbiasedVariance = unbiased,
                Average = average },
            _ => [new BatchNormalization()]),
        LayerEntry.Of(Gen.Elements(0, 0.1, 0.5, 0.9).Select(rate => new Dropout(rate)), _ => [new Dropout(0), new Dropout(0.5)]),
        LayerEntry.Of(new Softmax()),
        LayerEntry.Of(new Relu()),
        LayerEntry.Of(new Sigmoid()),
        LayerEntry.Of(new Linear()),
        LayerEntry.Of(new Tanh()),
        LayerEntry.Of(new Selu()),
        LayerEntry.Of(new Silu()),
        LayerEntry.Of(new Softplus()),
        LayerEntry.Of(new LogSoftmax()),
        LayerEntry.Of(Gen.Elements(0.01, 0.3).Select(slope => new LeakyRelu(slope)), _ => [new LeakyRelu()]),
        LayerEntry.Of(Gen.Elements(1, 0.7).Select(alpha => new Elu(alpha)), _ => [new Elu()]),
        LayerEntry.Of(Gen.Elements(new HardSigmoid(), HardSigmoid.Keras2), _ => [new HardSigmoid()]),
        LayerEntry.Of(Gen.Elements(false, true).Select(isApproximate => new Gelu { IsApproximate = isApproximate }), _ => [new Gelu()]),
        LayerEntry.Of(
            Gen.Elements(OwnFormulas.Activations).Select(activation => (GraphActivation)StoredFormula.Of(activation)!),
            _ => [new GraphActivation("Formula", FormulaGraph.Of(new Tanh()))]),
        LayerEntry.Of(Gen.Elements(new PRelu(), PRelu.Like(Dialect.PyTorch), PRelu.Like(Dialect.Keras)), _ => [new PRelu()]),
        LayerEntry.Of(Gen.Elements(LayerNormalization.Like(Dialect.PyTorch), LayerNormalization.Like(Dialect.Keras)),
            _ => [new LayerNormalization()]),
        LayerEntry.Of(Gen.Elements(Normalization.Standard, Normalization.MinMax), _ => [new Normalization()]),
        LayerEntry.Of(Gen.Elements(0, 0.1, 1).Select(deviation => new GaussianNoise(deviation)),
            _ => [new GaussianNoise(0), new GaussianNoise(0.1)]),
        LayerEntry.Of(
            from width in Widths
            from middle in Inner
            from after in Inner
            select new Sequence(new Dense(width), middle, after),
            sequence =>
                [new Sequence(new Dense(1)),
                    .. sequence.Layers.Select((_, i) => new Sequence(sequence.Layers.RemoveAt(i)))
                        .Where(shorter => shorter.Layers.Length > 0)]),
        LayerEntry.Of(
            from first in Inner
            from second in Inner
            select new Residual(first, second),
            residual => [new Residual(new Linear()), new Residual(residual.Layers[0])]),
        .. ImageLayerGenerators.Entries,
    ]).ToImmutableSortedDictionary(entry => entry.Type.Name, entry => entry);

    /// <summary>1 … 40, small ones first.</summary>
    public static Gen<int> Widths => Gen.Sized(size => Gen.Choose(1, Math.Clamp(size, 2, 40)));

    /// <summary>Layers for inside of layers: they keep any width.</summary>
    private static Gen<Layer> Inner => Gen.Elements<Layer>(
        new Tanh(), new Relu(), new PRelu(), new Dropout(0.5), new BatchNormalization(), new GaussianNoise(0.1),
        new Sequence(new Silu(), new PRelu()), new Residual(new Sigmoid()));

    /// <summary>Any layer that takes a width.</summary>
    public static Gen<Layer> Any(int inputs) =>
        Gen.OneOf(Table.Values.Select(entry => Of(entry, inputs)).Append(Of(Table[nameof(Dense)], inputs)));

    /// <summary>A layer of one kind, or Linear where the kind does not take the width.</summary>
    public static Gen<Layer> Of(LayerEntry entry, int inputs) =>
        entry.Any.Select(layer => layer.Width(inputs).IsSuccess ? layer : new Linear());

    /// <summary>Layers of the same kind that are simpler.</summary>
    public static IEnumerable<Layer> Simpler(Layer layer) => Table.TryGetValue(layer.GetType().Name, out var entry)
        ? entry.Simpler(layer).Where(simpler => !simpler.Equals(layer))
        : [];
}

/// <summary>The layers of one kind.</summary>
public sealed record LayerEntry(Type Type, Gen<Layer> Any, Func<Layer, IEnumerable<Layer>> Simpler)
{
    public static LayerEntry Of<TLayer>(TLayer only)
        where TLayer : Layer => new(typeof(TLayer), Gen.Constant((Layer)only), _ => []);

    public static LayerEntry Of<TLayer>(Gen<TLayer> any, Func<TLayer, IEnumerable<TLayer>> simpler)
        where TLayer : Layer => new(typeof(TLayer), any.Select(layer => (Layer)layer), layer => simpler((TLayer)layer));
}
