namespace FunctionalNN;

/// <summary>
/// How far predicted probabilities are from what happened, as exact sums: two halves add up to the whole, and <c>default</c> is the zero.
/// The means are NaN where there are no rows.
/// </summary>
public readonly record struct ProbabilityErrors
{
    private ExactSum Weight { get; init; }

    private ExactSum Logarithms { get; init; }

    private ExactSum Squares { get; init; }

    private int Classes { get; init; }

    /// <summary>
    /// −ln p of the true class, the mean over the rows. Probabilities are clipped to ε … 1 − ε and then divided by their sum, ε the
    /// distance from 1 to the next number of the type that they were computed in: scikit-learn's log_loss since 1.2.
    /// </summary>
    public double LogLoss => Logarithms.Value / Weight.Value;

    /// <summary>
    /// The Brier score, the mean over the rows: Σ(pⱼ − yⱼ)² over the classes, y one-hot, 0 … 2 (G. Brier, 1950); of two classes half of it,
    /// (p₁ − y)², 0 … 1, as scikit-learn's brier_score_loss.
    /// </summary>
    public double Brier => Squares.Value / Weight.Value / (Classes == 2 ? 2 : 1);

    /// <summary>The errors of some rows.</summary>
    /// <param name="probabilities">One for each class: [n × k].</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="weights">How much each row counts; empty when all count 1.</param>
    /// <param name="epsilon">Below it, and above 1 − it, a probability is clipped; that of double by default.</param>
    public static ProbabilityErrors Of(Matrix<double> probabilities, ReadOnlySpan<int> truth, ReadOnlySpan<double> weights = default,
        double epsilon = 2.220446049250313e-16)
    {
        var (total, logarithms, squares) = (new ExactSumBuilder(), new ExactSumBuilder(), new ExactSumBuilder());
        for (var row = 0; row < truth.Length; row++)
        {
            var weight = weights.IsEmpty ? 1 : weights[row];
            var (sum, square) = (0.0, 0.0);
            var values = probabilities.Row(row);
            for (var j = 0; j < values.Length; j++)
            {
                sum += Math.Clamp(values[j], epsilon, 1 - epsilon);
                var off = values[j] - (j == truth[row] ? 1 : 0);
                square += off * off;
            }

            total.Add(weight);
            logarithms.AddProduct(weight, -Math.Log(Math.Clamp(values[truth[row]], epsilon, 1 - epsilon) / sum));
            squares.AddProduct(weight, square);
        }

        return new ProbabilityErrors
        {
            Weight = total.ToSum(),
            Logarithms = logarithms.ToSum(),
            Squares = squares.ToSum(),
            Classes = truth.IsEmpty ? 0 : probabilities.Columns,
        };
    }

    /// <summary>The sum: the result over the rows of both.</summary>
    public static ProbabilityErrors operator +(ProbabilityErrors left, ProbabilityErrors right) => Add(left, right);

    /// <summary>The sum: the result over the rows of both.</summary>
    public static ProbabilityErrors Add(ProbabilityErrors left, ProbabilityErrors right) => new()
    {
        Weight = left.Weight + right.Weight,
        Logarithms = left.Logarithms + right.Logarithms,
        Squares = left.Squares + right.Squares,
        Classes = Math.Max(left.Classes, right.Classes),
    };

    /// <summary>Both means.</summary>
    public override string ToString() => $"log-loss {LogLoss:F4}, Brier score {Brier:F4}";
}
