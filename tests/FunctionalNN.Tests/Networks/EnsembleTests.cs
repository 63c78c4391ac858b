namespace FunctionalNN.Tests;

/// <summary>Several models as one: averages and votes against a few lines of plain code.</summary>
public class EnsembleTests
{
    private static readonly DataSet<float> Blobs = Generate.Blobs(samples: 70, classes: 3, seed: 0);
    private static readonly Network Network = new(2, [new Dense(6), new Tanh(), new Dense(3), new Softmax()]);
    private static readonly Model<float>[] Models =
        [.. Enumerable.Range(1, 4)
            .Select(seed => Network.Initialize(seed).Train(new Adam(0.01), seed).Epochs(Blobs.Shuffled(16), new CategoricalCrossEntropy())
                .Take(2).Last().Model)];

    private static Matrix<float> Inputs => Blobs.InputsOf([.. Enumerable.Range(0, Blobs.Count)]);

    [Fact]
    public void The_average_is_the_mean_of_the_outputs()
    {
        var ensemble = new Ensemble<float>([.. Models]);
        var outputs = Models.Select(model => model.Predict(Inputs)).ToArray();
        var mean = ensemble.Predict(Inputs);
        for (var row = 0; row < mean.Rows; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                Assert.Equal(outputs.Average(output => output[row, column]), mean[row, column], 1e-6f);
            }
        }

        Assert.Equal(Enumerable.Range(0, mean.Rows).Select(row => Array.IndexOf(mean.Row(row).ToArray(), mean.Row(row).ToArray().Max())),
            ensemble.PredictClasses(Inputs).Values.ToArray());
    }

    [Fact]
    public void The_majority_has_the_most_votes_and_ties_go_to_the_least_class()
    {
        var ensemble = new Ensemble<float>([.. Models], Vote.Majority);
        var votes = Models.Select(model => model.PredictClasses(Inputs)).ToArray();
        var expected = Enumerable.Range(0, Blobs.Count)
            .Select(row => votes.GroupBy(vote => vote[row]).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
                .First().Key).ToArray();
        Assert.Contains(Enumerable.Range(0, Blobs.Count), row => votes.Select(vote => vote[row]).Distinct().Count() > 1);
        Assert.Equal(expected, ensemble.PredictClasses(Inputs).Values.ToArray());
        Assert.Equal(expected.Zip(((ClassLabels)Blobs.Targets).Values.ToArray()).Count(pair => pair.Item1 == pair.Item2),
            ensemble.Evaluate(Blobs, new CategoricalCrossEntropy()).Correct);
        Assert.All(Enumerable.Range(0, Blobs.Count), row => Assert.Equal(1, ensemble.Predict(Inputs).Row(row).ToArray().Sum(), 1e-6f));
    }

    [Fact]
    public void Evaluation_judges_the_average()
    {
        var ensemble = new Ensemble<float>([.. Models]);
        var (mean, labels) = (ensemble.Predict(Inputs), (ClassLabels)Blobs.Targets);
        var metrics = ensemble.Evaluate(Blobs, new CategoricalCrossEntropy());
        Assert.Equal(Enumerable.Range(0, Blobs.Count).Average(row => -Math.Log(mean[row, labels[row]])), metrics.Loss, 1e-5);
        Assert.Equal((double)Blobs.Count, metrics.Predictions);

        // By Jensen's inequality the mean of probabilities is never worse than the models' mean.
        Assert.InRange(metrics.Loss, 0, Models.Average(model => model.Evaluate(Blobs, new CategoricalCrossEntropy()).Loss));
    }

    [Fact]
    public void An_ensemble_of_one_is_the_model_and_of_equals_the_same()
    {
        Assert.Equal(Models[0].Predict(Inputs), new Ensemble<float>([Models[0]]).Predict(Inputs));
        Assert.Equal(Models[0].Predict(Inputs), new Ensemble<float>([Models[0], Models[0]]).Predict(Inputs));
        Assert.Equal(Models[0].PredictClasses(Inputs), new Ensemble<float>([Models[0]], Vote.Majority).PredictClasses(Inputs));
        var one = new Ensemble<float>([Models[0]]).Evaluate(Blobs, new CategoricalCrossEntropy());
        Assert.Equal(Models[0].Evaluate(Blobs, new CategoricalCrossEntropy()).Loss, one.Loss, 1e-5);
    }

    [Fact]
    public void One_output_is_a_class_above_a_half()
    {
        var network = new Network(1, [new Dense(1), new Sigmoid()]);
        Model<float> With(float bias) =>
            network.Initialize(0).With("dense1", "weights", Matrix.Row(0f)).With("dense1", "bias", Matrix.Row(bias));
        Ensemble<float> two = new([With(1), With(1), With(-9)]);
        Assert.Equal([0], two.PredictClasses(Matrix.Row(0f)).Values.ToArray());
        Assert.Equal([1], (two with { Vote = Vote.Majority }).PredictClasses(Matrix.Row(0f)).Values.ToArray());
        Assert.Equal(2 / 3f, (two with { Vote = Vote.Majority }).Predict(Matrix.Row(0f))[0, 0], 1e-6f);
    }

    [Fact]
    public void Weights_of_rows_count_in_the_loss()
    {
        var weighted = Blobs.Weighted<float>(Enumerable.Range(0, Blobs.Count).Select(row => row % 3f).ToArray());
        var ensemble = new Ensemble<float>([Models[0]]);
        Assert.Equal(Models[0].Evaluate(weighted, new CategoricalCrossEntropy()).Loss,
            ensemble.Evaluate(weighted, new CategoricalCrossEntropy()).Loss, 1e-5);
    }

    [Fact]
    public void Wrong_ensembles_say_what_was_expected()
    {
        Assert.Equal("an ensemble takes one model or more, none was given",
            Assert.Throws<ArgumentException>(() => new Ensemble<float>([])).Message);
        var other = new Network(2, [new Dense(4), new Softmax()]).Initialize(0);
        Assert.Equal(
            "model 2 of the ensemble takes 2 inputs to 4 outputs, model 0 takes 2 to 3: all must be the same",
            Assert.Throws<ArgumentException>(() => new Ensemble<float>([Models[0], Models[1], other])).Message);
        Assert.StartsWith("the rows are 3 wide",
            Assert.Throws<ArgumentException>(() => new Ensemble<float>([.. Models]).Predict(Matrix.Row(1f, 2, 3))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Ensemble<float>([.. Models]).Evaluate(Blobs.Take(0), new CategoricalCrossEntropy()));
        Assert.Equal("ensemble of 4 models by the average of outputs, 2 inputs → 3 outputs", new Ensemble<float>([.. Models]).ToString());
    }
}
