
namespace FunctionalNN;

/// <summary>
/// Loss and accuracy as sums, so that those of two batches add up to those of both: a monoid with <c>default</c> as its zero.
/// </summary>
/// <param name="Rows">How many rows were measured.</param>
/// <param name="LossSum">The rows' losses, added up.</param>
/// <param name="PenaltySum">The layers' penalties, once for each row.</param>
/// <param name="Correct">How many predictions were right.</param>
/// <param name="Predictions">How many predictions there were: one a row for classes, one a number for regression.</param>
public readonly record struct Metrics(long Rows, double LossSum, double PenaltySum, long Correct, long Predictions)
{
    /// <summary>The mean loss of a row, without penalties.</summary>
    public double DataLoss => LossSum / Rows;

    /// <summary>The mean of the penalties.</summary>
    public double Penalty => PenaltySum / Rows;

    /// <summary>The mean loss with penalties: what training makes small.</summary>
    public double Loss => (LossSum + PenaltySum) / Rows;

    /// <summary>The fraction of predictions that were right, 0 … 1.</summary>
    public double Accuracy => (double)Correct / Predictions;

    /// <summary>The sum: the result over the rows of both.</summary>
    public static Metrics operator +(Metrics left, Metrics right) => Add(left, right);

    /// <summary>The sum: the result over the rows of both.</summary>
    public static Metrics Add(Metrics left, Metrics right) => new(
        left.Rows + right.Rows, left.LossSum + right.LossSum, left.PenaltySum + right.PenaltySum, left.Correct + right.Correct,
        left.Predictions + right.Predictions);

    /// <summary>Loss and accuracy in one line.</summary>
    public override string ToString() => Rows == 0
        ? "nothing measured"
        : $"loss {Loss:F4}"
                + $"{(PenaltySum == 0 ? "" : $" (data {DataLoss:F4} + penalty {Penalty:F4})")}"
                + $", accuracy {Accuracy:F4}";
}
