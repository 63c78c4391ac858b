using System.Collections.Immutable;

namespace FunctionalNN.Tests;

/// <summary>The gradient check finds what is wrong and says where: a check that passes everything would prove nothing.</summary>
public class PlantedErrorLaws
{
    private static readonly string[] Below = ["dense1", "inputs"];
    private static readonly int[] Seeds = [.. Enumerable.Range(1, 20)];

    [Fact]
    public void A_loss_of_the_wrong_sign_is_wrong_everywhere() => Assert.All(Seeds, seed =>
    {
        var report = Check(seed, new ClimbingAbsoluteError(), new Dense(4), new Sigmoid(), new Dense(2));
        Assert.False(report.IsCorrect);
        Assert.DoesNotContain(report.Comparisons, comparison => comparison.IsRight && Math.Abs(comparison.Analytic) > 1e-6);
        Assert.Equal(-report.Worst.Numeric, report.Worst.Analytic, 1e-6);
    });

    [Theory]
    [InlineData("bias", 2)]
    [InlineData("bias", 0)]
    [InlineData("bias", 1.0001)]
    [InlineData("weights", -1)]
    [InlineData("weights", 1.0001)]
    public void A_slot_with_a_wrong_factor_is_named(string slot, double factor) => Assert.All(Seeds, seed =>
    {
        var report =
            Check(seed, new MeanSquaredError(), new Dense(4), new Sigmoid(), new SpoiltDense(3, slot, factor) { Name = "spoilt" },
                new Sigmoid(), new Dense(2));
        Assert.False(report.IsCorrect);
        Assert.Equal(("spoilt", slot), (report.Worst.Place.Layer, report.Worst.Place.Slot));
        Assert.All(report.Comparisons,
            comparison =>
                Assert.True(comparison.IsRight || comparison.Place is { Layer: "spoilt" } place && place.Slot == slot,
                    comparison.ToString()));
    });

    [Fact]
    public void A_forgotten_factor_spoils_what_is_below_and_nothing_above() => Assert.All(Seeds, seed =>
        AssertSpoiltBelow(Check(seed, new MeanSquaredError(), new Dense(4), new ForgottenFactor(), new Dense(2))));

    [Fact]
    public void Another_mask_on_the_way_back_spoils_what_is_below_and_nothing_above() => Assert.All(Seeds, seed =>
        AssertSpoiltBelow(Check(seed, new MeanSquaredError(), new Dense(12), new ForgetfulDropout(0.5), new Dense(2))));

    [Fact]
    public void A_penalty_that_is_not_in_the_gradient_is_found()
    {
        var plain = Run(1, new MeanSquaredError(), new Dense(4) { WeightPenalty = Penalty.L2(0.1) });
        var report = GradientCheck.Of(plain.Elsewhere(), plain.Loss, plain.Data.Create<double>());
        Assert.True(report.IsCorrect, report.ToString());
        var without = plain with { Network = new Network(3, [new Dense(4)]) };
        var (_, gradient) = Inside.Differentiate(without.Elsewhere(), plain.Loss, plain.AllBatches<double>()[0], default);
        Assert.Contains(report.Comparisons.Take(gradient.Count)
            .Select((comparison, i) => Math.Abs(comparison.Numeric - gradient.Values[i])), error => error > 1e-3);
    }

    private static void AssertSpoiltBelow(GradientReport report)
    {
        Assert.False(report.IsCorrect);
        Assert.Contains(report.Worst.Place.Layer, Below);
        Assert.All(report.Comparisons,
            comparison => Assert.True(comparison.IsRight || Below.Contains(comparison.Place.Layer), comparison.ToString()));
    }

    private static GradientReport Check(int seed, Loss loss, params ImmutableArray<Layer> layers)
    {
        var run = Run(seed, loss, layers);
        return GradientCheck.Of(run.Elsewhere(), run.Loss, run.Data.Create<double>(), seed);
    }

    private static TrainingCase Run(int seed, Loss loss, params ImmutableArray<Layer> layers)
    {
        var network = new Network(3, layers);
        return new TrainingCase(network, loss, OptimizerGenerators.Simplest,
            new DataShape(6, 3, TargetKind.Reals, network.Outputs, Roughness.Plain, seed), 6, false, 1, seed, 1);
    }
}
