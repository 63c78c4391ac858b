using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Cross-validates estimators, and searches.</summary>
public static class SearchFitting
{
    /// <summary>Fits on each fold's training rows, columns and network, and measures on those held out: folds in parallel.</summary>
    /// <param name="estimator">What is measured.</param>
    /// <param name="table">As it came, or a training part.</param>
    /// <param name="folds">k, 2 or more.</param>
    /// <param name="scoring">What is measured; by default the accuracy of classes and R² of quantities.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <param name="parallelism">How many folds at a time, one a core by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The table cannot be split, or the first fold that failed threw it.</exception>
    public static CrossValidation<double> CrossValidate(this ITableEstimator estimator, Table table, int folds = 5, Scoring? scoring = null,
        int seed = 0, Parallelism? parallelism = null)
    {
        var target = TargetOf(estimator);
        var measure = scoring ?? Scoring.DefaultFor(target.IsQuantity);
        return table.CrossValidate(target.Name, folds, fold => measure.Of(estimator.Fit(fold.Training).Report(fold.HeldOut)), seed,
            parallelism);
    }

    /// <summary>Measures every combination by cross-validation, and fits the best on all rows: combinations and folds in
    /// parallel.</summary>
    /// <param name="search">The search.</param>
    /// <param name="table">As it came, or a training part.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The table cannot be split, or every combination failed; the message says how.</exception>
    public static SearchResults<TEstimator, Pipeline<float>> Fit<TEstimator>(this ParameterSearch<TEstimator> search, Table table,
        Parallelism? parallelism = null)
        where TEstimator : class, ITableEstimator
    {
        var points = search.Points();
        var target = TargetOf(points[0].Estimator);
        var (folds, scoring) =
            (table.KFold(target.Name, search.Cv, search.RandomState), search.Scoring ?? Scoring.DefaultFor(target.IsQuantity));
        return SearchRun.Of<TEstimator, Pipeline<float>>(points, folds.Length, scoring,
            (estimator, fold) => estimator.Fit(folds[fold].Training).Report(folds[fold].HeldOut),
            search.Refit ? estimator => estimator.Fit(table, parallelism) : null, parallelism);
    }

    /// <summary>Measures every combination by cross-validation on a data set, and fits the best on all rows.</summary>
    /// <param name="search">The search.</param>
    /// <param name="data">As it came, or a training part; scaled, if at all, before and by other rows. To scale within each fold, search
    /// over a <see cref="TableMlp"/>.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The data cannot be split, or every combination failed; the message says how.</exception>
    public static SearchResults<MlpClassifier, FittedMlpClassifier<T>> Fit<T>(this ParameterSearch<MlpClassifier> search, DataSet<T> data,
        Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var folds = data.KFold(search.Cv, search.RandomState);
        return SearchRun.Of<MlpClassifier, FittedMlpClassifier<T>>(search.Points(), folds.Length, search.Scoring ?? Scoring.Accuracy,
            (mlp, fold) =>
            {
                var fitted = mlp.Fit(folds[fold].Training);
                return ClassificationReport.Of(fitted.PredictProbabilities(folds[fold].HeldOut), MlpTraining.Labels(folds[fold].HeldOut));
            },
            search.Refit ? mlp => mlp.Fit(data, parallelism) : null, parallelism);
    }

    /// <inheritdoc cref="Fit{T}(ParameterSearch{MlpClassifier}, DataSet{T}, Parallelism?)"/>
    public static SearchResults<MlpRegressor, FittedMlpRegressor<T>> Fit<T>(this ParameterSearch<MlpRegressor> search, DataSet<T> data,
        Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var folds = data.KFold(search.Cv, search.RandomState);
        return SearchRun.Of<MlpRegressor, FittedMlpRegressor<T>>(search.Points(), folds.Length, search.Scoring ?? Scoring.R2,
            (mlp, fold) => RegressionReport.Of(mlp.Fit(folds[fold].Training).Predict(folds[fold].HeldOut),
                new RealTargets<T>(MlpTraining.Targets(folds[fold].HeldOut))),
            search.Refit ? mlp => mlp.Fit(data, parallelism) : null, parallelism);
    }

    private static TargetColumn TargetOf(ITableEstimator estimator) => estimator.Recipe.Target
        ?? throw new ArgumentException("the recipe names nothing to predict: set Target in the recipe");
}

/// <summary>Measures combinations on folds.</summary>
internal static class SearchRun
{
    public static SearchResults<TEstimator, TFitted> Of<TEstimator, TFitted>(ImmutableArray<SearchPoint<TEstimator>> points, int folds,
        Scoring scoring, Func<TEstimator, int, EvaluationReport> measure, Func<TEstimator, TFitted>? refit, Parallelism? parallelism)
        where TFitted : class
    {
        var scores = points.Select(_ => new double[folds]).ToArray();
        var faults = points.Select(_ => new string[folds]).ToArray();
        using (var team = Team.Lease(parallelism ?? Parallelism.AllCores))
        {
            Parallel.For(0, points.Length * folds, new ParallelOptions { MaxDegreeOfParallelism = team.Threads }, i =>
            {
                var (point, fold) = (i / folds, i % folds);
                try
                {
                    scores[point][fold] = scoring.Of(measure(points[point].Estimator, fold));
                    faults[point][fold] = "";
                }
                catch (Exception fault)
                {
                    // One bad combination must not end the others.
                    (scores[point][fold], faults[point][fold]) = (double.NaN, $"{fault.GetType().Name}: {fault.Message}");
                }
            });
        }

        SearchResult<TEstimator>[] results = [.. points.Select((point, i) => new SearchResult<TEstimator>(point.Estimator, point.Parameters,
            [.. scores[i]], faults[i].FirstOrDefault(fault => fault.Length > 0) ?? ""))];
        if (results.All(result => double.IsNaN(result.MeanScore)))
        {
            throw new ArgumentException($"all of {results.Length} combinations failed, the first with {(results[0].Fault is { Length: > 0 }
                fault ? fault : $"the score NaN of {scoring.Name}")}");
        }

        var ranked = results.Select(result => result with
        {
            Rank = 1 + results.Count(other => double.IsNaN(result.MeanScore)
                ? !double.IsNaN(other.MeanScore)
                : other.MeanScore > result.MeanScore),
        }).ToImmutableArray();
        return new SearchResults<TEstimator, TFitted>(ranked, scoring, refit?.Invoke(ranked.MinBy(result => result.Rank)!.Estimator));
    }
}
