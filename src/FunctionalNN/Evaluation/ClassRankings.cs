namespace FunctionalNN;

/// <summary>
/// How well each class's score puts its rows before those of the others. Keeps every row's scores, sorted: k·24 bytes a row at most, of two
/// classes 24. Two halves add up to the whole; <see cref="Empty"/> is the zero.
/// </summary>
public sealed class ClassRankings : IEquatable<ClassRankings>
{
    /// <summary>The most classes: every row's scores are kept.</summary>
    internal const int MaxClasses = 1024;

    /// <summary>At [score · k + truth] the scores for a class of the rows that are of a class. Of two classes the first score says nothing
    /// that the second does not.</summary>
    private readonly ScoreRun[] runs;

    private ClassRankings(ScoreRun[] runs, int classes)
    {
        this.runs = runs;
        Classes = classes;
    }

    /// <summary>The rankings of no rows.</summary>
    public static ClassRankings Empty { get; } = new([], 0);

    /// <summary>The number of classes; 0 where nothing was kept.</summary>
    public int Classes { get; }

    /// <summary>
    /// The mean of the classes' areas under the ROC curve, each against all others: of two classes the area of the second. NaN where a
    /// class has no rows, or all. scikit-learn's roc_auc_score with multi_class="ovr", average="macro".
    /// </summary>
    public double RocAuc => Mean(label => Of(label).RocAuc, _ => 1);

    /// <summary>The same, each class weighted by its rows: average="weighted".</summary>
    public double WeightedRocAuc => Mean(label => Of(label).RocAuc, Support);

    /// <summary>
    /// The mean over all pairs of classes that occur of how well either score parts the two, the rows of other classes left out:
    /// insensitive to how many rows each class has (D. Hand and R. Till, 2001). scikit-learn's multi_class="ovo"; NaN where one class or
    /// none occurs.
    /// </summary>
    /// <exception cref="InvalidOperationException">Rows have weights: scikit-learn knows no weighted form, and neither do we.</exception>
    public double OneVersusOneRocAuc => OneVersusOne((_, _) => 1);

    /// <summary>The same, each pair weighted by its rows.</summary>
    /// <inheritdoc cref="OneVersusOneRocAuc"/>
    public double WeightedOneVersusOneRocAuc => OneVersusOne((a, b) => Support(a) + Support(b));

    /// <summary>The mean of the classes' average precisions; of two classes that of the second. NaN where a class has no rows.</summary>
    public double AveragePrecision => Mean(label => Of(label).AveragePrecision, _ => 1);

    /// <summary>Ranks rows.</summary>
    /// <param name="scores">A score for each class: [n × k].</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="weights">How much each row counts; empty when all count 1.</param>
    /// <exception cref="ArgumentException">There are more than 1024 classes.</exception>
    public static ClassRankings Of(Matrix<double> scores, ReadOnlySpan<int> truth, ReadOnlySpan<double> weights = default)
    {
        if (scores.Columns > MaxClasses)
        {
            throw new ArgumentException(
                $"the scores of {scores.Columns} classes for every row would be kept, expected {MaxClasses} classes at most: rank one "
                    + $"class at a time with Ranking.Of");
        }

        var (classes, first) = (scores.Columns, scores.Columns == 2 ? 1 : 0);
        var runs = new ScoreRun[classes * classes];
        var rows = new List<ScoreCount>[classes];
        System.Array.Fill(runs, ScoreRun.Empty);
        for (var column = first; column < classes; column++)
        {
            System.Array.Clear(rows);
            for (var row = 0; row < truth.Length; row++)
            {
                (rows[truth[row]] ??= []).Add(new ScoreCount(scores[row, column], weights.IsEmpty ? 1 : weights[row], 1));
            }

            for (var label = 0; label < classes; label++)
            {
                runs[(column * classes) + label] = rows[label] is { } some
                    ? ScoreRun.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(some))
                    : ScoreRun.Empty;
            }
        }

        return new ClassRankings(runs, classes);
    }

    /// <summary>The sum: the result over the rows of both.</summary>
    public static ClassRankings operator +(ClassRankings left, ClassRankings right) => Add(left, right);

    /// <summary>The sum: the result over the rows of both.</summary>
    public static ClassRankings Add(ClassRankings left, ClassRankings right) =>
        left.Classes == 0 ? right : right.Classes == 0 ? left : new([.. left.runs.Zip(right.runs, (x, y) => x + y)], left.Classes);

    /// <summary>A class against all others. Of two classes only the second can be asked for: the first is its mirror image.</summary>
    public Ranking Of(int label) => label == 0 && Classes == 2
        ? throw new ArgumentException("of two classes the ranking is kept for the second: ask for class 1")
        : new Ranking(Run(label, label),
            Enumerable.Range(0, Classes).Where(other => other != label).Select(other => Run(label, other))
                .Balanced((x, y) => x + y, ScoreRun.Empty));

    /// <inheritdoc/>
    public bool Equals(ClassRankings? other) => other is not null && Classes == other.Classes && runs.SequenceEqual(other.runs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClassRankings);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Classes, runs.Length > 0 ? runs[^1].GetHashCode() : 0);

    /// <summary>Both areas.</summary>
    public override string ToString() => $"ROC-AUC {RocAuc:F4}, average precision {AveragePrecision:F4}";

    private ScoreRun Run(int score, int truth) => runs[(score * Classes) + truth];

    private double Support(int label) => Run(Classes - 1, label).Weight;

    private double Mean(Func<int, double> measure, Func<int, double> weight)
    {
        var labels = Classes == 2 ? [1] : Enumerable.Range(0, Classes).ToArray();
        return labels.Sum(label => weight(label) * measure(label)) / labels.Sum(weight);
    }

    private double OneVersusOne(Func<int, int, double> weight)
    {
        if (runs.Any(run => run.IsWeighted))
        {
            throw new InvalidOperationException(
                "one-versus-one ROC-AUC has no weighted form: use RocAuc, one class against the others, or leave the weights out");
        }

        var (sum, total) = (0.0, 0.0);
        var labels = Enumerable.Range(0, Classes).Where(label => Support(label) > 0).ToArray();
        foreach (var (a, b) in labels.SelectMany(a => labels.Where(b => b > a).Select(b => (a, b))))
        {
            var forwards = new Ranking(Run(b, b), Run(b, a)).RocAuc;
            var backwards = Classes == 2 ? forwards : new Ranking(Run(a, a), Run(a, b)).RocAuc;
            sum += weight(a, b) * (forwards + backwards) / 2;
            total += weight(a, b);
        }

        return sum / total;
    }
}
