using System.Collections.Concurrent;
using System.Collections.Immutable;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>In a search nothing is fitted outside of a fold: what a fold learns follows from its training rows alone.</summary>
public sealed class FoldLeakLaws
{
    private const int Folds = 4;

    /// <summary>The columns of each fold are the recipe fitted on that fold's training rows, and their numbers stay whatever the rows that
    /// are held out hold.</summary>
    [Property(MaxTest = 10)]
    public void A_fold_learns_from_its_training_rows_alone(int seed)
    {
        var key = new Key((ulong)seed);
        var rows = Rows(key, 60);
        var table = Table.Of(rows);
        var learner = new TableLearner(RecipeOf(key), new Dense(3), new Tanh()) { Epochs = 2, Seed = seed };
        var whole = new Recorder(learner);
        var found = new GridSearch<Recorder>(whole, new ParameterSpace<Recorder>()
            .Over("BatchSize", [8, 60], (one, value) => one.With(inner => inner with { BatchSize = value })))
        {
            Cv = Folds,
            RandomState = seed,
        }.Fit(table);
        var folds = table.KFold("y", Folds, seed);
        Assert.Equal((2 * Folds) + 1, whole.Fitted.Count);
        Assert.Equal(learner.Recipe.Fit(table).OrThrow(), found.BestEstimator.Encoding);
        foreach (var fold in folds)
        {
            var expected = learner.Recipe.Fit(fold.Training).OrThrow();
            Assert.Equal(2, whole.Fitted.Count(pipeline => pipeline.Encoding.Equals(expected)));
            var spoilt = Table.Of(rows.Select((row, i) => IsHeldOut(fold, row) ? Spoilt(row, key.Fold(i)) : row));
            var again = new Recorder(learner with { BatchSize = 8 });
            _ = again.CrossValidate(spoilt, Folds, seed: seed);
            Assert.Contains(again.Fitted, pipeline => whole.Fitted.Any(other => other.Equals(pipeline) && other.Encoding.Equals(expected)));
        }
    }

    /// <summary>A scaler that knows the target: each category of noise becomes the mean of the target over its rows. Fitted on all rows it
    /// tells much of classes that nothing tells; within the folds it tells nothing.</summary>
    [Fact]
    public void A_planted_leak_does_not_raise_the_score()
    {
        var key = new Key(3);
        var table = Table.Of(Enumerable.Range(0, 240).Select(i => new Dictionary<string, object?>
        {
            ["c"] = $"k{key.Below(120, i)}",
            ["y"] = key.Fold(1).Below(2, i) == 0 ? "p" : "q",
        }));
        var within = new GridSearch<TargetScaled>(new TargetScaled(), new ParameterSpace<TargetScaled>().Over("Seed", [1, 2],
            (one, value) => one with { Seed = value }))
        { Cv = 5 }.Fit(table);
        Assert.InRange(within.BestScore, 0.3, 0.6);
        var outside = TargetScaled.Scaled(table, table).CrossValidate("y", 5, fold =>
            Scoring.Accuracy.Of(TargetScaled.Learner(1).Fit(fold.Training).Report(fold.HeldOut)));
        Assert.True(outside.Spread(score => score).Mean > 0.7, $"{outside}");
    }

    [Fact]
    public void Columns_that_were_fitted_before_the_folds_are_refused()
    {
        var table = Table.Of(Rows(new Key(1), 40));
        var encoding = RecipeOf(new Key(1)).Fit(table).OrThrow();
        Assert.Contains("was fitted before the split", Assert.Throws<ArgumentException>(() => table.CrossValidate("y", 4, fold =>
            encoding.Encode<float>(fold.HeldOut).OrThrow().Count)).Message, StringComparison.Ordinal);
        Assert.Contains("is fitted on training data", Assert.Throws<ArgumentException>(() => table.CrossValidate("y", 4, fold =>
            new TableLearner(RecipeOf(new Key(1))).Fit(fold.HeldOut))).Message, StringComparison.Ordinal);
    }

    private static TableRecipe RecipeOf(Key key) => new()
    {
        Columns =
        [
            new NumberColumn("a") { Scaling = key.Fold(7).Below(2, 0) == 0 ? Scaling.Standard : Scaling.Robust, ClipShare = 0.05 },
            new NumberColumn("b") { Scaling = Scaling.MinMax, Gaps = Gaps.Median, MarksGaps = true },
            new CategoryColumn("c") { RareBelow = 3, Unseen = UnseenCategory.Other, Gaps = Gaps.MostFrequent },
        ],
        Target = TargetColumn.OfClasses("y"),
    };

    private static ImmutableArray<Dictionary<string, object?>> Rows(Key key, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Dictionary<string, object?>
        {
            ["row"] = (double)i,
            ["a"] = key.Normal(i),
            ["b"] = key.Fold(1).Below(5, i) == 0 ? null : Math.Exp(key.Fold(2).Normal(i)),
            ["c"] = $"k{key.Fold(3).Below(6, i)}",
            ["y"] = i % 3 == 0 ? "p" : "q",
        }),
    ];

    private static bool IsHeldOut(TableFold fold, Dictionary<string, object?> row) =>
        Enumerable.Range(0, fold.HeldOut.Count).Any(at => fold.HeldOut.Row(at)["row"]!.Equals(row["row"]));

    private static Dictionary<string, object?> Spoilt(Dictionary<string, object?> row, Key key) =>
        new(row) { ["a"] = 1000 * key.Normal(0), ["b"] = key.Below(2, 1) == 0 ? null : 1e6, ["c"] = $"other{key.Below(3, 2)}" };

    /// <summary>Keeps what each fold learned.</summary>
    private sealed record Recorder(TableLearner Inner) : ITableEstimator
    {
        public ConcurrentBag<Pipeline<float>> Fitted { get; private init; } = [];

        public TableRecipe Recipe => Inner.Recipe;

        public Recorder With(Func<TableLearner, TableLearner> change) => this with { Inner = change(Inner) };

        public Pipeline<float> Fit(Table trainingRows, Parallelism? parallelism = null)
        {
            var pipeline = Inner.Fit(trainingRows, parallelism);
            Fitted.Add(pipeline);
            return pipeline;
        }
    }

    /// <summary>Learns from the category's mean of the target, over the rows it is given.</summary>
    private sealed record TargetScaled : ITableEstimator
    {
        public int Seed { get; init; }

        public TableRecipe Recipe => Learner(Seed).Recipe;

        public static TableLearner Learner(int seed) => new(new TableRecipe
        {
            Columns = [new NumberColumn("m")],
            Target = TargetColumn.OfClasses("y"),
        })
        { Epochs = 30, Optimizer = new Adam(0.05), Seed = seed };

        /// <summary>The rows with a column more: the mean of the target among the rows of their category in the table that it is taken
        /// from; ½ where that has none.</summary>
        public static Table Scaled(Table rows, Table from)
        {
            var means = Enumerable.Range(0, from.Count).Select(from.Row).GroupBy(row => (string)row["c"]!)
                .ToDictionary(group => group.Key, group => group.Average(row => (string)row["y"]! == "q" ? 1.0 : 0.0));
            return Table.Of(Enumerable.Range(0, rows.Count).Select(rows.Row).Select(row => new Dictionary<string, object?>(row)
            {
                ["m"] = means.GetValueOrDefault((string)row["c"]!, 0.5),
            }));
        }

        /// <summary>The means are a part of what is fitted: a category stands for its mean.</summary>
        public Pipeline<float> Fit(Table trainingRows, Parallelism? parallelism = null)
        {
            var means = Enumerable.Range(0, trainingRows.Count).Select(trainingRows.Row).GroupBy(row => (string)row["c"]!)
                .Select(group => (Name: group.Key, Mean: group.Average(row => (string)row["y"]! == "q" ? 1.0 : 0.0)))
                .OrderBy(pair => pair.Mean).ThenBy(pair => pair.Name, StringComparer.Ordinal);
            return (Learner(Seed) with
            {
                Recipe = new TableRecipe
                {
                    Columns =
                    [
                        new CategoryColumn("c")
                        {
                            Encoding = CategoryEncoding.Ordinal,
                            Categories = [.. means.Select(pair => pair.Name)],
                            Unseen = UnseenCategory.Zeros,
                            Limit = 200,
                        },
                    ],
                    Target = TargetColumn.OfClasses("y"),
                },
            }).Fit(trainingRows, parallelism);
        }
    }
}
