using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Statistics taken from a whole data set at once. For each layer that asks, in order from the input, the data goes in prediction mode
/// through the layers before it, and the layer's statistics become those of what arrives: exact, in one pass over the data, whatever the
/// batches.
/// </summary>
public static class Adaptation
{
    /// <summary>
    /// The model with the statistics of each <see cref="Normalization"/> taken from the data: to be done once, before training, with the
    /// training rows.
    /// </summary>
    /// <exception cref="ArgumentException">The network has no such layer, the data has no rows or another width, it is a validation or test
    /// part, or a number is not finite; or a column's variance leaves the range of the type: the message names row and column.</exception>
    public static Model<T> Adapt<T>(this Model<T> model, DataSet<T> trainingData, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Fitted(model, trainingData, layer => !layer.IsRunning,
            "Normalization: put one where the data is to be scaled, first for the inputs", parallelism);

    /// <summary>
    /// The model with the running mean and variance of each <see cref="BatchNormalization"/> replaced by those of the data, for after
    /// training: running averages come from batches, and from parameters that have changed since.
    /// </summary>
    /// <exception cref="ArgumentException">The network has no such layer, the data has no rows or another width, or it is a validation or
    /// test part.</exception>
    public static Model<T> Recalibrate<T>(this Model<T> model, DataSet<T> trainingData, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Fitted(model, trainingData, layer => layer.IsRunning, "BatchNormalization: there is nothing to recalibrate",
            parallelism);

    private static Model<T> Fitted<T>(Model<T> model, DataSet<T> data, Func<IFittedLayer, bool> asks, string missing,
        Parallelism? parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        model = model.Named(data.InputNames, new ClassLabels([], 1));
        data = model.Arrange(data);
        model.RequireInputs(data.Inputs);
        data.Lineage.RequireTraining("a layer's scale");
        if (data.Count == 0)
        {
            throw new ArgumentException("the data has no rows: there is nothing to take statistics from");
        }

        using var team = Team.Lease(parallelism ?? Parallelism.AllCores);
        var statistics = model.Statistics.Thaw();
        var visit = new Visit<T>(model.Parameters, statistics, data, asks, new Arena<T>(), team);
        visit.Through(model.Network.Plan, 0, 0, rows => rows);
        return visit.Count > 0
            ? model.Having(data) with { Statistics = new ParameterVector<T>(statistics.Layout, statistics.Values) }
            : throw new ArgumentException($"the network has no layer {missing}");
    }

    private sealed class Visit<T>(ParameterVector<T> parameters, ParameterVector<T> statistics, DataSet<T> data,
        Func<IFittedLayer, bool> asks, Arena<T> arena, Team team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>How many layers have asked.</summary>
        public int Count { get; private set; }

        /// <summary>Goes through layers, those inside of layers included.</summary>
        /// <param name="plan">The layers.</param>
        /// <param name="parameter">The number of parameter slots before them.</param>
        /// <param name="statistic">The number of statistics slots before them.</param>
        /// <param name="arriving">What arrives at the first of them for rows of the data.</param>
        public void Through(NetworkPlan plan, int parameter, int statistic, Func<Matrix<T>, Matrix<T>> arriving)
        {
            for (var i = 0; i < plan.Layers.Length; i++)
            {
                var (layer, before) = (plan.Layers[i], arriving);
                var (firstParameter, firstStatistic) = (parameter + plan.FirstParameters[i], statistic + plan.FirstStatistics[i]);
                if (layer is IFittedLayer fitted && asks(fitted))
                {
                    Count++;
                    fitted.Fit(Summary(plan.Widths[i], before), Slot(firstStatistic), Slot(firstStatistic + 1));
                }

                if (layer.InnerPlan(plan.Widths[i]) is { } inner)
                {
                    Through(inner, firstParameter, firstStatistic, before);
                }

                arriving =
                    rows => layer.Infer(new Pass<T>(arena, team, parameters, firstParameter, statistics, firstStatistic, default, false),
                        before(rows));
            }
        }

        private ColumnSummary Summary(int width, Func<Matrix<T>, Matrix<T>> arriving)
        {
            var summary = new ColumnSummary(width);
            foreach (var (start, inputs) in data.Blocks())
            {
                arena.Reset();
                var rows = arriving(inputs);
                if (NonFinite.IndexIn(rows.Values) is var at and >= 0)
                {
                    throw new ArgumentException(
                        $"row {start + (at / rows.Columns)}, column {at % rows.Columns} of what statistics are taken from is "
                            + $"{rows.Values[at]}: drop the row, or fill the number in with Filler.Mean");
                }

                summary.Add(rows);
            }

            return summary;
        }

        private Span<T> Slot(int index) => statistics.View(index).Block.Span;
    }
}
