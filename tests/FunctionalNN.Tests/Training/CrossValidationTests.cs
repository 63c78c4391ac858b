namespace FunctionalNN.Tests;

/// <summary>Folds in parallel, and a result that does not show it.</summary>
public class CrossValidationTests
{
    private static readonly DataSet<double> Data = Generate.Blobs<double>(20, 3, seed: 4);

    [Fact]
    public void The_result_does_not_depend_on_the_threads()
    {
        var network = new Network(2, [new Dense(8), new Relu(), new Dense(3), new Softmax()]);
        var loss = new CategoricalCrossEntropy();
        var one = Scores(Parallelism.None);
        Assert.Equal(one, Scores(new Parallelism(4)));
        Assert.Equal(one, Scores(null));
        Assert.Equal([.. Data.KFold(4, 7).Select(Score)], one.Scores.ToArray());
        Assert.NotEqual(one, Data.CrossValidate(4, Score, seed: 8));

        CrossValidation<Metrics> Scores(Parallelism? parallelism) => Data.CrossValidate(4, Score, seed: 7, parallelism);

        Metrics Score(Fold<double> fold)
        {
            var scaler = Scaler.Standard(fold.Training);
            return network.Initialize<double>(1).Train(new Adam(0.01)).Epochs(scaler.Apply(fold.Training).Shuffled(16), loss)
                .ElementAt(5).Model.Evaluate(scaler.Apply(fold.HeldOut), loss);
        }
    }

    [Fact]
    public void A_leak_in_a_fold_is_an_error()
    {
        var scaler = Scaler.Standard(Data);
        Assert.Contains("fitted before the split",
            Assert.Throws<ArgumentException>(() => Data.CrossValidate(3, fold => scaler.Apply(fold.HeldOut).Count)).Message,
            StringComparison.Ordinal);
        Assert.Contains("before the split",
            Assert.Throws<ArgumentException>(() => scaler.Apply(Data).CrossValidate(3, fold => 1.0)).Message, StringComparison.Ordinal);
        Assert.Contains("validation part",
            Assert.Throws<ArgumentException>(() => Data.CrossValidate(3, fold => Scaler.Standard(fold.HeldOut).Rows)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_fold_that_fails_is_the_one_that_is_told()
    {
        var failure =
            Assert.Throws<InvalidOperationException>(() =>
                Data.CrossValidate<double, int>(5,
                    fold => fold.Number > 1 ? throw new InvalidOperationException($"fold {fold.Number}") : 1));
        Assert.Equal("fold 2", failure.Message);
    }

    [Fact]
    public void Scores_print_with_their_spread()
    {
        var scores = Data.CrossValidate(3, fold => fold.Number / 10.0);
        Assert.Equal(["fold 1: 0.1000", "fold 2: 0.2000", "fold 3: 0.3000", "all: 0.2000 ± 0.1000 (n = 3)"],
            scores.ToString().Split(Environment.NewLine));
        Assert.Equal((3, 0.2), (scores.Count, scores[1]));
        Assert.Equal(0.1, scores.Spread(score => score).StandardDeviation, 1e-15);
        Assert.Equal(["fold 1: 20", "fold 2: 20", "fold 3: 20"],
            Data.CrossValidate(3, fold => fold.HeldOut.Count).ToString().Split(Environment.NewLine));
    }
}
