using System.Globalization;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>Epoch after epoch in one set of buffers; the states that go out stay as they are.</summary>
internal static class EpochSequence
{
    /// <summary>The lazy sequence, with everything checked that is known before it begins.</summary>
    public static IEnumerable<TrainingState<T>> Begin<T>(
        TrainingState<T> state, IBatchSource<T> source, Loss loss, Parallelism? parallelism, DataSet<T>? heldOut)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(state, source, loss, heldOut);
        var start = RecipeOrigin.Describe(state, source, loss, heldOut);
        return new StateSequence<T>(interruption => Of(start, 0, source, loss, parallelism, heldOut, interruption));
    }

    /// <summary>Throws what is known to be wrong before the first batch is read.</summary>
    public static void Require<T>(TrainingState<T> state, IBatchSource<T> source, Loss loss, DataSet<T>? heldOut)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        source.Require(state.Model.Network, loss);
        Fit.Throw(state.Optimizer.Fits(state.Model.Network.ParameterLayout));
        if (heldOut is not null)
        {
            Fit.Require(state.Model.Network, heldOut, loss);
        }
    }

    /// <summary>The states after each epoch.</summary>
    /// <param name="state">Where to start.</param>
    /// <param name="first">How many batches of the first epoch the state has seen already.</param>
    /// <param name="source">The batches of each epoch.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="parallelism">How many threads.</param>
    /// <param name="heldOut">What to measure after each epoch, or null.</param>
    /// <param name="interruption">Asked before each step.</param>
    public static IEnumerable<TrainingState<T>> Of<T>(
        TrainingState<T> state, int first, IBatchSource<T> source, Loss loss, Parallelism? parallelism, DataSet<T>? heldOut, Interruption interruption)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (current, run) = (state, new EpochRun<T>(state, loss));
        for (; current.Divergence.IsNone; first = 0)
        {
            if (interruption.Reason is { } early)
            {
                yield return current with { Objective = loss, Stopped = StateSequence.After(early, current.Epoch) };
                yield break;
            }

            var begun = current with
            {
                Training = first == 0 ? default : current.Training,
                Validation = Option<Metrics>.None,
                Stopped = Option<string>.None,
            };
            var pass = source.PassOf(current.Key, current.Epoch);
            run.BeginEpoch(current.Optimizer, begun.Training);
            var progress = run.Advance(pass, first, parallelism, interruption);
            if (progress.Interrupted is { } reason)
            {
                // The steps of a part of an epoch are given up, so that the run can go on from here to the same bits.
                var length = pass.Length is { } count ? string.Create(CultureInfo.InvariantCulture, $" of {count}") : "";
                var place = string.Create(CultureInfo.InvariantCulture, $"in epoch {current.Epoch + 1}, after {progress.Batches}{length} batches");
                yield return current with { Objective = loss, Stopped = $"{reason} {place}: this is the state before it" };
                yield break;
            }

            if (progress is { Failed: null, Batches: 0 })
            {
                throw NoRows(current.Epoch);
            }

            current = progress.Failed is null
                ? (run.Snapshot() with { Epoch = current.Epoch, Validation = Option<Metrics>.None }).EndEpoch(heldOut, parallelism)
                : LastGood(begun, pass, first, progress, loss, parallelism);
            yield return current;
        }
    }

    /// <summary>A stream that is at its end before it began.</summary>
    public static InvalidOperationException NoRows(int epoch) =>
        new($"the stream gave no rows in epoch {epoch + 1}: what opens it must begin anew each time");

    /// <summary>The fold of a pass's batches.</summary>
    public static TrainingState<T> Run<T>(TrainingState<T> state, IBatchPass<T> pass, Loss loss, Parallelism? parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        pass.Require(state.Model.Network, loss);
        var run = new EpochRun<T>(state, loss);
        var progress = run.Advance(pass, 0, parallelism, Interruption.None);
        return progress.Failed is not null ? LastGood(state, pass, 0, progress, loss, parallelism)
            : progress.Batches == 0 ? state
            : run.Snapshot();
    }

    /// <summary>The last good state: the run wrote over its own vectors, but where it started is untouched and leads there again.</summary>
    private static TrainingState<T> LastGood<T>(
        TrainingState<T> begun, IBatchPass<T> pass, int first, EpochRun<T>.Progress progress, Loss loss, Parallelism? parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // What somebody gave may be read once only, and its batches stay as they are; others are read again, with the numbers of their rows.
        var failed = pass is GivenBatches<T> ? progress.Failed! : pass.From(progress.Batches).First();
        var done = progress.Batches - first;
        var good = done == 0 ? begun : Run(begun, new GivenBatches<T>(pass.From(first).Take(done)), loss, parallelism);
        return Train.Diverged(good, failed, loss);
    }
}
