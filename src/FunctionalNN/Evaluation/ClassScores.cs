using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>How well one class, or a mean of classes, was recognised.</summary>
/// <param name="Precision">Of the rows predicted as the class, the share that is of it: tp/(tp + fp).</param>
/// <param name="Recall">Of the class's rows, the share that was predicted as it: tp/(tp + fn).</param>
/// <param name="F1">2·precision·recall/(precision + recall).</param>
/// <param name="Support">The weight of the class's rows: their count where all count 1.</param>
public readonly record struct ClassScores(double Precision, double Recall, double F1, double Support)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => RecordText.Of(nameof(ClassScores), PrintMembers);
}

/// <summary>
/// Precision, recall and F1 from a confusion matrix, class by class and as means, by scikit-learn's rules: a share of nothing, such as the
/// precision of a class that was never predicted, is 0 or what zeroDivision says; F1 follows from the two, and is 0 where both are.
/// </summary>
public static class ConfusionScores
{
    extension(ConfusionMatrix matrix)
    {
        /// <summary>The scores of one class.</summary>
        /// <param name="label">The class.</param>
        /// <param name="zeroDivision">The value of a share of nothing: 0 or 1, scikit-learn's zero_division.</param>
        public ClassScores ScoresOf(int label, double zeroDivision = 0) =>
            Scores(matrix[label, label], matrix.Predicted(label), matrix.Support(label), zeroDivision);

        /// <summary>The scores of every class, in order.</summary>
        public ImmutableArray<ClassScores> Scores(double zeroDivision = 0) =>
            [.. Enumerable.Range(0, matrix.Classes).Select(label => matrix.ScoresOf(label, zeroDivision))];

        /// <summary>The plain mean over the classes; one that does not occur counts like any other, as in scikit-learn when it is given all
        /// labels.</summary>
        public ClassScores Macro(double zeroDivision = 0) => Mean(matrix.Scores(zeroDivision), _ => 1, matrix.Total);

        /// <summary>The mean over the classes, each weighted by its support.</summary>
        public ClassScores Weighted(double zeroDivision = 0) => Mean(matrix.Scores(zeroDivision), scores => scores.Support, matrix.Total);

        /// <summary>The scores of all classes' counts together: where each row has one class, all three are the accuracy.</summary>
        public ClassScores Micro(double zeroDivision = 0) => Scores(matrix.Correct, matrix.Total, matrix.Total, zeroDivision);
    }

    internal static ClassScores Scores(double hits, double predicted, double support, double zeroDivision)
    {
        var precision = predicted == 0 ? zeroDivision : hits / predicted;
        var recall = support == 0 ? zeroDivision : hits / support;
        var sum = precision + recall;
        return new ClassScores(precision, recall, sum == 0 ? 0 : 2 * precision * recall / sum, support);
    }

    internal static ClassScores Mean(ImmutableArray<ClassScores> scores, Func<ClassScores, double> weight, double support)
    {
        var total = scores.Sum(weight);
        return new ClassScores(Of(score => score.Precision), Of(score => score.Recall), Of(score => score.F1), support);

        double Of(Func<ClassScores, double> part) => scores.Sum(score => weight(score) * part(score)) / total;
    }
}
