namespace FunctionalNN.Tests;

/// <summary>Schedules against PyTorch 1.13, scikit-learn and Keras' formulas, and how they print, compare and complain.</summary>
public class ScheduleTests
{
    private static readonly Dictionary<string, LearningRateSchedule> Table = new()
    {
        ["torch StepLR"] = new StepDecay(0.5, 0.3, 5),
        ["torch MultiStepLR"] = new PiecewiseConstant([3, 10, 11], [0.5, 0.05, 0.005, 0.0005]),
        ["torch ExponentialLR"] = new ExponentialDecay(0.5, 0.9),
        ["torch PolynomialLR"] = new PolynomialDecay(0.5, 15) { Power = 2.5 },
        ["torch CosineAnnealingLR"] = new CosineDecay(0.5, 23) { End = 0.02 },
        ["torch CosineAnnealingWarmRestarts"] = new CosineRestarts(0.5, 5) { End = 0.02 },
        ["torch CosineAnnealingWarmRestarts 2"] = new CosineRestarts(0.5, 3) { Stretch = 2 },
        ["torch LinearLR"] = new LinearWarmUp(0.5, 8) { Start = 0.25 },
        ["torch OneCycleLR"] = new OneCycle(0.5, 25),
        ["torch OneCycleLR linear"] =
            new OneCycle(0.5, 25) { WarmUpFraction = 0.4, InitialDivisor = 10, FinalDivisor = 100, IsLinear = true },
        ["torch SequentialLR"] = new LinearWarmUp(0.5, 6) { Start = 0.1 }.Then(6, new ExponentialDecay(0.5, 0.8)),
        ["torch ChainedScheduler"] = new LinearWarmUp(1, 6) { Start = 0.1 }.Times(new ExponentialDecay(0.5, 0.8)),
        ["numpy Keras PolynomialDecay"] = new PolynomialDecay(0.5, 15) { End = 0.05, Power = 0.5 },
        ["numpy Keras ExponentialDecay"] = new ExponentialDecay(0.5, 0.3, 7),
        ["numpy Keras InverseTimeDecay"] = new InverseTime(0.5, 0.3 / 7),
        ["numpy Keras CosineDecayRestarts"] = new CosineRestarts(0.5, 3) { Stretch = 2, Factor = 0.8, End = 0.05 },
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rates_are_those_of_another_implementation(string name)
    {
        var expected = OptimizerReferences.Of(name);
        OptimizerReferences.AssertClose(expected, expected.Select((_, step) => Table[name].At(step)), 1e-14);
    }

    [Fact]
    public void Inverse_scaling_is_that_of_scikit_learn_which_counts_samples_once_an_epoch()
    {
        // 37 samples in batches of 10: four updates an epoch.
        var schedule = new InverseScaling(0.5, 37, 10);
        OptimizerReferences.AssertClose([.. OptimizerReferences.Of("sklearn invscaling").SelectMany(rate => Enumerable.Repeat(rate, 4))],
            Enumerable.Range(0, 24).Select(step => schedule.At(step)), 1e-14);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schedule_stays_where_it_ended_and_never_fails_however_late(string name)
    {
        Assert.True(double.IsFinite(Table[name].At(1_000_000_000_000)));
        Assert.True(Table[name].At(1_000_000_000_000) >= 0);
        Assert.True(Table[name].Check().IsSuccess);
    }

    [Fact]
    public void A_schedule_counted_in_epochs_moves_on_with_them()
    {
        var schedule = new StepDecay(1, 0.5, 1).PerEpoch(3);
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25], Enumerable.Range(0, 7).Select(step => schedule.At(step)));
    }

    [Fact]
    public void Schedules_are_values()
    {
        Assert.Equal(new PiecewiseConstant([3], [1, 2]), new PiecewiseConstant([3], [1, 2]));
        Assert.NotEqual(new PiecewiseConstant([3], [1, 2]), new PiecewiseConstant([4], [1, 2]));
        Assert.Equal(new LinearWarmUp(1, 5).Then(5, 1), new LinearWarmUp(1, 5).Then(5, new Constant(1)));
        Assert.Equal(new Adam(new CosineDecay(0.1, 100)), new Adam(new CosineDecay(0.1, 100)));
    }

    [Fact]
    public void Schedules_print()
    {
        Assert.Equal("0.5 to 0.02 over 23, cosine", Table["torch CosineAnnealingLR"].ToString());
        Assert.Equal("0.1·0.5 to 0.5 over 6; from 6 on 0.5·0.8^(step/1)", Table["torch SequentialLR"].ToString());
        Assert.Equal("0.5, 0.05 from 3, 0.005 from 10, 0.0005 from 11", Table["torch MultiStepLR"].ToString());
        Assert.Equal("(0.1·1 to 1 over 6) × (0.5·0.8^(step/1))", Table["torch ChainedScheduler"].ToString());
        Assert.Equal("0.02 to 0.5 to 2E-06 over 25, cosine", Table["torch OneCycleLR"].ToString());
        Assert.Equal(
            "Adam { LearningRate = 1 / (1 + 0.5·step), Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1E-07, EpsilonPlace = OutsideRoot, AmsGrad "
                + "= False }", new Adam(new InverseTime(1, 0.5)).ToString());
    }

    [Fact]
    public void What_is_wrong_with_a_schedule_is_said_when_the_run_is_built()
    {
        var model = new Network(1, [new Dense(1)]).Initialize(1);
        Assert.Equal(["CosineDecay over 0 updates: give 1 or more"], Errors(new CosineDecay(0.1, 0)));
        Assert.Equal(["StepDecay has the rate -1, expected a finite number of 0 or more", "StepDecay over 0 updates: give 1 or more"],
            Errors(new StepDecay(-1, 0.5, 0)));
        Assert.Equal(["PiecewiseConstant has 2 boundaries and 2 rates: give one rate more than boundaries",
            "PiecewiseConstant has the boundaries 5, 3: let them rise"], Errors(new PiecewiseConstant([5, 3], [1, 2])));
        Assert.Equal(["OneCycle rises in 0.3 of 2 updates, which is no whole one: let it rise longer"], Errors(new OneCycle(1, 2)));
        Assert.Equal(["InverseScaling counts 0 samples in batches of 0: give 1 or more of both"], Errors(new InverseScaling(1, 0, 0)));
        Assert.Equal(["PolynomialDecay has the power 0, expected a number above 0"],
            Errors(new LinearWarmUp(1, 1).Then(1, new PolynomialDecay(1, 1) { Power = 0 })));
        Assert.Contains("over 0 updates", Assert.Throws<ArgumentException>(() => model.Train(new Adam(new CosineDecay(0.1, 0)))).Message,
            StringComparison.Ordinal);

        static string[] Errors(LearningRateSchedule schedule) =>
            schedule.Check().Match(_ => [], errors => errors.Map(error => error.Message).ToArray());
    }
}
