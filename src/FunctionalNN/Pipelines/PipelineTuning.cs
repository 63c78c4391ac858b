
namespace FunctionalNN;

/// <summary>What a threshold between two classes is to make small.</summary>
/// <param name="FalseAlarm">What a row of the first class costs that is taken for the second.</param>
/// <param name="Miss">What a row of the second class costs that is taken for the first.</param>
public readonly record struct MistakeCost(double FalseAlarm, double Miss)
{
    /// <summary>Both costs.</summary>
    public override string ToString() => $"{FalseAlarm:G6} a false alarm, {Miss:G6} a miss";
}

/// <content>Temperature and threshold from validation rows.</content>
public sealed partial record Pipeline<T>
{
    private const double MaxLogTemperature = 3;
    private const int Halvings = 60;

    /// <summary>The pipeline with the temperature under which validation rows are most likely: the cross-entropy of their classes is
    /// least (Guo et al., "On calibration of modern neural networks", 2017, arXiv 1706.04599). The order of probabilities stays.</summary>
    /// <param name="validationRows">Rows that the model did not learn from.</param>
    /// <exception cref="InvalidOperationException">A threshold is set, which would mean another probability afterwards.</exception>
    /// <exception cref="ArgumentException">A row does not fit, there are none, or a quantity is predicted.</exception>
    public Pipeline<T> Calibrated(Table validationRows)
    {
        if (Decision.Threshold is not null)
        {
            throw new InvalidOperationException("a threshold is set, and it would mean another probability afterwards: calibrate first, "
                + "then "
                + "tune the threshold");
        }

        var (probabilities, labels) = (this with { Temperature = 1 }).Judged(validationRows);
        const double Ratio = 0.6180339887498949;
        var (low, high) = (-MaxLogTemperature, MaxLogTemperature);
        for (var i = 0; i < Halvings; i++)
        {
            var (left, right) = (high - (Ratio * (high - low)), low + (Ratio * (high - low)));
            (low, high) = CrossEntropy(Math.Exp(left)) <= CrossEntropy(Math.Exp(right)) ? (low, right) : (left, high);
        }

        return this with { Temperature = Math.Exp((low + high) / 2), CalibratedOn = Encode(validationRows).ContentHash };

        double CrossEntropy(double temperature)
        {
            var sum = 0.0;
            Span<double> row = new double[OutputCount];
            for (var i = 0; i < labels.Length; i++)
            {
                probabilities.Row(i).CopyTo(row);
                Temper(row, temperature);
                sum -= Math.Log(Math.Max(row[labels[i]], double.Epsilon));
            }

            return sum;
        }
    }

    /// <summary>The pipeline with the threshold between two classes at which validation rows cost least; of several the one nearest to
    /// ½.</summary>
    /// <param name="validationRows">Rows that the model did not learn from.</param>
    /// <param name="cost">What each mistake costs.</param>
    /// <exception cref="ArgumentException">There are not two classes, a row does not fit, or a cost is negative.</exception>
    public Pipeline<T> WithThreshold(Table validationRows, MistakeCost cost)
    {
        if (!(cost.FalseAlarm >= 0 && cost.Miss >= 0 && double.IsFinite(cost.FalseAlarm + cost.Miss)))
        {
            throw new ArgumentException($"the costs are {cost.FalseAlarm} and {cost.Miss}, expected numbers of 0 or more", nameof(cost));
        }

        return Tuned(validationRows, (hits, alarms, positives) => -(alarms * cost.FalseAlarm) - ((positives - hits) * cost.Miss),
            $"the least cost at {cost.FalseAlarm:G6} a false alarm and {cost.Miss:G6} a miss", cost);
    }

    /// <summary>The pipeline with the threshold between two classes at which the F₁ score of the second, 2·hits/(2·hits + false alarms +
    /// misses), is greatest on validation rows; of several the one nearest to ½.</summary>
    /// <param name="validationRows">Rows that the model did not learn from.</param>
    /// <exception cref="ArgumentException">There are not two classes, or a row does not fit.</exception>
    public Pipeline<T> WithThresholdForF1(Table validationRows) =>
        Tuned(validationRows, (hits, alarms, positives) =>
            hits == 0 ? 0 : 2.0 * hits / (hits + alarms + positives), "the greatest F₁ score", null);

    private Pipeline<T> Tuned(Table rows, Func<int, int, int, double> worth, string reason, MistakeCost? cost)
    {
        if (Target.Classes.Length != 2)
        {
            throw new ArgumentException(
                $"a threshold decides between two classes, and {Target.Name} "
                    + (Target.Column.IsQuantity ? "is a quantity" : $"has {Target.Classes.Length}"));
        }

        var (probabilities, labels) = Judged(rows);
        var order = Enumerable.Range(0, labels.Length).OrderByDescending(row => probabilities[row, 1]).ToArray();
        var positives = labels.Count(label => label == 1);

        // From above all probabilities down: between each two that differ lies a threshold.
        var (hits, alarms) = (0, 0);
        var (best, threshold) = (worth(0, 0, positives), 1.0);
        for (var i = 0; i < order.Length; i++)
        {
            (hits, alarms) = labels[order[i]] == 1 ? (hits + 1, alarms) : (hits, alarms + 1);
            var (here, next) = (probabilities[order[i], 1], i + 1 < order.Length ? probabilities[order[i + 1], 1] : 0);
            if (here == next)
            {
                continue;
            }

            // Half way may round to the lower one, which then would belong to the second class.
            var middle = here + ((next - here) / 2) is var half && half > next ? half : here;
            var value = worth(hits, alarms, positives);
            if (value > best || (value == best && Math.Abs(middle - 0.5) < Math.Abs(threshold - 0.5)))
            {
                (best, threshold) = (value, middle);
            }
        }

        return this with
        {
            Decision = new Decision(threshold, $"{reason} on {labels.Length} rows") { Tuning = new Tuning(cost, Encode(rows).ContentHash) },
        };
    }

    /// <summary>Probabilities and class numbers of rows with known classes.</summary>
    private (Matrix<double> Probabilities, int[] Labels) Judged(Table rows)
    {
        var data = Encode(rows);
        data.Lineage.RequireUnseen(Model.Seen);
        if (data.Targets is not ClassLabels labels || data.Count == 0)
        {
            throw new ArgumentException(data.Count == 0 ? "the table has no rows: give those that were split off"
                : $"{Target.Name} is a quantity, which has no probabilities");
        }

        var raw = Model.Predict(data);
        var outputs = new double[raw.Rows * OutputCount];
        for (var row = 0; row < raw.Rows; row++)
        {
            Read(raw.Row(row), outputs.AsSpan(row * OutputCount, OutputCount));
        }

        return (Matrix.Create(raw.Rows, OutputCount, outputs), [.. Enumerable.Range(0, labels.Count).Select(row => labels[row])]);
    }
}
