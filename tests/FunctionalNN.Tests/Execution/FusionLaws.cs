using System.Collections.Immutable;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>A loss that takes the last layer into itself gives what the two give one after the other. A Linear between them keeps them
/// apart.</summary>
[Trait("Duration", "Long")]
public class FusionLaws
{
    private const double Tolerance = 1e-9;

    [Property(MaxTest = 200)]
    public void Softmax_and_cross_entropy(int seed) =>
        AssertFused(seed, new CategoricalCrossEntropy(), TargetKind.Labels, outputs: 2 + new Key((ulong)seed).Below(5, 0), new Softmax());

    [Property(MaxTest = 200)]
    public void Sigmoid_and_cross_entropy_of_labels(int seed) =>
        AssertFused(seed, new BinaryCrossEntropy(), TargetKind.Labels, outputs: 1, new Sigmoid());

    [Property(MaxTest = 200)]
    public void Sigmoid_and_cross_entropy_of_probabilities(int seed) =>
        AssertFused(seed, new BinaryCrossEntropy(), TargetKind.Probabilities, outputs: 1 + new Key((ulong)seed).Below(5, 0), new Sigmoid());

    [Property(MaxTest = 200)]
    public void Softmax_and_cross_entropy_of_distributions(int seed) =>
        AssertFused(seed, new CategoricalCrossEntropy { LabelSmoothing = 0.1 }, TargetKind.Distributions,
            outputs: 2 + new Key((ulong)seed).Below(5, 0), new Softmax());

    [Property(MaxTest = 200)]
    public void Softmax_and_divergence(int seed) =>
        AssertFused(seed, new KullbackLeibler(), TargetKind.Distributions, outputs: 2 + new Key((ulong)seed).Below(5, 0), new Softmax());

    [Property(MaxTest = 200)]
    public void Log_softmax_and_likelihood(int seed) =>
        AssertFused(seed, new NegativeLogLikelihood(), TargetKind.Labels, outputs: 2 + new Key((ulong)seed).Below(5, 0), new LogSoftmax());

    [Property(MaxTest = 200)]
    public void Softmax_and_focal_cross_entropy(int seed) =>
        AssertFused(seed, new CategoricalFocalCrossEntropy(), TargetKind.Labels, outputs: 2 + new Key((ulong)seed).Below(5, 0),
            new Softmax());

    [Property(MaxTest = 200)]
    public void Sigmoid_and_focal_cross_entropy(int seed) =>
        AssertFused(seed, new BinaryFocalCrossEntropy { Gamma = 0.5, Alpha = 0.3 }, TargetKind.Probabilities,
            outputs: 1 + new Key((ulong)seed).Below(5, 0), new Sigmoid());

    [Property(MaxTest = 200)]
    public void From_logits_is_the_same_loss_to_the_last_bit(int seed)
    {
        var (model, batch) = Case(seed, TargetKind.Labels, 3, [new Dense(3), new Softmax()]);
        var (bare, _) = Case(seed, TargetKind.Labels, 3, [new Dense(3)]);
        var (fused, fusedGradient) = Inside.Differentiate(model, new CategoricalCrossEntropy(), batch, default);
        var (logits, logitGradient) = Inside.Differentiate(bare, new CategoricalCrossEntropy { FromLogits = true }, batch, default);
        StateBits.AssertSame(fused, logits);
        StateBits.AssertSame<double>("gradient", fusedGradient.Values, logitGradient.Values);
    }

    [Property(MaxTest = 200)]
    public void Measuring_a_trained_model_gives_the_loss_of_what_it_predicts(int seed)
    {
        var (model, batch) = Case(seed, TargetKind.Labels, 4, [new Dense(4), new Softmax()]);
        var data = new DataSet<double>(batch.Inputs, batch.Targets);
        var probabilities = model.Predict(batch.Inputs);
        var labels = ((ClassLabels)batch.Targets).Values.ToArray();
        var metrics = model.Evaluate(data, new CategoricalCrossEntropy());
        Assert.Equal(labels.Select((label, row) => -Math.Log(probabilities[row, label])).Average(), metrics.Loss, Tolerance);
        Assert.Equal(labels.Zip(model.PredictClasses(batch.Inputs).Values.ToArray(), (label, guess) => label == guess ? 1.0 : 0).Average(),
            metrics.Accuracy, Tolerance);
    }

    [Property(MaxTest = 150, Arbitrary = [typeof(TrainingGenerators)])]
    public void Layers_computed_as_one_give_the_bits_of_one_after_the_other(TrainingCase run) => AssertSameInDisguise(run);

    /// <summary>Dense, ReLU and dropout, once and again: what the engine computes as one, with and without a layer between.</summary>
    [Fact]
    public void So_do_rows_of_layers_that_go_together()
    {
        ImmutableArray<Layer>[] rows =
        [
            [new Dense(7), new Relu(), new Dropout(0.3), new Dense(5), new Relu(), new Dense(4), new Relu(), new Dropout(0)],
            [new Dense(7), new Relu(), new BatchNormalization(), new Dense(20), new Relu(), new Dropout(0.9)],
            [new Relu(), new Dense(33), new Relu(), new Relu(), new Dropout(0.5), new Dropout(0.5)],
            [new Dropout(0.2), new Dense(1), new Dropout(0.2), new Relu(), new Dense(3), new Relu()],
            [new Dense(12), new Relu(), new Sigmoid(), new Dense(2), new Relu(), new Dropout(0.4)],
        ];
        Assert.All(rows, layers =>
        {
            foreach (var objective in LossGenerators.Table.Values.SelectMany(any => any.Sample(4, new Rnd(1, 1), 30)))
            {
                foreach (var roughness in Enum.GetValues<Roughness>())
                {
                    var data = new DataShape(23, 6, objective.Targets, objective.Outputs, roughness, 1);
                    AssertSameInDisguise(new TrainingCase(new Network(6, [.. layers, .. objective.Ending]), objective.Loss, new Adam(0.1),
                        data, 9, true, 3, 3, 2));
                    AssertSameInDisguise(new TrainingCase(new Network(6, [.. layers, .. objective.Ending]), objective.Loss, new Sgd(0.1),
                        data, 23, true, 2, 4, 1));
                }
            }
        });
    }

    /// <summary>Batches so large that the engine may compute them a few rows at a time.</summary>
    [Fact]
    public void So_do_large_batches()
    {
        ImmutableArray<Layer>[] rows =
        [
            [new Dense(20), new Relu(), new Dense(30), new Relu()],
            [new Dense(9), new Sigmoid(), new Dense(40) { WeightPenalty = Penalty.ElasticNet(0.01, 0.01) }, new Softmax()],
            [new Linear(), new Dense(20), new Relu(), new Dropout(0.4), new Dense(5)],
            [new Dense(20), new Relu(), new BatchNormalization(), new Dense(5)],
        ];
        foreach (var (objective, i) in LossGenerators.Table.Values.SelectMany(any => any.Sample(3, new Rnd(2, 1), 30))
            .Select((objective, i) => (objective, i)))
        {
            var network = new Network(5, [.. rows[i % rows.Length], .. objective.Ending]);
            var data = new DataShape(2777, 5, objective.Targets, objective.Outputs, Roughness.Rough, i);
            AssertSameInDisguise(new TrainingCase(network, objective.Loss, new Adam(0.01), data, i % 2 == 0 ? 2777 : 1500, true, 2, i,
                1 + (i % 3)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1200)]
    [InlineData(2999)]
    public void A_divergence_in_a_large_batch_is_named_as_by_one_layer_after_the_other(int row)
    {
        var inputs = Matrix.Create(3000, 2, (i, _) => i == row ? 3e38f : 0.5f);
        var batch = new Batch<float>(inputs, new RealTargets<float>(Matrix.Zeros<float>(3000, 1)));
        ImmutableArray<Layer> layers = [new Dense(4) { WeightInitializer = Initializer.Value(2) }, new Linear(), new Dense(1)];
        var plain = new Network(2, layers).Initialize(1).Train(new Sgd(0.1)).Step(batch, new MeanSquaredError());
        var hidden = new Network(2, [.. layers[..^1].Select(layer => new Opaque(layer)), layers[^1]]).Initialize(1).Train(new Sgd(0.1))
            .Step(batch, new MeanSquaredError());
        Assert.Equal(("dense1", row * 4), hidden.Divergence.Match(divergence => (divergence.Layer, divergence.Position), () => default));
        Assert.Equal(hidden.Divergence, plain.Divergence);
    }

    private static void AssertSameInDisguise(TrainingCase run)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var layers = run.Network.Layers;
            var disguised =
                run with { Network = new Network(run.Network.Inputs, [.. layers[..^1].Select(layer => new Opaque(layer)), layers[^1]]) };
            TrainingState<T> plain = run.Trained<T>(), hidden = disguised.Trained<T>();
            StateBits.AssertSame("parameters", hidden.Model.Parameters.Values, plain.Model.Parameters.Values);
            StateBits.AssertSame("statistics", hidden.Model.Statistics.Values, plain.Model.Statistics.Values);
            AssertClose(hidden.Training, plain.Training);
            Assert.Equal(hidden.Divergence.IsSome, plain.Divergence.IsSome);
            var inputs = run.Data.Create<T>().InputsOf([.. Enumerable.Range(0, run.Data.Rows)]);
            StateBits.AssertSame("prediction", hidden.Model.Predict(inputs).Values, plain.Model.Predict(inputs).Values);
            StateBits.AssertSame(hidden.Model.Evaluate(run.Data.Create<T>(), run.Loss),
                plain.Model.Evaluate(run.Data.Create<T>(), run.Loss));
        }
    }

    /// <summary>The losses of a large batch may be added up in another order.</summary>
    private static void AssertClose(Metrics expected, Metrics actual)
    {
        Assert.Equal((expected.Rows, expected.Correct, expected.Predictions, expected.PenaltySum),
            (actual.Rows, actual.Correct, actual.Predictions, actual.PenaltySum));
        Assert.Equal(expected.LossSum, actual.LossSum, 1e-12 * Math.Abs(expected.LossSum));
    }

    private static void AssertFused(int seed, Loss loss, TargetKind targets, int outputs, Layer last)
    {
        var (together, batch) = Case(seed, targets, outputs, [new Dense(outputs), last]);
        var (apart, _) = Case(seed, targets, outputs, [new Dense(outputs), last, new Linear()]);
        Assert.NotNull(loss.Fuse(last));
        Assert.Null(loss.Fuse(new Linear()));
        var (fused, fusedGradient) = Inside.Differentiate(together, loss, batch, default);
        var (unfused, unfusedGradient) = Inside.Differentiate(apart, loss, batch, default);
        Assert.Equal(unfused.Loss, fused.Loss, Tolerance);
        Assert.Equal((unfused.Correct, unfused.Predictions), (fused.Correct, fused.Predictions));
        for (var i = 0; i < fusedGradient.Count; i++)
        {
            Assert.Equal(unfusedGradient.Values[i], fusedGradient.Values[i], Tolerance);
        }
    }

    private static (Model<double> Model, Batch<double> Batch) Case(int seed, TargetKind targets, int outputs, ImmutableArray<Layer> layers)
    {
        var data = new DataShape(2 + new Key((ulong)seed).Below(30, 1), 3, targets, outputs, Roughness.Plain, seed);
        var batch = data.Create<double>().FullBatch().Epoch(default, 0)[0];
        return (new Network(3, layers).Initialize<double>(seed), batch);
    }
}
