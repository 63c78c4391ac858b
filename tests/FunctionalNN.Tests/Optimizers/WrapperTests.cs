using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>What wrappers do, and what they leave alone.</summary>
public class WrapperTests
{
    private static readonly DataSet<float> Blobs = Generate.Blobs(samples: 40, classes: 3, seed: 1);
    private static readonly CategoricalCrossEntropy Loss = new();

    [Property]
    public void Clipping_at_infinity_is_no_clipping(double[] gradient)
    {
        double[] finite = [1, .. gradient.Where(double.IsFinite)];
        foreach (var optimizer in (Optimizer[])[new Sgd(0.1) { Momentum = 0.9 }, new Adam()])
        {
            var plain = Two(optimizer, finite);
            Assert.Equal(plain, Two(optimizer.ClipByValue(double.PositiveInfinity), finite));
            Assert.Equal(plain, Two(optimizer.ClipByNorm(double.PositiveInfinity), finite));
            Assert.Equal(plain, Two(optimizer.ClipByGlobalNorm(double.PositiveInfinity), finite));
        }
    }

    [Fact]
    public void A_gradient_within_the_limit_stays_as_it_is_and_one_beyond_comes_down_to_it()
    {
        double[] gradient = [3, 0, -4, 12];
        Assert.Equal([-3, 0, 4, -5], Step(new Sgd(1).ClipByValue(5), gradient));
        Assert.Equal([-3, 0, 4, -12], Step(new Sgd(1).ClipByGlobalNorm(13), gradient));
        OptimizerReferences.AssertClose([-3 / 13.0, 0, 4 / 13.0, -12 / 13.0], Step(new Sgd(1).ClipByGlobalNorm(1), gradient), 1e-15);

        // Two slots, (3, 0) and (−4, 12), each with a norm of its own.
        OptimizerReferences.AssertClose([-3, 0, 4 * 6 / Math.Sqrt(160), -12 * 6 / Math.Sqrt(160)], Step(new Sgd(1).ClipByNorm(6), gradient),
            1e-15);
    }

    [Fact]
    public void The_norm_of_large_floats_does_not_overflow()
    {
        var clipped = new Sgd(1).ClipByGlobalNorm(1).Steps(Descending.Vector(0f, 0), (_, _) => Descending.Vector(3e30f, -4e30f))
            .First().Values;
        Assert.Equal(-0.6f, clipped[0], 1e-6f);
        Assert.Equal(0.8f, clipped[1], 1e-6f);
    }

    [Fact]
    public void The_last_word_acts_first()
    {
        Assert.Equal([-1], new Sgd(1).DecayGradient(10).ClipByValue(1).Line(5).Select(p => p + 10 - 1));
        Assert.Equal([0], new Sgd(1).ClipByValue(1).DecayGradient(10).Line(5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void Equal_batches_accumulated_are_one_batch(int batches)
    {
        var adam = new Adam(new ExponentialDecay(0.1, 0.5));
        double[] gradients = [0.5, -0.25, 1];
        var repeated = adam.Accumulate(batches).Line([.. gradients.SelectMany(g => Enumerable.Repeat(g, batches))]);
        OptimizerReferences.AssertClose(adam.Line(gradients), repeated.Where((_, i) => (i + 1) % batches == 0), 1e-14);
        Assert.All(repeated.Take(batches - 1), p => Assert.Equal(1, p));
    }

    [Fact]
    public void Accumulating_two_halves_is_a_step_on_the_whole()
    {
        // Without batch normalisation, which sees each half by itself.
        var start = new Network(2, [new Dense(8), new Sigmoid(), new Dense(3), new Softmax()]).Initialize<double>(1)
            .Train(new Sgd(0.5).Accumulate(2));
        var data = Generate.Blobs<double>(samples: 20, classes: 3, seed: 1);
        var halves = start.Run(data.InOrder(data.Count / 2).Epoch(start.Key, 0), Loss);
        var whole = (start with { Optimizer = new Sgd(0.5) }).Run(data.FullBatch().Epoch(start.Key, 0), Loss);
        OptimizerReferences.AssertClose(whole.Model.Parameters.Values.ToArray(), halves.Model.Parameters.Values.ToArray(), 1e-14);
        Assert.Equal(2, halves.Step);
    }

    [Fact]
    public void Frozen_slots_and_their_moments_stay_as_they_are_to_the_last_bit()
    {
        var start =
            AllOptimizers.Start<float>(new Adam(0.02).DecayWeights(0.1).DecayGradient(0.1).Freeze("dense1", "*.beta", "dense2.bias"));
        var end = start.Epochs(Blobs.Shuffled(32), Loss).Take(3).Last();
        (string Layer, string Slot)[] frozen =
            [("dense1", "weights"), ("dense1", "bias"), ("batchNormalization1", "beta"), ("dense2", "bias")];
        foreach (var (layer, slot) in start.Model.Parameters.Layout.Placements.Select(p => (p.Layer, p.Slot.Name)))
        {
            Assert.Equal(frozen.Contains((layer, slot)), start.Model.Parameters[layer, slot].Equals(end.Model.Parameters[layer, slot]));
            Assert.All(end.Moments.Vectors,
                moment => Assert.Equal(frozen.Contains((layer, slot)), moment[layer, slot].Values.ToArray().All(m => m == 0)));
        }
    }

    [Fact]
    public void Thawed_slots_go_on_with_the_others_moments()
    {
        var frozen = AllOptimizers.Start<float>(new Adam(0.02).Freeze("dense1")).Epochs(Blobs.Shuffled(32), Loss).Take(2).Last();
        var thawed = frozen with { Optimizer = ((Freeze)frozen.Optimizer).Inner };
        var next = thawed.Epochs(Blobs.Shuffled(32), Loss).First();
        Assert.Equal(0, next.Moments.Since);
        Assert.NotEqual(frozen.Model.Parameters["dense1", "weights"], next.Model.Parameters["dense1", "weights"]);
    }

    [Fact]
    public void Another_optimizer_for_some_slots_is_each_optimizer_on_its_own()
    {
        var (adam, sgd) = (new Adam(0.1), new Sgd(0.2) { Momentum = 0.9 });
        var both = Parameters(adam.For("second", sgd));
        var (first, second) = (Parameters(adam), Parameters(sgd));
        Assert.Equal(first[..3], both[..3]);
        Assert.Equal(second[3..], both[3..]);

        static double[] Parameters(Optimizer optimizer) =>
            optimizer.Steps(Descending.Vector(OptimizerReferences.Start), (t, _) => Descending.Vector(OptimizerReferences.Gradient(t)))
                .ElementAt(7).Values.ToArray();
    }

    [Fact]
    public void Another_rate_for_a_slot_is_that_rate()
    {
        var adam = new Adam(new InverseTime(0.1, 0.3));
        var scaled = adam.For("*.bias", adam.ScaleRate(0.5));
        var other = adam.For("*.bias", adam with { LearningRate = new InverseTime(0.05, 0.3) });
        Assert.Equal(Two(other, OptimizerReferences.Start), Two(scaled, OptimizerReferences.Start));
    }

    [Fact]
    public void Decoupled_decay_around_Adam_is_AdamW()
    {
        foreach (var exempt in (Slots?[])[null, "*.bias"])
        {
            var adamW = new AdamW(0.1) { Strength = 0.3, Exempt = exempt };
            var around = new Adam(0.1) { Epsilon = 1e-8 }.DecayWeights(0.3, exempt);
            Assert.Equal(Two(adamW, OptimizerReferences.Start), Two(around, OptimizerReferences.Start));
        }
    }

    [Fact]
    public void Decay_leaves_exempt_slots_alone()
    {
        // No gradient: what moves is decay.
        Assert.Equal([0.5, 1, 2, 3], Step(new Sgd(1).DecayWeights(0.5, "*.bias"), new double[4], [1, 2, 2, 3]));
        Assert.Equal([0.5, 1, 2, 3], Step(new Sgd(1).DecayGradient(0.5, "*.bias"), new double[4], [1, 2, 2, 3]));
        Assert.Equal([0.5, 1, 1, 1.5], Step(new Sgd(1).DecayWeights(0.5), new double[4], [1, 2, 2, 3]));
    }

    [Fact]
    public void The_average_is_beside_the_training_and_can_be_taken_as_a_model()
    {
        var plain = AllOptimizers.Start<float>(new Adam(0.02)).Epochs(Blobs.Shuffled(32), Loss).Take(4).Last();
        var averaged = AllOptimizers.Start<float>(new Adam(0.02).AverageWeights(0.8).ClipByGlobalNorm(1e9)).Epochs(Blobs.Shuffled(32), Loss)
            .Take(4).Last();
        Assert.Equal(plain.Model, averaged.Model);
        Assert.NotEqual(averaged.Model, averaged.Averaged());
        Assert.Equal(averaged.Model.Statistics, averaged.Averaged().Statistics);
        Assert.Equal(averaged.Moments.Vectors[0], averaged.Averaged().Parameters);
        Assert.Equal(AllOptimizers.Start<float>(new Adam().AverageWeights()).Model,
            AllOptimizers.Start<float>(new Adam().AverageWeights()).Averaged());
        Assert.Contains(".AverageWeights", Assert.Throws<InvalidOperationException>(() => plain.Averaged()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_average_that_remembers_nothing_is_the_parameters() =>
        Assert.All(AllOptimizers.Start<float>(new Sgd(0.1).AverageWeights(0)).Epochs(Blobs.Shuffled(32), Loss).Take(2),
            state => Assert.Equal(state.Model, state.Averaged()));

    [Fact]
    public void A_wrapper_that_remembers_nothing_does_not_restart_what_is_inside()
    {
        var adam = AllOptimizers.Start<float>(new Adam(0.02)).Epochs(Blobs.Shuffled(32), Loss).First();
        var clipped = adam with { Optimizer = adam.Optimizer.ClipByGlobalNorm(1e9).DecayWeights(0).ScaleRate(1) };
        Assert.Equal(Next(adam).Model, Next(clipped).Model);
        Assert.Equal(Next(adam).Moments, Next(clipped).Moments);
        Assert.Equal(Next(adam).Moments, Next(adam with { Optimizer = new AdamW(0.02) { Strength = 0, Epsilon = 1e-7 } }).Moments);
    }

    [Fact]
    public void An_optimizer_of_another_kind_begins_anew_and_so_does_its_bias_correction()
    {
        var adam = AllOptimizers.Start<float>(new Adam(0.02)).Epochs(Blobs.Shuffled(32), Loss).First();
        foreach (var other in (Optimizer[])[new Sgd(0.1) { Momentum = 0.9 }, new Adam(0.02) { AmsGrad = true },
            new Adam(0.02).AverageWeights(), new RmsProp(), new Lion()])
        {
            var switched = Next(adam with { Optimizer = other });
            Assert.Equal(adam.Step, switched.Moments.Since);
            Assert.Equal(other.MomentKind, switched.Moments.Kind);
        }

        // Back to a fresh Adam: its first step is as long as a first step, the rate, and not the tenth of it that an uncorrected mean would
        // give.
        var fresh = adam with { Moments = new Sgd(0.1).InitialMoments(adam.Model.Parameters) };
        var moved = fresh.Step(Blobs.FullBatch().Epoch(fresh.Key, 0)[0], Loss).Model.Parameters - fresh.Model.Parameters;
        Assert.Equal(0.02, moved.Values.ToArray().Max(Math.Abs), 1e-3);
    }

    [Fact]
    public void Sgd_in_another_form_begins_anew()
    {
        var state = AllOptimizers.Start<float>(new Sgd(0.1) { Momentum = 0.9 }).Epochs(Blobs.Shuffled(32), Loss).First();
        var other = new Sgd(0.1) { Momentum = 0.9, Form = MomentumForm.Accumulated };
        Assert.Equal(state.Step, Next(state with { Optimizer = other }).Moments.Since);
    }

    private static TrainingState<float> Next(TrainingState<float> state) => state.Epochs(Blobs.Shuffled(32), Loss).First();

    private static double[] Two(Optimizer optimizer, double[] gradient) =>
        optimizer.Steps(Descending.Vector(gradient), (_, p) => p).ElementAt(1).Values.ToArray();

    private static double[] Step(Optimizer optimizer, double[] gradient, double[]? start = null) =>
        optimizer.Steps(Descending.Vector(start ?? new double[gradient.Length]), (_, _) => Descending.Vector(gradient))
            .First().Values.ToArray();
}
