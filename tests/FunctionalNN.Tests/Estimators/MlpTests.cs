namespace FunctionalNN.Tests;

/// <summary>The familiar front door: defaults, what it builds, and what a fit tells.</summary>
public class MlpTests
{
    private static readonly DataSet<float> Blobs = Generate.Blobs(30, 3, seed: 4);
    private static readonly DataSet<float> Moons = Generate.Moons(60, noise: 0.1, seed: 1);

    [Fact]
    public void Defaults_are_scikit_learns()
    {
        var mlp = new MlpClassifier();
        Assert.Equal("(100)", mlp.HiddenLayerSizes.ToString());
        Assert.Equal((MlpActivation.Relu, MlpSolver.Adam, 1e-4, null), (mlp.Activation, mlp.Solver, mlp.Alpha, mlp.BatchSize));
        Assert.Equal((MlpLearningRate.Constant, 1e-3, 0.5, 200, true),
            (mlp.LearningRate, mlp.LearningRateInit, mlp.PowerT, mlp.MaxIter, mlp.Shuffle));
        Assert.Equal((1e-4, 0.9, true, false, 0.1),
            (mlp.Tol, mlp.Momentum, mlp.NesterovsMomentum, mlp.EarlyStopping, mlp.ValidationFraction));
        Assert.Equal((0.9, 0.999, 1e-8, 10), (mlp.Beta1, mlp.Beta2, mlp.Epsilon, mlp.NIterNoChange));
        Assert.Equal(mlp, new MlpClassifier { HiddenLayerSizes = [100] });
        Assert.Equal(mlp with { HiddenLayerSizes = [64, 32] }, new MlpClassifier { HiddenLayerSizes = LayerSizes.Of([64, 32]) });
        Assert.NotEqual(mlp, mlp with { HiddenLayerSizes = 99 });
    }

    [Fact]
    public void It_builds_the_network_the_loss_and_the_optimizer()
    {
        var mlp = new MlpClassifier { HiddenLayerSizes = [5, 4], Activation = MlpActivation.Tanh, Alpha = 0.5, BatchSize = 10 };
        Dense Wide(int width) =>
            new(width)
            {
                WeightInitializer = Initializer.ScikitLearn,
                BiasInitializer = Initializer.ScikitLearn,
                WeightPenalty = Penalty.L2(0.025)
            };
        Assert.Equal(new Network(2, [Wide(5), new Tanh(), Wide(4), new Tanh(), Wide(3), new Softmax()]), mlp.NetworkFor(Blobs));
        Assert.Equal(new Network(2, [Wide(5), new Tanh(), Wide(4), new Tanh(), Wide(1), new Sigmoid()]), mlp.NetworkFor(Moons));
        Assert.IsType<CategoricalCrossEntropy>(MlpClassifier.LossFor(3));
        Assert.IsType<BinaryCrossEntropy>(MlpClassifier.LossFor(2));
        Assert.Equal(Adam.Like(Dialect.ScikitLearn), mlp.OptimizerFor(100));
        var sgd = mlp with { Solver = MlpSolver.Sgd, LearningRate = MlpLearningRate.InvScaling };
        Assert.Equal(Sgd.Like(Dialect.ScikitLearn) with { LearningRate = new InverseScaling(1e-3, 90, 10) }, sgd.OptimizerFor(90));
        Assert.Equal(200, new MlpClassifier().BatchesOf(Generate.Blobs(100, 3, seed: 1)).BatchSize);
        Assert.Equal(90, new MlpClassifier().BatchesOf(Blobs).BatchSize);
        Assert.False((mlp with { Shuffle = false }).BatchesOf(Blobs).IsShuffled);
    }

    [Fact]
    public void A_fit_is_the_pipeline_underneath()
    {
        var mlp = new MlpClassifier { HiddenLayerSizes = 8, MaxIter = 6, RandomState = 3 };
        var fitted = mlp.Fit(Blobs);
        var byHand = mlp.NetworkFor(Blobs).Initialize(3).Train(mlp.OptimizerFor(90), 3)
            .Epochs(mlp.BatchesOf(Blobs), MlpClassifier.LossFor(3)).ElementAt(5);
        Assert.Equal(byHand.Model, fitted.Model);
        Assert.Equal(6, fitted.NIter);
        Assert.Equal(byHand.Training.Loss, fitted.Loss, 1e-12);
        Assert.Equal("MaxIter 6 reached without convergence", fitted.Stopped);
        Assert.Equal(fitted.Model, mlp.Fit(Blobs, Parallelism.None).Model);
        Assert.NotEqual(fitted.Model, (mlp with { RandomState = 4 }).Fit(Blobs).Model);
    }

    [Fact]
    public void It_stops_when_the_loss_falls_no_more()
    {
        var fitted = new MlpClassifier { LearningRateInit = 0.1, MaxIter = 400, Tol = 1e-3 }.Fit(Blobs);
        Assert.Equal("no more than 0.001 better in 10 epochs", fitted.Stopped);
        var (best, stale) = (double.PositiveInfinity, 0);
        var at = fitted.LossCurve.TakeWhile(loss =>
        {
            stale = loss > best - 1e-3 ? stale + 1 : 0;
            best = Math.Min(best, loss);
            return stale <= 10;
        }).Count();
        Assert.Equal(fitted.NIter, at + 1);
        Assert.Equal(fitted.LossCurve.Min(), fitted.BestLoss);
    }

    [Fact]
    public void Early_stopping_keeps_the_best_on_rows_held_out()
    {
        var mlp = new MlpClassifier { EarlyStopping = true, LearningRateInit = 0.05, ValidationFraction = 0.3, MaxIter = 50 };
        var fitted = mlp.Fit(Moons);
        Assert.Equal(fitted.NIter, fitted.ValidationScores.Length);
        Assert.Equal(fitted.ValidationScores.IndexOf(fitted.ValidationScores.Max()) + 1, fitted.State.Epoch);
        var (_, heldOut) = Moons.SplitForStopping(0.3, 0);
        Assert.Equal(fitted.ValidationScores.Max(),
            fitted.State.Model.Predict(heldOut.InputsOf([.. Enumerable.Range(0, heldOut.Count)])).Values.ToArray()
            .Select((p, row) => (p > 0.5f ? 1 : 0) == ((ClassLabels)heldOut.Targets)[row] ? 1.0 : 0).Average(), 1e-12);
        Assert.Equal(fitted.ValidationScores.Max(), fitted.BestValidationScore);
    }

    [Fact]
    public void An_adaptive_rate_falls_on_each_plateau_and_then_ends()
    {
        var fitted =
            new MlpRegressor
            {
                Solver = MlpSolver.Sgd,
                LearningRate = MlpLearningRate.Adaptive,
                LearningRateInit = 0.01,
                HiddenLayerSizes = 4,
                MaxIter = 2000,
                NIterNoChange = 2,
                Tol = 1e-2
            }.Fit(Sine());
        Assert.Equal("no more than 0.01 better in 2 epochs", fitted.Stopped);
        Assert.InRange(fitted.State.LearningRate, 1e-7, 1e-6);
        var all =
            (new MlpRegressor { Solver = MlpSolver.Sgd, LearningRate = MlpLearningRate.Adaptive, MaxIter = 7, NIterNoChange = 1, Tol = 10 })
                .Fit(Sine());
        Assert.Equal(("MaxIter 7 reached without convergence", 7), (all.Stopped, all.NIter));
    }

    [Fact]
    public void Predictions_carry_names_and_probabilities_add_up_to_one()
    {
        var named = new DataSet<float>(Moons.Inputs, new ClassLabels(((ClassLabels)Moons.Targets).Values, 2, "upper", "lower"));
        var (train, test) = named.Split(0.25, 1);
        var fitted = new MlpClassifier { LearningRateInit = 0.03 }.Fit(train);
        var predicted = fitted.Predict(test);
        Assert.Equal(["upper", "lower"], predicted.Names.ToArray());
        var chances = fitted.PredictProbabilities(test);
        Assert.All(Enumerable.Range(0, test.Count), row =>
        {
            Assert.Equal(1, chances[row, 0] + chances[row, 1], 1e-6);
            Assert.Equal(predicted[row], chances[row, 1] > 0.5f ? 1 : 0);
        });
        var right = Enumerable.Range(0, test.Count).Count(row => predicted[row] == ((ClassLabels)test.Targets)[row]);
        Assert.Equal((double)right / test.Count, fitted.Score(test), 1e-12);
        Assert.True(fitted.Score(test) > 0.9, fitted.ToString());
        var rows = test.InputsOf(0, 1, 2);
        Assert.Equal(predicted.Values[..3].ToArray(), fitted.Predict(rows).Values.ToArray());
        Assert.Equal(3, new MlpClassifier { MaxIter = 1 }.Fit(Blobs).PredictProbabilities(rows).Columns);
    }

    [Fact]
    public void Regression_scores_by_r_squared_over_all_outputs()
    {
        var data = Sine();
        var fitted = new MlpRegressor { LearningRateInit = 0.01, MaxIter = 500 }.Fit(data);
        Assert.True(fitted.Score(data) > 0.95, fitted.ToString());
        Assert.Equal(fitted.Predict(data), fitted.Predict(data.InputsOf([.. Enumerable.Range(0, data.Count)])));
        var y = ((RealTargets<float>)data.Targets).Values;
        var both =
            new DataSet<float>(data.Inputs,
                new RealTargets<float>(Matrix.Create(data.Count, 2, (row, column) => column == 0 ? y[row, 0] : 5f)));
        var two = new MlpRegressor { LearningRateInit = 0.01, MaxIter = 300 }.Fit(both);
        Assert.Equal(2, two.Predict(both).Columns);
        Assert.InRange(two.Score(both), 0.3, 0.5);
    }

    [Fact]
    public void Each_of_several_outputs_has_the_gradient_of_one()
    {
        // scikit-learn's gradient is that of half the sum over outputs, and its reported loss half the mean.
        var (one, two) =
            (Probe.Loss(MlpRegressor.LossFor(1), Matrix.Row(3.0), new RealTargets<double>(Matrix.Row(1.0))),
                Probe.Loss(MlpRegressor.LossFor(2), Matrix.Row(3.0, 3), new RealTargets<double>(Matrix.Row(1.0, 1))));
        Assert.Equal((2.0, 2.0), (one.Item1, one.Item2[0, 0]));
        Assert.Equal((4.0, 2.0, 2.0), (two.Item1, two.Item2[0, 0], two.Item2[0, 1]));
    }

    [Fact]
    public void Divergence_is_told_and_the_last_good_model_kept()
    {
        var data =
            new DataSet<float>(Matrix.Create(10, 1, (row, _) => row == 7 ? float.NaN : row),
                new ClassLabels([0, 1, 0, 1, 0, 1, 0, 1, 0, 1], 2));
        var fitted = new MlpClassifier().Fit(data);
        Assert.StartsWith("diverged at step 0, row 7: inputs value is NaN at position", fitted.Stopped, StringComparison.Ordinal);
        Assert.True(fitted.Divergence.IsSome);
        Assert.Equal(0, fitted.NIter);
        Assert.True(double.IsNaN(fitted.Loss) && double.IsNaN(fitted.BestLoss));
    }

    [Fact]
    public void Unscaled_inputs_get_a_remark()
    {
        var data =
            new DataSet<float>(Matrix.Create(50, 2, (row, column) => column == 0 ? row / 50f : row * 100f),
                new ClassLabels([.. Enumerable.Range(0, 50).Select(row => row % 2)], 2));
        var fitted = new MlpClassifier { MaxIter = 2 }.Fit(data);
        Assert.Equal(
            "inputs are not scaled: column 1 has a root mean square of 2843; training goes better with Scaler.Standard(train).Apply(…)",
            fitted.ScaleRemark);
        Assert.True(new MlpClassifier { MaxIter = 2 }.Fit(Scaler.Standard(data).Apply(data)).ScaleRemark.IsNone);
        var lines = fitted.ToString().Split(Environment.NewLine);
        Assert.Equal("MlpClassifier, 2 inputs, hidden (100), 1 outputs, 401 parameters", lines[0]);
        Assert.Matches(@"^2 epochs, loss \d+\.\d{4}: MaxIter 2 reached without convergence$", lines[1]);
        Assert.StartsWith("inputs are not scaled", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Folds_are_scored_in_parallel_with_the_same_result()
    {
        var mlp = new MlpClassifier { LearningRateInit = 0.03, MaxIter = 20 };
        var scores = mlp.CrossValidate(Moons, 4, seed: 2);
        Assert.Equal(scores, mlp.CrossValidate(Moons, 4, seed: 2, Parallelism.None));
        Assert.Equal(4, new MlpRegressor { MaxIter = 3 }.CrossValidate(Sine(), 4).Count);
    }

    [Fact]
    public void Everything_wrong_comes_at_once()
    {
        var message = Assert.Throws<ArgumentException>(() => new MlpClassifier
        {
            HiddenLayerSizes = [3, 0],
            Alpha = -1,
            BatchSize = 0,
            LearningRateInit = double.NaN,
            PowerT = 0,
            MaxIter = 0,
            Tol = -1,
            ValidationFraction = 1,
            NIterNoChange = 0,
            Beta1 = 1,
            Epsilon = -1,
        }.Fit(Moons)).Message;
        Assert.Equal(
            [
                "HiddenLayerSizes is (3, 0), expected widths of 1 or more",
                "Alpha is -1, expected a finite number of 0 or more",
                "BatchSize is 0, expected 1 or more, or null for min(200, rows)",
                "LearningRateInit is NaN, expected a finite number above 0",
                "PowerT is 0, expected a finite number above 0",
                "MaxIter is 0, expected 1 or more",
                "Tol is -1, expected 0 or more",
                "ValidationFraction is 1, expected above 0 and below 1",
                "NIterNoChange is 0, expected 1 or more",
                "the learning rate is NaN, expected a finite number of 0 or more",
                "β₁ is 1, expected 0 ≤ β₁ < 1",
                "ε is -1, expected a finite number of 0 or more",
            ],
            message.Split(Environment.NewLine));
    }

    [Fact]
    public void Data_that_does_not_fit_is_an_error()
    {
        var sine = Sine();
        Assert.Equal("MlpClassifier takes class labels, the data has 50 × 1 targets: use MlpRegressor, or make them ClassLabels",
            Message(() => new MlpClassifier().Fit(Sine())));
        Assert.Equal("MlpRegressor takes real targets, the data has 120 labels of 2 classes: use MlpClassifier, or make them RealTargets",
            Message(() => new MlpRegressor().Fit(Moons)));
        Assert.Equal("the data has no rows: there is nothing to learn from", Message(() => new MlpClassifier().Fit(Moons.Take(0))));
        Assert.Equal("all 2 rows are of the class b: there is nothing to tell apart",
            Message(() => new MlpClassifier().Fit(new DataSet<float>(Matrix.Zeros<float>(2, 1), new ClassLabels([1, 1], 2, "a", "b")))));
        Assert.Equal(
            "EarlyStopping with the ValidationFraction 0.1 divides 3 rows into 3 to learn from and 0 held out: give more rows, or "
                + "another fraction",
            Message(() => new MlpRegressor { EarlyStopping = true }.Fit(Sine().Take(3))));
        Assert.StartsWith("a network is fitted on training data, and this is the test part",
            Message(() => new MlpClassifier().Fit(Moons.Split(0.5, 1).Test)), StringComparison.Ordinal);
        Assert.StartsWith("these rows were oversampled before the split",
            Message(() => new MlpClassifier { EarlyStopping = true }.Fit(Moons.Oversampled(1))), StringComparison.Ordinal);
        Assert.StartsWith("the model has learned from all rows",
            Message(() => new MlpClassifier { EarlyStopping = true, MaxIter = 1 }.Fit(Moons).Score(Moons.Split(0.5, 1).Test)),
            StringComparison.Ordinal);
        Assert.StartsWith("the model has learned from all rows",
            Message(() => new MlpRegressor { MaxIter = 1 }.Fit(sine).Score(sine.Split(0.5, 1).Test)), StringComparison.Ordinal);
        Assert.Equal("the rows are 1 wide, the network takes 2 inputs",
            Message(() => new MlpClassifier { MaxIter = 1 }.Fit(Moons).Predict(Sine())));

        static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
    }

    private static DataSet<float> Sine() => Generate.Sine(50);
}
