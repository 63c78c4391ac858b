using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Runtime.ExceptionServices;

namespace FunctionalNN;

/// <summary>What was measured in each fold of a cross-validation, in the order of the folds.</summary>
/// <param name="Scores">One a fold.</param>
/// <typeparam name="TScore">A number, <see cref="Metrics"/>, or whatever was asked for.</typeparam>
public sealed record CrossValidation<TScore>(ImmutableArray<TScore> Scores) : IReadOnlyList<TScore>
{
    /// <inheritdoc/>
    public int Count => Scores.Length;

    /// <inheritdoc/>
    public TScore this[int index] => Scores[index];

    /// <summary>Mean and standard deviation over the folds of a number that each score has.</summary>
    /// <param name="number">For example <c>metrics => metrics.Accuracy</c>.</param>
    public Spread Spread(Func<TScore, double> number) => FunctionalNN.Spread.Of([.. Scores.Select(number)]);

    /// <inheritdoc/>
    public IEnumerator<TScore> GetEnumerator() => ((IEnumerable<TScore>)Scores).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(CrossValidation<TScore>? other) => other is not null && Scores.SequenceEqual(other.Scores);

    /// <inheritdoc/>
    public override int GetHashCode() => Scores.Aggregate(Count, HashCode.Combine);

    /// <summary>A line a fold, and mean and standard deviation of numbers.</summary>
    public override string ToString()
    {
        var folds =
            Scores.Select((score, i) =>
                $"fold {i + 1}: {(score is double number ? number.ToString("F4", CultureInfo.InvariantCulture) : score)}");
        return string.Join(Environment.NewLine,
            typeof(TScore) == typeof(double) ? [.. folds, $"all: {Spread(score => (double)(object)score!)}"] : folds);
    }
}

/// <summary>Mean and standard deviation of some numbers.</summary>
/// <param name="Mean">Σx/n.</param>
/// <param name="StandardDeviation">√(Σ(x − mean)²/(n − 1)): how far such numbers spread; NaN for one number.</param>
/// <param name="Count">n.</param>
public readonly record struct Spread(double Mean, double StandardDeviation, int Count)
{
    /// <summary>Those of some numbers.</summary>
    public static Spread Of(params ReadOnlySpan<double> numbers)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var number in numbers)
        {
            sum += number;
        }

        var mean = sum / numbers.Length;
        foreach (var number in numbers)
        {
            squares += (number - mean) * (number - mean);
        }

        return new Spread(mean, Math.Sqrt(squares / (numbers.Length - 1)), numbers.Length);
    }

    /// <summary>0.9533 ± 0.0210 (n = 5).</summary>
    public override string ToString() => $"{Mean:F4} ± {StandardDeviation:F4} (n = {Count})";
}

/// <summary>Measuring a way of learning on each fold of a data set in turn.</summary>
public static class CrossValidationVerbs
{
    /// <summary>
    /// Fits and measures once for each fold. Whatever is fitted, scalers too, is fitted within the fold on its training rows: on the rows
    /// held out it is an error. Folds are computed in parallel; the result does not depend on how many threads there are.
    /// </summary>
    /// <param name="data">As it came, or a training part.</param>
    /// <param name="folds">k, 2 or more: see <see cref="DataSetFolds.KFold"/>.</param>
    /// <param name="score">Learns from a fold's training rows and measures on those held out; called from several threads at once.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <param name="parallelism">How many folds at a time, one a core by default; trainings within a fold then find no free core
    /// and take one thread.</param>
    /// <exception cref="ArgumentException">The data cannot be split, or what <paramref name="score"/> throws: that of the first fold that
    /// failed.</exception>
    public static CrossValidation<TScore> CrossValidate<T, TScore>(this DataSet<T> data, int folds, Func<Fold<T>, TScore> score,
        int seed = 0, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var parts = data.KFold(folds, seed);
        return Of(folds, fold => score(parts[fold]), parallelism);
    }

    /// <summary>
    /// Fits and measures once for each fold of a table: columns and network are fitted within the fold on its training rows, as on the rows
    /// held out it is an error.
    /// </summary>
    /// <param name="table">As it came, or a training part.</param>
    /// <param name="target">The column to predict, by which folds are stratified: see <see cref="Table.KFold"/>.</param>
    /// <param name="folds">k, 2 or more.</param>
    /// <param name="score">Learns from a fold's training rows and measures on those held out; called from several threads at once.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <param name="parallelism">How many folds at a time, one a core by default.</param>
    /// <exception cref="ArgumentException">The table cannot be split, or what <paramref name="score"/> throws: that of the first fold that
    /// failed.</exception>
    public static CrossValidation<TScore> CrossValidate<TScore>(this Table table, string target, int folds, Func<TableFold, TScore> score,
        int seed = 0, Parallelism? parallelism = null)
    {
        var parts = table.KFold(target, folds, seed);
        return Of(folds, fold => score(parts[fold]), parallelism);
    }

    private static CrossValidation<TScore> Of<TScore>(int folds, Func<int, TScore> score, Parallelism? parallelism)
    {
        var scores = new TScore[folds];
        var failures = new Exception?[folds];

        // The threads of the folds come out of the same count as those of the trainings within: cores are not shared out twice.
        using var team = Team.Lease(parallelism ?? Parallelism.AllCores);
        Parallel.For(0, folds, new ParallelOptions { MaxDegreeOfParallelism = team.Threads }, fold =>
        {
            try
            {
                scores[fold] = score(fold);
            }
            catch (Exception failure)
            {
                failures[fold] = failure;
            }
        });
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return new CrossValidation<TScore>([.. scores]);
    }
}
