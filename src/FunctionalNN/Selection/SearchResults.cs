using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>What came of one combination of parameters.</summary>
/// <param name="Estimator">The description.</param>
/// <param name="Parameters">What was set, by name.</param>
/// <param name="Scores">One a fold; NaN where it failed.</param>
/// <param name="Fault">What the first fold that failed threw; empty where none did.</param>
/// <typeparam name="TEstimator">The description.</typeparam>
public sealed record SearchResult<TEstimator>(TEstimator Estimator, ImmutableArray<SearchParameter> Parameters,
    ImmutableArray<double> Scores, string Fault)
{
    /// <summary>The mean over the folds; NaN where one failed.</summary>
    public double MeanScore => Scores.Average();

    /// <summary>√(Σ(x − mean)²/k) over the folds, as scikit-learn has it.</summary>
    public double StandardDeviation => Math.Sqrt(Scores.Average(score => Math.Pow(score - MeanScore, 2)));

    /// <summary>1 for the best; those of equal means have the same. Those that failed come last.</summary>
    public int Rank { get; internal init; }

    /// <summary>Parameters, mean and spread.</summary>
    public override string ToString() => $"{string.Join(", ", Parameters)}: {MeanScore:F4} ± {StandardDeviation:F4}"
        + (Fault.Length > 0 ? $", {Fault}" : "");
}

/// <summary>What a search found: a row for each combination, in the order tried, that sorts and saves.</summary>
/// <typeparam name="TEstimator">The description.</typeparam>
/// <typeparam name="TFitted">What fitting it gives.</typeparam>
public sealed class SearchResults<TEstimator, TFitted>
    where TFitted : class
{
    private readonly TFitted? refitted;

    internal SearchResults(ImmutableArray<SearchResult<TEstimator>> results, Scoring scoring, TFitted? refitted) =>
        (Results, Scoring, this.refitted) = (results, scoring, refitted);

    /// <summary>All combinations, in the order tried (cv_results_).</summary>
    public ImmutableArray<SearchResult<TEstimator>> Results { get; }

    /// <summary>All combinations, the best first; of equal ones the first.</summary>
    public IEnumerable<SearchResult<TEstimator>> Ranked => Results.OrderBy(result => result.Rank);

    /// <summary>What was measured.</summary>
    public Scoring Scoring { get; }

    /// <summary>The best combination.</summary>
    public SearchResult<TEstimator> Best => Ranked.First();

    /// <summary>The best combination's parameters (best_params_).</summary>
    public ImmutableArray<SearchParameter> BestParameters => Best.Parameters;

    /// <summary>Its mean over the folds (best_score_). It was chosen for being great: measure on a test part what it is worth.</summary>
    public double BestScore => Best.MeanScore;

    /// <summary>The best combination, fitted on all rows that were searched with (best_estimator_).</summary>
    /// <exception cref="InvalidOperationException">The search was made with Refit = false.</exception>
    public TFitted BestEstimator => refitted
        ?? throw new InvalidOperationException("nothing was fitted on all rows: search with Refit = true, or call Best.Estimator.Fit");

    /// <summary>The combinations in the order of a parameter's values: as numbers where all are, else as texts.</summary>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public IEnumerable<SearchResult<TEstimator>> SortedBy(string parameter)
    {
        string[] names = [.. Results[0].Parameters.Select(one => one.Name)];
        if (!names.Contains(parameter))
        {
            throw new ArgumentException($"there is no parameter \"{parameter}\"{NearestName.HintOr(parameter, names,
                $"; there are {CsvText.Listed(names)}")}");
        }

        string Value(SearchResult<TEstimator> result) => result.Parameters.First(one => one.Name == parameter).Value;
        return Results.All(result => double.TryParse(Value(result), CultureInfo.InvariantCulture, out _))
            ? Results.OrderBy(result => double.Parse(Value(result), CultureInfo.InvariantCulture))
            : Results.OrderBy(Value, StringComparer.Ordinal);
    }

    /// <summary>All combinations as CSV, with scikit-learn's names of columns: param_…, split0_test_score …, mean_test_score,
    /// std_test_score, rank_test_score, and error where one failed.</summary>
    public string ToCsv() => string.Concat(Results.Select(result => CsvLine.Of(
        [
            .. result.Parameters.Select(one => one.Value), .. result.Scores.Select(CsvLine.Number), CsvLine.Number(result.MeanScore),
            CsvLine.Number(result.StandardDeviation), $"{result.Rank}", result.Fault,
        ])).Prepend(CsvLine.Of(
        [
            .. Results[0].Parameters.Select(one => $"param_{one.Name}"),
            .. Results[0].Scores.Select((_, fold) => $"split{fold}_test_score"),
            "mean_test_score", "std_test_score", "rank_test_score", "error",
        ])));

    /// <summary>Writes <see cref="ToCsv"/> to a file, which appears whole or not at all.</summary>
    /// <returns>An error that names the file when it cannot be written.</returns>
    public Either<Error, Unit> SaveCsv(string path) =>
        FileErrors.Writing(path, stream => stream.Write(new UTF8Encoding(false).GetBytes(ToCsv())));

    /// <summary>A table, the best combination first.</summary>
    public override string ToString() => TextTable.Of(
        ["rank", .. Results[0].Parameters.Select(one => one.Name), Scoring.Name, "±"],
        [
            .. Ranked.Select(result => (string[])
            [
                $"{result.Rank}", .. result.Parameters.Select(one => one.Value),
                result.Fault.Length > 0 ? result.Fault.ReplaceLineEndings(" ") : $"{result.MeanScore:F4}",
                result.Fault.Length > 0 ? "–" : $"{result.StandardDeviation:F4}",
            ]),
        ], left: 1 + Results[0].Parameters.Length);
}
