namespace FunctionalNN;

/// <summary>A description that learns from the rows of a table: all that is fitted, means, categories and network, is fitted on the rows
/// that it is given.</summary>
public interface ITableEstimator
{
    /// <summary>What the columns become, and what is to be predicted.</summary>
    TableRecipe Recipe { get; }

    /// <summary>Fits columns and network on training rows, and on nothing else. A function without side effects: folds call it from several
    /// threads at once.</summary>
    /// <param name="trainingRows">A training part, or a table that is not split.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The rows do not hold what the recipe says, or the settings do not go together.</exception>
    Pipeline<float> Fit(Table trainingRows, Parallelism? parallelism = null);
}

/// <summary>An <see cref="Mlp"/> on the columns of a table: <c>new TableMlp(recipe, new MlpClassifier()).Fit(train)</c>.</summary>
/// <param name="Recipe">What the columns become.</param>
/// <param name="Mlp">The estimator, with scikit-learn's names and defaults: an <see cref="MlpClassifier"/> for classes, an
/// <see cref="MlpRegressor"/> for a quantity.</param>
public sealed record TableMlp(TableRecipe Recipe, Mlp Mlp) : ITableEstimator
{
    /// <inheritdoc/>
    public Pipeline<float> Fit(Table trainingRows, Parallelism? parallelism = null)
    {
        var encoding = Recipe.Fitted(trainingRows);
        if (!encoding.EmbeddedColumns.IsEmpty)
        {
            throw new ArgumentException(
                $"{Mlp.GetType().Name} takes quantities, and {string.Join("; ", encoding.EmbeddedColumns)} are to be "
                + "embedded: make them CategoryEncoding.OneHot, or use a TableLearner");
        }

        var data = encoding.Encode<float>(trainingRows).Match(data => data, fault => throw new ArgumentException(fault.Message));
        var state = Mlp switch
        {
            MlpClassifier classifier => classifier.Fit(data, parallelism).State,
            MlpRegressor regressor => regressor.Fit(data, parallelism).State,
            _ => throw new ArgumentException($"found a {Mlp.GetType().Name}, expected an MlpClassifier or an MlpRegressor"),
        };
        return new Pipeline<float>(encoding, state.Model).With(state);
    }
}

/// <summary>Fitting that throws, where a function from rows to a value is asked for.</summary>
internal static class RecipeFitting
{
    /// <exception cref="ArgumentException">The rows do not hold what the recipe says.</exception>
    public static TableEncoding Fitted(this TableRecipe recipe, Table trainingRows) => recipe.Fit(trainingRows).Match(
        encoding => encoding,
        faults => throw new ArgumentException(string.Join(Environment.NewLine, faults.Map(fault => fault.Message))));
}
