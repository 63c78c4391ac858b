namespace FunctionalNN.Tests;

/// <summary>Wrong settings are found when a run is built, all at once, each with what was expected.</summary>
public class OptimizerCheckTests
{
    private static readonly Model<float> Model = new Network(2, [new Dense(3), new BatchNormalization(), new Dense(1)]).Initialize(1);

    public static TheoryData<string> Wrong => [.. Cases.Keys];

    private static Dictionary<string, Optimizer> Cases => new()
    {
        ["the momentum is 1, expected 0 ≤ momentum < 1"] = new Sgd(0.1) { Momentum = 1 },
        ["Nesterov looks ahead along the momentum, and the momentum is 0: set Momentum, for example to 0.9"] =
            new Sgd(0.1) { Nesterov = true },
        ["dampening belongs to MomentumForm.Accumulated, the form is Velocity"] = new Sgd(0.1) { Momentum = 0.5, Dampening = 0.5 },
        ["Nesterov and dampening do not go together"] =
            new Sgd(0.1) { Momentum = 0.5, Dampening = 0.5, Form = MomentumForm.Accumulated, Nesterov = true },
        ["the initial accumulator is -1, expected a finite number of 0 or more"] = new Adagrad { InitialAccumulator = -1 },
        ["ρ is 1, expected 0 ≤ ρ < 1"] = new RmsProp { Rho = 1 },
        ["the momentum of RMSprop is of the form Velocity or Accumulated"] = new RmsProp { Form = MomentumForm.Average },
        ["ε is 0, expected a finite number above 0: at 0 no step would ever be taken"] = new Adadelta { Epsilon = 0 },
        ["β₁ is -0.1, expected 0 ≤ β₁ < 1"] = new Adam { Beta1 = -0.1 },
        ["β₂ is NaN, expected 0 ≤ β₂ < 1"] = new NAdam { Beta2 = double.NaN },
        ["the weight decay is -1, expected a finite number of 0 or more"] = new AdamW { Strength = -1 },
        ["β₁ is 2, expected 0 ≤ β₁ ≤ 1"] = new Lion { Beta1 = 2 },
        ["the learning rate begins at 0, expected a number above 0: it is the first step size"] = new Rprop(0),
        ["the steps are 3 to 2, expected 0 < least ≤ most"] = new Rprop { MinStep = 3, MaxStep = 2 },
        ["gradients are clipped at 0, expected a number above 0"] = new Adam().ClipByValue(0),
        ["gradients are clipped at the norm NaN, expected a number above 0"] = new Adam().ClipByGlobalNorm(double.NaN),
        ["an update every 0 batches: give 1 or more"] = new Adam().Accumulate(0),
        ["the average keeps 1, expected 0 or more and below 1"] = new Adam().AverageWeights(1),
        ["MovingAverage around Accumulate would act on every batch: put Accumulate outside, as the last word of the chain"] =
            new Adam().Accumulate(2).ClipByNorm(1).AverageWeights(),
        ["the rate's factor is -1, expected a finite number of 0 or more"] = new Adam().ScaleRate(-1),
        ["ReduceOnPlateau has the factor 1, expected above 0 and below 1"] = new Adam().ReduceOnPlateau(factor: 1),
        ["the learning rate is -1, expected a finite number of 0 or more"] = new Adam(-1).ClipByNorm(1).AverageWeights(),
        ["Freeze names dnese1, and the network has no such slot; it has dense1.weights, dense1.bias, batchNormalization1.gamma, "
            + "batchNormalization1.beta, dense2.weights, dense2.bias"] = new Adam().Freeze("dense1", "dnese1"),
        ["WeightDecay names dense3, and the network has no such slot; it has dense1.weights, dense1.bias, batchNormalization1.gamma, "
            + "batchNormalization1.beta, dense2.weights, dense2.bias"] = new Adam().DecayWeights(0.1, "dense3").AverageWeights(),
        ["PerSlot names dense1.slope, and the network has no such slot; it has dense1.weights, dense1.bias, batchNormalization1.gamma, "
            + "batchNormalization1.beta, dense2.weights, dense2.bias"] = new Adam().For("dense1.slope", new Sgd(1)).ClipByNorm(1),
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_setting_is_an_error_with_what_was_expected(string message)
    {
        var found = Assert.Throws<ArgumentException>(() => Model.Train(Cases[message])).Message;
        Assert.Equal(message, found);
    }

    [Fact]
    public void All_errors_come_at_once()
    {
        var found =
            Assert.Throws<ArgumentException>(() =>
                Model.Train(new Adam(-1) { Beta1 = 1, Beta2 = 1 }.ClipByNorm(0).Freeze("dense7"))).Message;
        Assert.Equal(5, found.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void An_optimizer_put_in_mid_run_is_checked_too()
    {
        var state = Model.Train(new Adam()) with { Optimizer = new Adam().Freeze("dnese1") };
        var data = new DataSet<float>(Matrix.Create(2, 2, [1f, 2, 3, 4]), new RealTargets<float>(Matrix.Column<float>(1, 2)));
        var batches = data.FullBatch();
        Assert.Throws<ArgumentException>(() => state.Epochs(batches, new MeanSquaredError()));
        Assert.Throws<ArgumentException>(() => state.Run(batches.Epoch(state.Key, 0), new MeanSquaredError()));
        Assert.Throws<ArgumentException>(() => state.Step(batches.Epoch(state.Key, 0)[0], new MeanSquaredError()));
    }

    [Fact]
    public void A_dialect_that_a_system_does_not_have_is_an_error()
    {
        Assert.Contains("ScikitLearn has no RMSprop", Assert.Throws<ArgumentException>(() => RmsProp.Like(Dialect.ScikitLearn)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Adagrad.Like(Dialect.ScikitLearn));
        Assert.Throws<ArgumentException>(() => AdamW.Like(Dialect.Book));
        Assert.Throws<ArgumentException>(() => NAdam.Like(Dialect.Book));
        Assert.Throws<ArgumentException>(() => Adadelta.Like(Dialect.Book));
        Assert.Throws<ArgumentException>(() => BatchNormalization.Like(Dialect.Book));
        Assert.Throws<ArgumentException>(() => ReduceOnPlateau.Like(Dialect.Book, new Adam()));
        Assert.Equal(1e-3, BatchNormalization.Like(Dialect.Keras).Epsilon);
    }

    [Fact]
    public void Every_default_is_right()
    {
        Optimizer[] all =
        [
            new Sgd(0.1), new Adagrad(), new RmsProp(), new Adadelta(), new Adam(), new AdamW(), new NAdam(), new Lion(), new Rprop(),
            Sgd.Like(Dialect.Keras),
            Sgd.Like(Dialect.Book), Sgd.Like(Dialect.ScikitLearn), Sgd.Like(Dialect.PyTorch), new Adam().Accumulate(3),
            new Adam().ReduceOnPlateau(),
        ];
        Assert.All(all, optimizer => Assert.True(optimizer.Check().IsSuccess, optimizer.ToString()));
    }
}
