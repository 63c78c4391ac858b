namespace FunctionalNN.Tests;

/// <summary>What every optimizer must do, whatever its formula.</summary>
public class OptimizerTrainingTests
{
    private static readonly DataSet<float> Blobs = Generate.Blobs(samples: 40, classes: 3, seed: 1);

    public static TheoryData<string> Names => AllOptimizers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void It_trains_a_network_with_batch_normalisation_scale_and_shift_included(string name)
    {
        var start = AllOptimizers.Start<float>(AllOptimizers.Table[name]);
        var trained = start.Epochs(Blobs.FullBatch(), new CategoricalCrossEntropy()).Take(120).Last();
        Assert.True(trained.Training.Loss < 0.4 * start.Model.Evaluate(Blobs, new CategoricalCrossEntropy()).Loss, trained.ToString());
        Assert.NotEqual(start.Model.Parameters["batchNormalization1", "gamma"], trained.Model.Parameters["batchNormalization1", "gamma"]);
        Assert.NotEqual(start.Model.Parameters["batchNormalization1", "beta"], trained.Model.Parameters["batchNormalization1", "beta"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_is_the_fold_of_its_steps_on_any_number_of_threads(string name)
    {
        var start = AllOptimizers.Start<float>(AllOptimizers.Table[name]);
        var loss = new CategoricalCrossEntropy();
        var batches = Blobs.Shuffled(32).Epoch(start.Key, 0).Concat(Blobs.Shuffled(16).Epoch(start.Key, 1)).ToArray();
        var folded = batches.Aggregate(start, Train.Step<float>(loss));
        Assert.Equal(folded, start.Run(batches, loss, Parallelism.None));
        Assert.Equal(folded, start.Run(batches, loss, new Parallelism(4)));
        Assert.Equal(folded, batches[3..].Aggregate(start.Run(batches[..3], loss), Train.Step<float>(loss)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_large_vector_is_updated_the_same_by_any_number_of_threads(string name)
    {
        // Above what one thread takes for itself; slots that are not cut where threads are.
        var layout =
            new Network(301, [new Dense(203), new BatchNormalization(), new Relu(), new Dense(11)]).Initialize<float>(1).Parameters;
        var gradient = layout.Map(p => (float)Math.Sin(1e4 * p));
        var (alone, together) = (layout.Thaw(), layout.Thaw());
        var optimizer = AllOptimizers.Table[name];
        var (momentsAlone, moments) =
            (optimizer.InitialMoments(layout).Thaw(optimizer, layout, 0), optimizer.InitialMoments(layout).Thaw(optimizer, layout, 0));
        using var team = Team.Lease(new Parallelism(5));
        for (var step = 0; step < 4; step++)
        {
            Assert.True(optimizer.Advance(Team.Single, step, gradient.Thaw(), alone, momentsAlone));
            Assert.True(optimizer.Advance(team, step, gradient.Thaw(), together, moments));
        }

        Assert.Equal(alone, together);
        Assert.Equal(momentsAlone, moments);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_transition_is_pure(string name)
    {
        var optimizer = AllOptimizers.Table[name];
        var parameters = AllOptimizers.Start<double>(optimizer).Model.Parameters;
        var (gradient, moments) = (parameters.Map(p => p + 0.1), optimizer.InitialMoments(parameters));
        var (gradientBefore, parametersBefore, momentsBefore) =
            (gradient.Map(g => g), parameters.Map(p => p), optimizer.InitialMoments(parameters));
        var (next, nextMoments) = optimizer.Next(0, gradient, parameters, moments);
        Assert.Equal((next, nextMoments), optimizer.Next(0, gradient, parameters, moments));
        Assert.Equal(gradientBefore, gradient);
        Assert.Equal(parametersBefore, parameters);
        Assert.Equal(momentsBefore, moments);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gradient_that_is_not_finite_is_never_overlooked(string name)
    {
        var optimizer = AllOptimizers.Table[name];
        var parameters = AllOptimizers.Start<float>(optimizer).Model.Parameters;
        foreach (var bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            var gradient = parameters.Thaw();
            gradient.Block.Span[5] = bad;
            Assert.False(optimizer.Advance(Team.Single, 0, gradient, parameters.Thaw(),
                optimizer.InitialMoments(parameters).Thaw(optimizer, parameters, 0)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_a_value_that_prints_and_whose_rate_can_be_changed(string name)
    {
        var optimizer = AllOptimizers.Table[name];
        Assert.Equal(optimizer, optimizer with { });
        var slower = optimizer with { LearningRate = 1e-4, Decay = 0.5 };
        Assert.Equal(new Constant(1e-4), slower.LearningRate);
        Assert.Equal(0.5, slower.Decay);
        Assert.NotEqual(optimizer, slower);
        Assert.True(slower.RateAt(3) < optimizer.RateAt(5), $"{slower.RateAt(3)}");
        Assert.Equal(optimizer.MomentKind, slower.MomentKind);
        Assert.Contains("0.0001", slower.ToString(), StringComparison.Ordinal);
        Assert.True(slower.Check().IsSuccess);
    }

    [Fact]
    public void Every_kind_is_in_the_table()
    {
        var kinds = AllOptimizers.Table.Values.Select(optimizer => optimizer.GetType());
        Assert.Empty(typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSealed && type.IsAssignableTo(typeof(Optimizer)))
            .Except(kinds));
    }
}
