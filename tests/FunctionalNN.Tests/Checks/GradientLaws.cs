using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Back-propagation equals central differences, for every layer, loss and penalty, also away from where parameters
/// start.</summary>
[Trait("Duration", "Long")]
public class GradientLaws
{
    private const int Most = 200;

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var layer in LayerGenerators.Table.Keys)
        {
            foreach (var loss in LossGenerators.Table.Keys)
            {
                pairs.Add(layer, loss);
            }
        }

        return pairs;
    }

    /// <summary>For FsCheck.</summary>
    public static Arbitrary<TrainingCase> Tame() => Arb.From(TrainingGenerators.Tame, TrainingShrinker.Simpler);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_layer_under_every_loss(string layer, string loss)
    {
        foreach (var run in TrainingGenerators.With(LayerGenerators.Table[layer], LossGenerators.Table[loss]).Sample(6, new Rnd(1, 1), 30))
        {
            AssertCorrect(run);
        }
    }

    [Fact]
    public void Every_penalty_on_weights_and_on_biases()
    {
        foreach (var weights in PenaltyGenerators.Samples)
        {
            foreach (var bias in PenaltyGenerators.Samples)
            {
                var network =
                    new Network(3,
                        [new Dense(4) { WeightPenalty = weights, BiasPenalty = bias }, new Sigmoid(),
                            new Dense(2) { WeightPenalty = bias }]);
                AssertCorrect(new TrainingCase(
                    network, new MeanSquaredError(), OptimizerGenerators.Simplest,
                    new DataShape(5, 3, TargetKind.Reals, 2, Roughness.Plain, 1), 5, false, 1, 1, 1));
            }
        }
    }

    [Property(MaxTest = 150, Arbitrary = [typeof(GradientLaws)])]
    public void Random_networks_at_random_parameters(TrainingCase run) => AssertCorrect(run);

    [Property(MaxTest = 100, Arbitrary = [typeof(GradientLaws)])]
    public void A_step_of_plain_descent_subtracts_that_gradient(TrainingCase run)
    {
        var batch = run.Data.Create<double>().FullBatch().Epoch(default, 0)[0];
        var start = run.Elsewhere().Train(new Sgd(0.5), run.Seed);
        var stepped = start.Step(batch, run.Loss);
        var (_, gradient) = Inside.Differentiate(start.Model, run.Loss, batch, start.KeyOf(0));
        var expected = start.Model.Parameters.Zip(gradient, (p, g) => Math.FusedMultiplyAdd(-0.5, g, p));
        StateBits.AssertSame("parameters", expected.Values, stepped.Model.Parameters.Values);
    }

    private static void AssertCorrect(TrainingCase run)
    {
        if (IsClipped(run))
        {
            return;
        }

        var report = GradientCheck.Of(run.Elsewhere(), run.Loss, run.Data.Create<double>(), run.Seed, Most);
        Assert.True(report.IsCorrect, $"{run}{Environment.NewLine}{report}");
    }

    /// <summary>
    /// Whether a cross-entropy of probabilities clips one of them, so that the loss is flat there: by convention the gradient is
    /// then that at the border, which still leads away from it.
    /// </summary>
    private static bool IsClipped(TrainingCase run) =>
        run.Loss is CategoricalCrossEntropy { FromLogits: false } or BinaryCrossEntropy { FromLogits: false }
            or KullbackLeibler { FromLogits: false }
            or BinaryFocalCrossEntropy { FromLogits: false } or CategoricalFocalCrossEntropy { FromLogits: false }
        && run.Loss.Fuse(run.Network.Layers[^1]) is null
        && Inside.Output(run.Elsewhere(), run.Loss, run.Data.Create<double>().FullBatch().Epoch(default, 0)[0], new Key((ulong)run.Seed))
            .Values.ToArray().Any(p => p is < 1e-6 or > 1 - 1e-6);
}
