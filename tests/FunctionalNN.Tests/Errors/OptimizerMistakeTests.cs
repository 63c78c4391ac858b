namespace FunctionalNN.Tests;

/// <summary>Wrong hyper-parameters are told all at once when training starts.</summary>
public class OptimizerMistakeTests
{
    private static readonly Model<float> Model = new Network(2, [new Dense(1)]).Initialize(0);

    public static TheoryData<Optimizer, string> Mistakes => new()
    {
        { new Sgd(-0.1), "the learning rate is -0.1, expected a finite number of 0 or more" },
        { new Sgd(double.NaN), "the learning rate is NaN, expected a finite number of 0 or more" },
        { new Sgd(0.1) { Decay = -1 }, "the decay is -1, expected a finite number of 0 or more" },
        { new Sgd(0.1) { Momentum = 1 }, "the momentum is 1, expected 0 ≤ momentum < 1" },
        { new Adam { Beta1 = 1 }, "β₁ is 1, expected 0 ≤ β₁ < 1" },
        { new Adam { Beta2 = -0.5 }, "β₂ is -0.5, expected 0 ≤ β₂ < 1" },
        { new Sgd(new PiecewiseConstant([], [])), "PiecewiseConstant has 0 boundaries and 0 rates: give one rate more than boundaries" },
        { new Sgd(new InverseScaling(0.1, 0, 0)), "InverseScaling counts 0 samples in batches of 0: give 1 or more of both" },
        { new Adam { Epsilon = double.PositiveInfinity }, "ε is Infinity, expected a finite number of 0 or more" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_names_the_number_and_what_was_expected(Optimizer optimizer, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Model.Train(optimizer)).Message);

    [Fact]
    public void All_mistakes_come_at_once()
    {
        var message =
            Assert.Throws<ArgumentException>(() => Model.Train(new Adam(-1) { Decay = -1, Beta1 = 2, Beta2 = 2, Epsilon = -1 })).Message;
        Assert.Equal(5, message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void With_on_a_state_checks_again()
    {
        var state = Model.Train(new Adam());
        Assert.Throws<ArgumentException>(() => state with { Optimizer = new Adam { LearningRate = -1 } });
    }

    /// <summary>A state whose model was exchanged for another one must not update with moments of another size.</summary>
    [Fact]
    public void Moments_of_another_layout_are_refused_or_begun_anew()
    {
        var wide = new Network(2, [new Dense(50), new Dense(1)]).Initialize(0);
        var batch = new Batch<float>(Matrix.Row(1f, 2), new RealTargets<float>(Matrix.Row(1f)));
        var state = Model.Train(new Adam()).Step(batch, new MeanSquaredError());
        Assert.True(state.Moments.Thaw(state.Optimizer, wide.Parameters,
            state.Step).Vectors.All(vector => vector.Layout.Equals(wide.Parameters.Layout)));
    }

    /// <summary>The velocity of one form has the sign and the size of another thing in the next.</summary>
    [Fact]
    public void Another_form_of_momentum_starts_from_zeros()
    {
        var batch = new Batch<float>(Matrix.Row(1f, 2), new RealTargets<float>(Matrix.Row(1f)));
        var velocity = Model.Train(new Sgd(0.1) { Momentum = 0.9 }).Step(batch, new MeanSquaredError());
        var average = new Sgd(0.1) { Momentum = 0.9, Form = MomentumForm.Average };
        var changed = (velocity with { Optimizer = average }).Step(batch, new MeanSquaredError());
        var fresh = velocity.Model.Train(average).Step(batch, new MeanSquaredError());
        Assert.Equal(fresh.Model.Parameters, changed.Model.Parameters);
    }

    [Fact]
    public void Another_kind_of_optimizer_starts_from_zeros()
    {
        var batch = new Batch<float>(Matrix.Row(1f, 2), new RealTargets<float>(Matrix.Row(1f)));
        var momentum = Model.Train(new Sgd(0.1) { Momentum = 0.9 }).Step(batch, new MeanSquaredError());
        var changed = (momentum with { Optimizer = new Adam(), Step = 0 }).Step(batch, new MeanSquaredError());
        Assert.Equal(momentum.Model.Train(new Adam()).Step(batch, new MeanSquaredError()).Model.Parameters, changed.Model.Parameters);
    }

    [Fact]
    public void Parallelism_of_no_threads_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Parallelism(0));
}
