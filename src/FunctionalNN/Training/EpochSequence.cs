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
        var start = state.Named(source, heldOut);
        source = source.InOrderOf(start.Model);
        heldOut = heldOut is null ? null : start.Model.Arrange(heldOut);
        Require(start, source, loss, heldOut);
        start = RecipeOrigin.Describe(start with { Learned = new LearnedRows<T>(source.Rows) }, source, loss, heldOut);
        return new StateSequence<T>(interruption => Of(start, 0, source, loss, parallelism, heldOut, interruption));
    }

    /// <summary>Throws what is known to be wrong before the first batch is read.</summary>
    /// <param name="state">Where to start.</param>
    /// <param name="source">The batches, in the order of the model's names.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="heldOut">What to measure after each epoch, in the order of the model's names, or null.</param>
    public static void Require<T>(TrainingState<T> state, IBatchSource<T> source, Loss loss, DataSet<T>? heldOut)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Compatibility.Throw(source.Check(state.Model.Network, loss) | state.Optimizer.Fits(state.Model.Network.ParameterLayout));
        if (heldOut is null && state.Optimizer.MissesHeldOut is { } missing)
        {
            throw new ArgumentException(missing);
        }

        if (heldOut is not null)
        {
            Compatibility.RequireRows(heldOut);
            Compatibility.Require(state.Model.Network, heldOut, loss);
        }
    }

    /// <summary>A state whose model has the names of the data, where it had none: of a stream, whose classes are not known yet, those of
    /// the held-out data.</summary>
    public static TrainingState<T> Named<T>(this TrainingState<T> state, IBatchRows<T> rows, DataSet<T>? heldOut = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var model = state.Model.Named(rows.InputNames, rows.Rows?.Targets ?? heldOut?.Targets);
        return ReferenceEquals(model, state.Model) ? state : state with { Model = model };
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
        TrainingState<T> state, int first, IBatchSource<T> source, Loss loss, Parallelism? parallelism, DataSet<T>? heldOut,
        Interruption interruption)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (current, run) = (state, new EpochRun<T>(state, loss));
        for (; current.Divergence.IsNone && !interruption.IsEnough; first = 0)
        {
            if (interruption.Reason is { } early)
            {
                yield return current with { Objective = loss, Stopped = StateSequence.After(early, current.Epoch) };
                yield break;
            }

            var begun = current with
            {
                Training = first == 0 ? default : current.Training,
                IsEpochEnd = false,
                Validation = Option<Metrics>.None,
                Stopped = Option<string>.None,
            };
            var pass = source.PassOf(current.Key, current.Epoch);
            run.BeginEpoch(current.Optimizer, begun.Training);
            var progress = run.Advance(pass, first, parallelism, interruption);
            if (progress.Interrupted is { } reason)
            {
                // The steps of a part of an epoch are given up, so that the run can go on from here to the same bits.
                var length = pass.Length is { } count ? $" of {count}" : "";
                var place =
                    $"in epoch {current.Epoch + 1}, after {progress.Batches}{length} batches";
                yield return current with { Objective = loss, Stopped = $"{reason} {place}: this is the state before it" };
                yield break;
            }

            if (progress is { HasFailed: false, Batches: 0 })
            {
                throw NoRows(current.Epoch);
            }

            current = !progress.HasFailed
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
        var start = state.BeforeStep.Named(pass);
        pass = pass.InOrderOf(start.Model);
        pass.Require(start.Model.Network, loss);
        var run = new EpochRun<T>(start with { Learned = new LearnedRows<T>(pass.Rows) }, loss);
        var progress = run.Advance(pass, 0, parallelism, Interruption.None);
        return progress.HasFailed ? LastGood(start, pass, 0, progress, loss, parallelism)
            : progress.Batches == 0 ? state
            : run.Snapshot();
    }

    /// <summary>The last good state: the run wrote over its own vectors, but where it started is untouched and leads there again.</summary>
    private static TrainingState<T> LastGood<T>(
        TrainingState<T> begun, IBatchPass<T> pass, int first, EpochRun<T>.Progress progress, Loss loss, Parallelism? parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // What somebody gave may be read once only, and its batches stay as they are; others are read again, with the numbers of their
        // rows.
        var failed = pass is GivenBatches<T> ? progress.Failed! : pass.From(progress.Batches).First();
        var done = progress.Batches - first;
        var good = done == 0 ? begun : Run(begun, new GivenBatches<T>(pass.From(first).Take(done)), loss, parallelism);
        var model = good.Model.Named(failed.InputNames, failed.Targets);
        return Train.Diverged(good with { Model = model }, model.Arrange(failed), loss);
    }
}
