namespace FunctionalNN;

/// <summary>
/// Every combination of some parameters, each measured by cross-validation, with scikit-learn's names (GridSearchCV). All that is fitted is
/// fitted within a fold on its training rows. <c>Fit</c> is in <see cref="SearchFitting"/>: on a table for an
/// <see cref="ITableEstimator"/>, on a data set for an <see cref="MlpClassifier"/> or <see cref="MlpRegressor"/>.
/// </summary>
/// <example><code>
/// var found = new GridSearch&lt;TableLearner&gt;(learner, space) { Cv = 5, Scoring = Scoring.RocAuc }.Fit(train);
/// Console.WriteLine(found);
/// var report = found.BestEstimator.Report(test);
/// </code></example>
/// <param name="Estimator">The settings that all share.</param>
/// <param name="Parameters">What is tried; each parameter has a list of values.</param>
/// <typeparam name="TEstimator">The description.</typeparam>
public sealed record GridSearch<TEstimator>(TEstimator Estimator, ParameterSpace<TEstimator> Parameters) : ParameterSearch<TEstimator>
{
    internal override System.Collections.Immutable.ImmutableArray<SearchPoint<TEstimator>> Points() => Parameters.Grid(Estimator);
}

/// <summary>
/// As <see cref="GridSearch{TEstimator}"/>, with combinations that are drawn (RandomizedSearchCV): for the same number of fits it finds
/// more where few of the parameters matter (J. Bergstra and Y. Bengio, 2012).
/// </summary>
/// <param name="Estimator">The settings that all share.</param>
/// <param name="Parameters">What is tried: ranges, or lists of which each value is as likely.</param>
/// <typeparam name="TEstimator">The description.</typeparam>
public sealed record RandomSearch<TEstimator>(TEstimator Estimator, ParameterSpace<TEstimator> Parameters) : ParameterSearch<TEstimator>
{
    /// <summary>How many combinations, 1 or more: 10 by default.</summary>
    public int NIter { get; init; } = 10;

    internal override System.Collections.Immutable.ImmutableArray<SearchPoint<TEstimator>> Points() => NIter < 1
        ? throw new ArgumentException($"NIter is {NIter}, expected 1 or more")
        : Parameters.Drawn(Estimator, NIter, RandomState);
}

/// <summary>What the searches have in common.</summary>
/// <typeparam name="TEstimator">The description.</typeparam>
public abstract record ParameterSearch<TEstimator>
{
    private protected ParameterSearch()
    {
    }

    /// <summary>The number of folds, 2 or more: 5 by default. They are stratified by the target.</summary>
    public int Cv { get; init; } = 5;

    /// <summary>What is measured; by default, null, the accuracy of classes and R² of quantities.</summary>
    public Scoring? Scoring { get; init; }

    /// <summary>Whether the best combination is fitted again on all rows: true by default.</summary>
    public bool Refit { get; init; } = true;

    /// <summary>Decides the folds, and what a <see cref="RandomSearch{TEstimator}"/> draws.</summary>
    public int RandomState { get; init; }

    internal abstract System.Collections.Immutable.ImmutableArray<SearchPoint<TEstimator>> Points();
}
