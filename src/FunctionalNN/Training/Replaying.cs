using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>Going on from where a run diverged.</summary>
public static class Replaying
{
    /// <summary>
    /// Goes on from the last good state with the very batch that failed, then with the rest of its epoch and the epochs after it:
    /// <c>diverged.Replay(batches, loss, learningRate: 1e-3)</c>. With nothing changed it diverges again, at the same number.
    /// </summary>
    /// <remarks>
    /// The last good state of a rate that is far too high is finite but not good for much: then begin again, or from a state of some epochs
    /// before. To leave out rows that are not finite, train on the data without <see cref="Divergence.Rows"/> from here:
    /// <c>diverged.Revived().Epochs(…)</c>.
    /// </remarks>
    /// <param name="diverged">The last state of a run over epochs.</param>
    /// <param name="batches">The batches that it ran over: the data may have been corrected in between.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="learningRate">Another rate or schedule for its optimizer. For another optimizer: <c>(diverged with { Optimizer = …
    /// }).Replay(…)</c>.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <param name="heldOut">As for <see cref="Train.Epochs"/>.</param>
    /// <exception cref="ArgumentException">The state has not diverged, these are not the batches that it ran over, or network, data, loss
    /// and optimizer do not go together. Thrown at once.</exception>
    public static IEnumerable<TrainingState<T>> Replay<T>(this TrainingState<T> diverged, Batches<T> batches, Loss loss,
        LearningRateSchedule? learningRate = null, Parallelism? parallelism = null, DataSet<T>? heldOut = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (diverged.Divergence.IsNone)
        {
            throw new ArgumentException("the state has not diverged, so there is no batch to replay: go on with Epochs");
        }

        var start = diverged.Revived(learningRate) with { Learned = new LearnedRows<T>(batches.Data) };
        batches = batches.Over(start.Model.Arrange(batches.Data));
        heldOut = heldOut is null ? null : start.Model.Arrange(heldOut);
        var source = new MemoryBatches<T>(batches);
        EpochSequence.Require(start, source, loss, heldOut);
        var epoch = batches.Epoch(start.Key, start.Epoch);
        var (first, rest) = Math.DivRem(start.Training.Rows, epoch.BatchSize);
        if (rest != 0 || first >= epoch.Count)
        {
            throw new ArgumentException(
                $"the run had done {start.Training.Rows} rows of its epoch when it diverged, and {batches} cannot have been there: give "
                    + $"the batches that it ran over");
        }

        // Interrupted before the rest of its epoch is done, it is where it was, and may be replayed again.
        return new StateSequence<T>(interruption => EpochSequence.Of(start, (int)first, source, loss, parallelism, heldOut, interruption)
            .Select(state => state.Stopped.IsSome && state.Step == start.Step ? state with { Divergence = diverged.Divergence } : state));
    }

    /// <summary>The last good state without its divergence, so that training goes on from it: <see cref="Train.Epochs"/> begins its epoch
    /// anew.</summary>
    /// <param name="diverged">The last state of a run; one that has not diverged is changed in its rate alone.</param>
    /// <param name="learningRate">Another rate or schedule for its optimizer.</param>
    public static TrainingState<T> Revived<T>(this TrainingState<T> diverged, LearningRateSchedule? learningRate = null)
        where T : unmanaged, IFloatingPointIeee754<T> => diverged with
        {
            Divergence = Option<Divergence>.None,
            Stopped = Option<string>.None,
            Optimizer = learningRate is null ? diverged.Optimizer : diverged.Optimizer with { LearningRate = learningRate },
        };
}
