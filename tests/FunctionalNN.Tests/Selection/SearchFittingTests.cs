using System.Globalization;
using System.Text;

namespace FunctionalNN.Tests;

/// <summary>Grid and random search over estimators and whole recipes.</summary>
public sealed class SearchFittingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_grid_tries_every_combination_and_ranks_them()
    {
        var (learner, train) = Customer();
        var found = new GridSearch<TableLearner>(learner, new ParameterSpace<TableLearner>()
            .Over("Scaling", [Scaling.Standard, Scaling.Robust], (one, value) => one with
            {
                Recipe = one.Recipe.With(new NumberColumn("income") { Log = true, Scaling = value, Gaps = Gaps.Median, MarksGaps = true }),
            })
            .Over("Width", [0, 6], (one, value) => one with { Hidden = value == 0 ? [] : [new Dense(value), new Relu()] })
            .Over("Penalty", [0.0, 1.0], (one, value) => one with
            {
                Hidden = [.. one.Hidden.Select(layer => layer is Dense dense ? dense with { WeightPenalty = Penalty.L2(value) } : layer)],
            }))
        { Cv = 3, Scoring = Scoring.RocAuc }.Fit(train);
        Assert.Equal(8, found.Results.Length);
        Assert.Equal("Scaling = Standard, Width = 0, Penalty = 1", string.Join(", ", found.Results[1].Parameters));
        Assert.Equal(found.Results.Max(result => result.MeanScore), found.BestScore);
        Assert.Equal(1, found.Best.Rank);
        Assert.All(found.Results,
            result => Assert.Equal(1 + found.Results.Count(other => other.MeanScore > result.MeanScore), result.Rank));

        // The same as by hand, and the best on all rows.
        Assert.Equal(found.Best.Estimator.CrossValidate(train, 3, Scoring.RocAuc).Scores.ToArray(), found.Best.Scores.ToArray());
        Assert.Equal(found.Best.Estimator.Fit(train), found.BestEstimator);
        Assert.True(found.BestEstimator.Verify(train).IsSame);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        var (learner, train) = Customer();
        var search = new RandomSearch<TableLearner>(learner, new ParameterSpace<TableLearner>()
            .LogUniform("Rate", 1e-3, 0.1, (one, value) => one with { Optimizer = new Adam(value) })
            .Whole("BatchSize", 8, 64, (one, value) => one with { BatchSize = value })
            .Over("Hidden", ["narrow", "wide"], (one, value) => one with { Hidden = [new Dense(value == "wide" ? 8 : 2), new Tanh()] }))
        {
            NIter = 4,
            Cv = 3,
            RandomState = 5,
        };
        var (alone, together) = (search.Fit(train, Parallelism.None), search.Fit(train, new Parallelism(3)));
        Assert.Equal(alone.ToCsv(), together.ToCsv());
        Assert.Equal(alone.BestEstimator, together.BestEstimator);
        Assert.Equal(4, alone.Results.Select(result => string.Join(",", result.Parameters)).Distinct().Count());

        // More of them begin with the same.
        Assert.Equal(alone.Results.Select(result => string.Join(",", result.Parameters)),
            (search with { NIter = 6, Refit = false }).Fit(train).Results.Take(4).Select(result => string.Join(",", result.Parameters)));
    }

    [Fact]
    public void The_table_sorts_and_saves()
    {
        var (learner, train) = Customer();
        var found = new GridSearch<TableLearner>(learner with { Epochs = 1 }, new ParameterSpace<TableLearner>()
            .Over("Batch, rows", [9, 100, 20], (one, value) => one with { BatchSize = value }))
        { Cv = 2, Refit = false }.Fit(train);
        Assert.Equal(["9", "20", "100"], found.SortedBy("Batch, rows").Select(result => result.Parameters[0].Value));
        Assert.Contains("did you mean \"Batch, rows\"?", Assert.Throws<ArgumentException>(() => found.SortedBy("Batch, row")).Message,
            StringComparison.Ordinal);
        found.SaveCsv(folder["found.csv"]).OrThrow();
        var lines = File.ReadAllLines(folder["found.csv"]);
        Assert.Equal("\"param_Batch, rows\",split0_test_score,split1_test_score,mean_test_score,std_test_score,rank_test_score,error",
            lines[0]);
        var read = Table.Read(folder["found.csv"]).OrThrow();
        Assert.Equal(3, read.Count);
        Assert.Equal(found.Results[1].MeanScore, double.Parse((string)read.Row(1)["mean_test_score"]!, CultureInfo.InvariantCulture));
        Assert.Contains("Refit = true", Assert.Throws<InvalidOperationException>(() => found.BestEstimator).Message,
            StringComparison.Ordinal);
        Assert.Contains("rank", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_combination_that_fails_is_a_row_that_says_so()
    {
        var (learner, train) = Customer();
        var found = new GridSearch<TableLearner>(learner with { Epochs = 1 }, new ParameterSpace<TableLearner>()
            .Over("BatchSize", [0, 20], (one, value) => one with { BatchSize = value }))
        { Cv = 2 }.Fit(train);
        Assert.Equal(2, found.Results[0].Rank);
        Assert.Contains("BatchSize 0: give numbers of 1 or more", found.Results[0].Fault, StringComparison.Ordinal);
        Assert.Equal("20", found.BestParameters[0].Value);
        Assert.Contains("all of 1 combinations failed, the first with ArgumentException: the scoring r2 is of a quantity",
            Assert.Throws<ArgumentException>(() => new GridSearch<TableLearner>(learner with { Epochs = 1 },
                new ParameterSpace<TableLearner>())
            { Scoring = Scoring.R2 }.Fit(train)).Message, StringComparison.Ordinal);
        Assert.Contains("Rate is drawn from a range", Assert.Throws<ArgumentException>(() => new GridSearch<TableLearner>(learner,
            new ParameterSpace<TableLearner>().Uniform("Rate", 0, 1, (one, _) => one)).Fit(train)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterSpace<TableLearner>().Uniform("Rate", 1, 0, (one, _) => one));
        Assert.Contains("did you mean \"roc_auc\"?", Assert.Throws<ArgumentException>(() => Scoring.Named("roc_au")).Message,
            StringComparison.Ordinal);
        Assert.All(Scoring.All, scoring => Assert.Same(scoring, Scoring.Named(scoring.Name)));
    }

    [Fact]
    public void Estimators_are_searched_on_data_sets_and_on_tables()
    {
        var data = Generate.Moons(120, 0.2, seed: 1);
        var space = new ParameterSpace<MlpClassifier>().Over<LayerSizes>("HiddenLayerSizes", [[], [16]],
            (mlp, value) => mlp with { HiddenLayerSizes = value });
        var mlp = new MlpClassifier { MaxIter = 60, LearningRateInit = 0.02 };
        var found = new GridSearch<MlpClassifier>(mlp, space) { Cv = 3 }.Fit(data);
        Assert.Equal("(16)", found.BestParameters[0].Value);
        Assert.Equal((mlp with { HiddenLayerSizes = 16 }).CrossValidate(data, 3).Scores.ToArray(), found.Best.Scores.ToArray());
        Assert.Equal((mlp with { HiddenLayerSizes = 16 }).Fit(data).Score(data), found.BestEstimator.Score(data));

        var (learner, train) = Customer();
        var table = new GridSearch<TableMlp>(new TableMlp(learner.Recipe, new MlpClassifier { MaxIter = 5, HiddenLayerSizes = 4 }),
            new ParameterSpace<TableMlp>().Over("Alpha", [0.0, 1.0], (one, value) =>
                one with { Mlp = (MlpClassifier)one.Mlp with { Alpha = value } }))
        {
            Cv = 3,
            Scoring = Scoring.BalancedAccuracy
        }.Fit(train);
        Assert.Equal(2, table.Results.Length);
        Assert.True(table.BestEstimator.Verify(train).IsSame, $"{table.BestEstimator.Verify(train)}");
        var numbers = new GridSearch<MlpRegressor>(new MlpRegressor { MaxIter = 20 }, new ParameterSpace<MlpRegressor>()
            .Over("LearningRateInit", [0.01, 1e-9], (one, value) => one with { LearningRateInit = value }))
        { Cv = 3 }
            .Fit(Generate.Sine(60));
        Assert.Equal("0.01", numbers.BestParameters[0].Value);
    }

    [Fact]
    public void Patience_holds_out_a_part_that_the_columns_do_not_see()
    {
        var (learner, train) = Customer();
        var pipeline = (learner with { Patience = 2, Epochs = 40, ValidationFraction = 0.25, Seed = 3 }).Fit(train);
        Assert.Equal(learner.Recipe.Fit(train.Split("churned", 0.25, 3).Training).OrThrow(), pipeline.Encoding);
        var compared = TableLearner.Compare([("slow", learner with { Optimizer = new Sgd(1e-6) }), ("usual", learner)],
            train.Split("churned", 0.25, 3).Training, train.Split("churned", 0.25, 3).Test, epochs: 4);
        Assert.Equal("usual", compared.Ranked.First().Name);
        Assert.Equal(4, compared.Trials[0].Curve.Length);
        compared.SaveCsv(folder["runs.csv"]).OrThrow();
        var runs = Table.Read(folder["runs.csv"]).OrThrow();
        Assert.Equal("slow", runs.Row(0)["run"]);
        Assert.Equal(compared.Trials[1].Score, double.Parse((string)runs.Row(1)["score"]!, CultureInfo.InvariantCulture));
    }

    private (TableLearner Learner, Table Train) Customer()
    {
        var table = Table.Read(folder.Write("c.csv", Encoding.UTF8.GetBytes(Customers.Csv(200, 3)))).OrThrow();
        var train = table.Split("churned", 0.2, seed: 1).Training;
        return (new TableLearner(TableRecipe.Propose(train, "churned").OrThrow(), new Dense(4), new Relu())
        {
            Epochs = 3,
            Optimizer = new Adam(0.01),
        }, train);
    }
}
