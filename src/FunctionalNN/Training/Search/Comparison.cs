using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Many runs side by side: a table and the curves.</summary>
/// <typeparam name="TSettings">What the runs were made from.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
public sealed record Comparison<TSettings, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool isByLoss;

    internal Comparison(ImmutableArray<Trial<TSettings, T>> trials, bool isByLoss) => (Trials, this.isByLoss) = (trials, isByLoss);

    /// <summary>All runs, in the order of the settings.</summary>
    public ImmutableArray<Trial<TSettings, T>> Trials { get; }

    /// <summary>All runs, the best first; of equal ones the first; those without a score last.</summary>
    public IEnumerable<Trial<TSettings, T>> Ranked => Trials.OrderBy(trial => double.IsNaN(trial.Score)).ThenBy(trial => trial.Score);

    /// <summary>The state of the best run's least score.</summary>
    /// <exception cref="InvalidOperationException">No run has a score; the message says how each ended.</exception>
    public TrainingState<T> Best => Ranked.First().Best.Match(
        state => state,
        () => throw new InvalidOperationException(
            $"no run has a score:{Environment.NewLine}"
                + $"{string.Join(Environment.NewLine, Trials.Select(trial => $"{trial.Name}: {trial.End}"))}"));

    /// <summary>One row a run and epoch, in the order of the settings: for plotting, or for a file.</summary>
    public IEnumerable<(string Name, TrialPoint Point)> Curves =>
        Trials.SelectMany(trial => trial.Curve.Select(point => (trial.Name, point)));

    /// <summary>All runs in their order as CSV: run, end, epochs, best_epoch, score, and loss and accuracy there.</summary>
    public string ToCsv() => string.Concat(Trials.Select(trial =>
    {
        var metrics = trial.Best.Match(state => state.Validation.IfNone(state.Training), () => default);
        return CsvLine.Of([trial.Name, trial.End, $"{trial.Curve.Length}", trial.Best.Match(state => $"{state.Epoch}", () => ""),
            CsvLine.Number(trial.Score), CsvLine.Number(metrics.Rows == 0 ? double.NaN : metrics.Loss),
            CsvLine.Number(metrics.Rows == 0 ? double.NaN : metrics.Accuracy)]);
    }).Prepend(CsvLine.Of(["run", "end", "epochs", "best_epoch", "score", "loss", "accuracy"])));

    /// <summary>Writes <see cref="ToCsv"/> to a file, which appears whole or not at all.</summary>
    /// <returns>An error that names the file when it cannot be written.</returns>
    public Either<Error, Unit> SaveCsv(string path) =>
        FileErrors.Writing(path, stream => stream.Write(new UTF8Encoding(false).GetBytes(ToCsv())));

    /// <summary>The best models as one that predicts by all of them.</summary>
    /// <param name="count">How many, 1 or more; those without a score are left out.</param>
    /// <param name="vote">How they agree.</param>
    /// <exception cref="ArgumentException">No run has a score, or their inputs or outputs differ in width.</exception>
    public Ensemble<T> Ensemble(int count, Vote vote = Vote.Average) =>
        new([.. Ranked.Take(count).SelectMany(trial => trial.Best.AsEnumerable()).Select(state => state.Model)], vote);

    /// <inheritdoc/>
    public bool Equals(Comparison<TSettings, T>? other) =>
        other is not null && isByLoss == other.isByLoss && Trials.SequenceEqual(other.Trials);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Trials.Length, Trials[0]);

    /// <summary>A table, the best run first: how it ended, its best epoch with the metrics there, and its curve from the first epoch to the
    /// last.</summary>
    public override string ToString() => ComparisonText.Of(this, isByLoss);
}
