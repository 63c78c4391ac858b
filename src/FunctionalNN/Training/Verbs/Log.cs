using System.Numerics;
using Microsoft.Extensions.Logging;

namespace FunctionalNN;

/// <content>Logging.</content>
public static partial class TrainingVerbs
{
    /// <summary>
    /// Writes each state to a log and passes it on: an epoch as information, the end of the sequence by a verb as information, a divergence
    /// as an error. Numbers are structured fields (Epoch, Step, LearningRate, Loss, Accuracy, ValidationLoss, ValidationAccuracy). Nothing
    /// is formatted at levels that are off.
    /// </summary>
    /// <param name="states">The sequence.</param>
    /// <param name="logger">Where to write.</param>
    /// <param name="every">Of how many epochs to write one, 1 or more; what ends the sequence is always written.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is less than 1. Thrown at once.</exception>
    public static IEnumerable<TrainingState<T>> Log<T>(this IEnumerable<TrainingState<T>> states, ILogger logger, int every = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(logger);
        if (every < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(every), $"one of {every} epochs cannot be logged, expected 1 or more");
        }

        return states.Do(state =>
        {
            state.Divergence.IfSome(found =>
                TrainingLog.Diverged(logger, state.Epoch, found.Step, found.Layer, found.Quantity, found.Value, found));
            state.Stopped.IfSome(reason => TrainingLog.Stopped(logger, state.Epoch, state.Step, reason));
            if (!IsLast(state) && state.Epoch % every == 0)
            {
                state.Validation.Match(
                    validation =>
                        TrainingLog.Validated(logger, state.Epoch, state.Step, state.LearningRate, state.Training.Loss,
                            state.Training.Accuracy, validation.Loss, validation.Accuracy),
                    () => TrainingLog.Trained(logger, state.Epoch, state.Step, state.LearningRate, state.Training.Loss,
                        state.Training.Accuracy));
            }
        });
    }
}

/// <summary>The messages.</summary>
internal static partial class TrainingLog
{
    [LoggerMessage(1, LogLevel.Information, "epoch {Epoch}, step {Step}, rate {LearningRate:G6}: loss {Loss:F4}, accuracy {Accuracy:F4}")]
    public static partial void Trained(ILogger logger, int epoch, long step, double learningRate, double loss, double accuracy);

    [LoggerMessage(2, LogLevel.Information,
        "epoch {Epoch}, step {Step}, rate {LearningRate:G6}: loss {Loss:F4}, accuracy {Accuracy:F4}; validation loss "
            + "{ValidationLoss:F4}, accuracy {ValidationAccuracy:F4}")]
    public static partial void Validated(ILogger logger, int epoch, long step, double learningRate, double loss, double accuracy,
        double validationLoss, double validationAccuracy);

    [LoggerMessage(3, LogLevel.Information, "ended with epoch {Epoch}, step {Step}: {Reason}")]
    public static partial void Stopped(ILogger logger, int epoch, long step, string reason);

    [LoggerMessage(4, LogLevel.Error, "diverged after epoch {Epoch} at {Divergence} (step {Step}, {Layer} {Quantity} = {Value})")]
    public static partial void Diverged(ILogger logger, int epoch, long step, string layer, string quantity, double value,
        Divergence divergence);
}
