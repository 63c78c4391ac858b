namespace FunctionalNN.Tests;

/// <summary>Projections after each update, and the penalties' dialects.</summary>
public class ConstraintTests
{
    private static readonly DataSet<float> Blobs = Generate.Blobs(samples: 40, classes: 3, seed: 1);

    [Fact]
    public void Columns_come_down_to_the_greatest_norm_and_those_within_stay_to_the_last_bit()
    {
        double[] values = [3, 0.1, 0, 4, 0.3, 0];
        OptimizerReferences.AssertClose([0.6 * 2, 0.1, 0, 0.8 * 2, 0.3, 0], Projected(Constraint.MaxNorm(2), values, 2, 3), 1e-15);
        Assert.Equal(0.3, Projected(Constraint.MaxNorm(2), values, 2, 3)[4]);
        OptimizerReferences.AssertClose([0.6, Math.Sqrt(0.1), 0, 0.8, Math.Sqrt(0.9), 0], Projected(Constraint.UnitNorm, values, 2, 3),
            1e-15);
        Assert.Equal([0, 2, 0], Projected(Constraint.NonNegative, [-1, 2, -0.0], 1, 3));
    }

    [Fact]
    public void A_projection_does_not_depend_on_threads_and_does_nothing_twice()
    {
        var matrix = Matrix.Create(257, 301, [.. Enumerable.Range(0, 257 * 301).Select(i => (float)new Key(1).Normal(i))]);
        using var team = Team.Lease(new Parallelism(4));
        foreach (var constraint in (Constraint[])[Constraint.MaxNorm(15), Constraint.UnitNorm, Constraint.NonNegative])
        {
            var (alone, together) = (matrix.Values.ToArray(), matrix.Values.ToArray());
            constraint.Apply<float>(Team.Single, alone, 257, 301);
            constraint.Apply<float>(team, together, 257, 301);
            Assert.Equal(alone, together);
            constraint.Apply<float>(team, together, 257, 301);
            Assert.All(alone.Zip(together, (once, twice) => once - twice), difference => Assert.True(Math.Abs(difference) < 1e-5));
        }
    }

    [Fact]
    public void Trained_weights_obey()
    {
        var network =
            new Network(2,
                [new Dense(16) { WeightConstraint = Constraint.MaxNorm(0.7) }, new Relu(),
                    new Dense(8) { WeightConstraint = Constraint.UnitNorm }, new Relu(),
                    new Dense(3) { WeightConstraint = Constraint.NonNegative, BiasConstraint = Constraint.MaxNorm(0.01) }, new Softmax()]);
        var start = network.Initialize(2).Train(new Adam(0.02));
        var loss = new CategoricalCrossEntropy();
        var batches = Blobs.Shuffled(30).Epoch(start.Key, 0);
        var end = start.Run(batches, loss);
        Assert.Equal(end, batches.Aggregate(start, Train.Step<float>(loss)));
        Assert.All(Norms(end, "dense1"), norm => Assert.True(norm < 0.7 + 1e-6));
        Assert.Contains(Norms(end, "dense1"), norm => norm > 0.7 - 1e-6);
        Assert.All(Norms(end, "dense2"), norm => Assert.Equal(1, norm, 1e-6));
        Assert.All(end.Model.Parameters["dense3", "weights"].Values.ToArray(), w => Assert.True(w >= 0));
        Assert.All(end.Model.Parameters["dense3", "bias"].Values.ToArray(), b => Assert.True(Math.Abs(b) <= 0.01f));

        static IEnumerable<double> Norms(TrainingState<float> state, string layer)
        {
            var weights = state.Model.Parameters[layer, "weights"];
            return Enumerable.Range(0, weights.Columns)
                .Select(j => Math.Sqrt(Enumerable.Range(0, weights.Rows).Sum(i => (double)weights[i, j] * weights[i, j])));
        }
    }

    [Fact]
    public void A_wrong_constraint_is_an_error_of_the_network()
    {
        var message =
            Assert.Throws<ArgumentException>(() => new Network(1, [new Dense(1) { WeightConstraint = Constraint.MaxNorm(0) }])).Message;
        Assert.Contains("MaxNorm(0)", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Dialect.Keras, 0.1, 0.4)]
    [InlineData(Dialect.Book, 0.1, 0.4)]
    [InlineData(Dialect.PyTorch, 0.1, 0.2)]
    [InlineData(Dialect.ScikitLearn, 0.1, 0.004)]
    public void A_strength_means_what_the_system_means_by_it(Dialect dialect, double strength, double slopeAtTwo)
    {
        var gradient = new double[1];
        PenaltyTerms.Apply(Team.Single, Penalty.L2(strength, dialect, batchSize: 50), [2.0], gradient);
        Assert.Equal(slopeAtTwo, gradient[0], 1e-15);
    }

    [Fact]
    public void The_slope_of_L1_at_0_is_0_or_that_of_the_book_on_request()
    {
        Assert.Equal([3, 0, -3], Slopes(Penalty.L1(3)));
        Assert.Equal([3, 3, -3], Slopes(Penalty.L1(3) with { SlopeAtZero = 1 }));
        Assert.Throws<ArgumentException>(() => new Network(1, [new Dense(1) { WeightPenalty = Penalty.L1(3) with { SlopeAtZero = 2 } }]));

        static double[] Slopes(Penalty penalty)
        {
            var gradient = new double[3];
            Assert.Equal(9, PenaltyTerms.Apply(Team.Single, penalty, [1.0, 0, -2], gradient));
            return gradient;
        }
    }

    [Fact]
    public void Seed_002_decays_weights_and_biases_alike_and_reports_the_data_loss_alone()
    {
        var start = new Network(2, [new Dense(4), new Relu(), new Dense(1), new Sigmoid()]).Initialize<double>(1)
            .Train(new Sgd(0.01) { Momentum = 0.8, Form = MomentumForm.Average }.DecayGradient(0.5));
        var data = Generate.Circles<double>(samples: 20, noise: 0.1, seed: 1);
        var plain = (start with { Optimizer = ((GradientDecay)start.Optimizer).Inner })
            .Run(data.FullBatch().Epoch(start.Key, 0), new BinaryCrossEntropy());
        var decayed = start.Run(data.FullBatch().Epoch(start.Key, 0), new BinaryCrossEntropy());
        Assert.Equal(plain.Training, decayed.Training);

        // One step of the average: p takes 0.01·0.2·0.5·p more.
        OptimizerReferences.AssertClose([.. start.Model.Parameters.Values.ToArray().Select(p => -0.001 * p)],
            (decayed.Model.Parameters - plain.Model.Parameters).Values.ToArray(), 1e-15);
    }

    private static double[] Projected(Constraint constraint, double[] values, int rows, int columns)
    {
        double[] copy = [.. values];
        constraint.Apply<double>(Team.Single, copy, rows, columns);
        return copy;
    }
}
