namespace FunctionalNN;

/// <summary>What is right of each row's set of labels, as exact sums: two halves add up to the whole, and <c>default</c> is the
/// zero.</summary>
public readonly record struct LabelSets
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => RecordText.Of(nameof(LabelSets), PrintMembers);

    /// <summary>The share of the rows with every label right: scikit-learn's accuracy_score of a multi-label problem.</summary>
    public double Accuracy => Right.Value / Weight.Value;

    /// <summary>The mean over the rows of each row's own precision, recall and F1, a share of nothing being 0: scikit-learn's
    /// average="samples".</summary>
    public ClassScores Mean => new(Precision.Value / Weight.Value, Recall.Value / Weight.Value, F1.Value / Weight.Value, Weight.Value);

    private ExactSum Weight { get; init; }

    private ExactSum Right { get; init; }

    private ExactSum Precision { get; init; }

    private ExactSum Recall { get; init; }

    private ExactSum F1 { get; init; }

    /// <summary>The sum: the result over the rows of both.</summary>
    public static LabelSets operator +(LabelSets left, LabelSets right) => Add(left, right);

    /// <summary>The sum: the result over the rows of both.</summary>
    public static LabelSets Add(LabelSets left, LabelSets right) => new()
    {
        Weight = left.Weight + right.Weight,
        Right = left.Right + right.Right,
        Precision = left.Precision + right.Precision,
        Recall = left.Recall + right.Recall,
        F1 = left.F1 + right.F1,
    };

    /// <summary>From answers of 0 and 1: label by label, row by row.</summary>
    internal static LabelSets Of(int[][] truth, int[][] predicted, double[] weights)
    {
        var sums = Enumerable.Range(0, 5).Select(_ => new ExactSumBuilder()).ToArray();
        for (var row = 0; row < truth[0].Length; row++)
        {
            var weight = weights.Length == 0 ? 1 : weights[row];
            var (hits, said, so) = (0, 0, 0);
            for (var label = 0; label < truth.Length; label++)
            {
                hits += truth[label][row] & predicted[label][row];
                said += predicted[label][row];
                so += truth[label][row];
            }

            var scores = ConfusionScores.Scores(hits, said, so, 0);
            sums[0].Add(weight);
            sums[1].Add(hits == said && hits == so ? weight : 0);
            sums[2].AddProduct(weight, scores.Precision);
            sums[3].AddProduct(weight, scores.Recall);
            sums[4].AddProduct(weight, scores.F1);
        }

        return new LabelSets
        {
            Weight = sums[0].ToSum(),
            Right = sums[1].ToSum(),
            Precision = sums[2].ToSum(),
            Recall = sums[3].ToSum(),
            F1 = sums[4].ToSum()
        };
    }
}
