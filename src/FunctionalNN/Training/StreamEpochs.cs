using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>Training on streams.</summary>
public static class StreamEpochs
{
    /// <summary>
    /// The states after the first epoch, the second, and so on without end, as <see cref="Train.Epochs"/> gives them for data in memory: from rows in order the
    /// same, to the last bit. The stream is read from the beginning for each epoch.
    /// </summary>
    /// <param name="state">Where to start; it stays as it was.</param>
    /// <param name="batches">The batches of each epoch.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="parallelism">All cores unless said otherwise; the result is the same.</param>
    /// <param name="heldOut">Data that each state is measured on before the next epoch, for an optimizer that learns from it.</param>
    /// <exception cref="ArgumentException">Network, data, loss and optimizer do not go together. Thrown at the first batch that does not.</exception>
    /// <exception cref="InvalidOperationException">The stream gave no rows.</exception>
    /// <exception cref="InvalidDataException">The file that the stream reads has a mistake; the message names the place.</exception>
    public static IEnumerable<TrainingState<T>> Epochs<T>(this TrainingState<T> state, StreamBatches<T> batches, Loss loss, Parallelism? parallelism = null, DataSet<T>? heldOut = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        state = state with { Model = state.Model.Named(batches.Stream.InputNames, heldOut?.Targets ?? new ClassLabels([], 1)) };
        if (heldOut is null && state.Optimizer.MissesHeldOut is { } missing)
        {
            throw new ArgumentException(missing);
        }

        batches = batches.InOrderOf(state.Model.InputNames);
        if (heldOut is not null)
        {
            Fit.RequireRows(heldOut);
            heldOut = state.Model.Arrange(heldOut);
            Fit.Require(state.Model.Network, heldOut, loss);
        }

        return Sequence();

        IEnumerable<TrainingState<T>> Sequence()
        {
            var current = state;
            while (current.Divergence.IsNone)
            {
                var begun = current with { Training = default, Validation = Option<Metrics>.None };
                var next = begun.Run(batches.Epoch(current.Key, current.Epoch), loss, parallelism);
                if (next.Step == begun.Step && next.Divergence.IsNone)
                {
                    throw new InvalidOperationException($"the stream gave no rows in epoch {current.Epoch + 1}: what opens it must begin anew each time");
                }

                current = next.Divergence.IsSome ? next : next.EndEpoch(heldOut, parallelism);
                yield return current;
            }
        }
    }
}
