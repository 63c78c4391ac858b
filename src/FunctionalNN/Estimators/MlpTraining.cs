using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>What a fit leaves behind: the state that is kept, the last one, and what was measured on the way.</summary>
internal sealed record MlpRun<T>(TrainingState<T> Kept, TrainingState<T> Last, ImmutableArray<double> Losses, ImmutableArray<double> Scores,
    string? ScaleRemark)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>scikit-learn's loop around the epochs: what counts as progress, when the rate falls and when training stops.</summary>
internal static class MlpTraining
{
    private const double MinRate = 1e-6;
    private const int RowsLookedAt = 2000;
    private const double LargeInput = 10;

    /// <summary>A whole fit.</summary>
    /// <param name="settings">The description.</param>
    /// <param name="data">All rows; some are held out where the settings say so.</param>
    /// <param name="network">The network for the rows that are left to learn from.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="outputs">What the reported loss is divided by.</param>
    /// <param name="score">What should rise on the rows held out.</param>
    /// <param name="parallelism">The threads.</param>
    public static MlpRun<T> Run<T>(
        Mlp settings, DataSet<T> data, Func<DataSet<T>, Network> network, Loss loss, int outputs, Func<Model<T>, DataSet<T>, double> score,
        Parallelism? parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (training, heldOut) = Parts(settings, data);
        var state = network(training).Initialize<T>(settings.RandomState)
            .Train(settings.OptimizerFor(training.Count), settings.RandomState);
        var batches = settings.BatchesOf(training);
        var (losses, scores) = (ImmutableArray.CreateBuilder<double>(), ImmutableArray.CreateBuilder<double>());
        var (progress, best, stopped) = (new Progress(), state, (string?)null);
        while (stopped is null)
        {
            foreach (var next in state.Epochs(batches, loss, parallelism))
            {
                state = next;
                if (state.Divergence.IsNone)
                {
                    losses.Add((state.Training.DataLoss / outputs) + state.Training.Penalty);
                    if (heldOut is not null)
                    {
                        scores.Add(score(state.Model, heldOut));
                    }

                    var cost = heldOut is null ? losses[^1] : -scores[^1];
                    best = cost < progress.Best ? state : best;
                    progress = progress.After(cost, settings.Tol);
                }

                stopped = ReasonToStop(settings, state, progress);
                if (stopped is not null || progress.Stale > settings.NIterNoChange)
                {
                    break;
                }
            }

            // Not stopped, but on a plateau: it goes on from here more slowly.
            (state, progress) = stopped is null ? (Slower(state), progress with { Stale = 0 }) : (state, progress);
        }

        var kept = heldOut is null ? state : best;
        return new MlpRun<T>(kept with { Model = kept.Model.Having(data), Stopped = stopped }, state, losses.ToImmutable(),
            scores.ToImmutable(), ScaleRemark(data));
    }

    /// <exception cref="ArgumentException">The data has no rows, no class labels, or one class only.</exception>
    public static ClassLabels Labels<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var labels = data.Targets as ClassLabels
            ?? throw new ArgumentException(
                $"MlpClassifier takes class labels, the data has {data.Targets}: use MlpRegressor, or make them ClassLabels");
        RequireRows(data);
        return labels.Frequencies().Count(count => count > 0) > 1
            ? labels
            : throw new ArgumentException(
                $"all {data.Count} rows are of the class {labels.NameOf(labels[0])}: there is nothing to tell apart");
    }

    /// <exception cref="ArgumentException">The data has no rows or no real targets.</exception>
    public static Matrix<T> Targets<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var targets = data.Targets as RealTargets<T>
            ?? throw new ArgumentException(
                $"MlpRegressor takes real targets, the data has {data.Targets}: use MlpClassifier, or make them RealTargets");
        RequireRows(data);
        return targets.Values;
    }

    private static void RequireRows<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (data.Count == 0)
        {
            throw new ArgumentException("the data has no rows: there is nothing to learn from");
        }
    }

    private static (DataSet<T> Training, DataSet<T>? HeldOut) Parts<T>(Mlp settings, DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data.Lineage.RequireTraining("a network");
        if (!settings.EarlyStopping)
        {
            return (data, null);
        }

        var (training, heldOut) = data.SplitForStopping(settings.ValidationFraction, settings.RandomState);
        return training.Count > 0 && heldOut.Count > 0
            ? (training, heldOut)
            : throw new ArgumentException(
                $"EarlyStopping with the ValidationFraction {settings.ValidationFraction} divides {data.Count} rows into {training.Count} "
                    + $"to learn from and {heldOut.Count} held out: give more rows, or another fraction");
    }

    private static string? ReasonToStop<T>(Mlp settings, TrainingState<T> state, Progress progress)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var maySlowDown = settings is { Solver: MlpSolver.Sgd, LearningRate: MlpLearningRate.Adaptive } && state.LearningRate > MinRate;
        return state.Divergence.Case is Divergence divergence ? $"diverged at {divergence}"
            : progress.Stale > settings.NIterNoChange && !maySlowDown
                ? $"no more than {settings.Tol} better in {settings.NIterNoChange} epochs"
            : state.Epoch >= settings.MaxIter ? $"MaxIter {settings.MaxIter} reached without convergence"
            : null;
    }

    private static TrainingState<T> Slower<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            state with { Optimizer = state.Optimizer with { LearningRate = state.LearningRate / 5 } };

    /// <summary>scikit-learn trains badly on unscaled inputs and says nothing; so do we, but for this remark. It looks at 2000 rows at
    /// most.</summary>
    private static string? ScaleRemark<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var count = Math.Min(RowsLookedAt, data.Count);
        var rows = data.InputsOf([.. Enumerable.Range(0, count).Select(i => (int)((long)i * data.Count / count))]);
        var summary = new ColumnSummary(rows.Columns);
        summary.Add(rows);
        var sizes = summary.Means.Select((mean, column) => Math.Sqrt((mean * mean) + summary.Variance(column))).ToArray();
        return sizes.Max() is var largest and > LargeInput
            ? $"inputs are not scaled: column {sizes.IndexOf(largest)} has a root mean square of {largest:G4}; training goes better with "
                    + $"Scaler.Standard(train).Apply(…)"
            : null;
    }

    /// <summary>The best so far of what should fall, and for how many epochs none was better by more than the tolerance.</summary>
    private sealed record Progress(double Best = double.PositiveInfinity, int Stale = 0)
    {
        public Progress After(double cost, double tolerance) => new(Math.Min(Best, cost), cost > Best - tolerance ? Stale + 1 : 0);
    }
}
