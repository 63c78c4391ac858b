using System.Globalization;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>Epoch after epoch in one set of buffers; the states that go out stay as they are.</summary>
internal static class EpochSequence
{
    /// <param name="state">Where to start.</param>
    /// <param name="first">How many batches of the first epoch the state has seen already.</param>
    /// <param name="batches">The batches of each epoch.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="parallelism">How many threads.</param>
    /// <param name="heldOut">What to measure after each epoch, or null.</param>
    /// <param name="interruption">Asked before each step.</param>
    public static IEnumerable<TrainingState<T>> Of<T>(TrainingState<T> state, int first, Batches<T> batches, Loss loss, Parallelism? parallelism, DataSet<T>? heldOut, Interruption interruption)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var current = state;
        var (descent, reader) = (new Descent<T>(state, loss, new Arena<T>()), new BatchReader<T>());
        for (; current.Divergence.IsNone && !interruption.IsEnough; first = 0)
        {
            if (interruption.Reason is { } early)
            {
                yield return current with { Objective = loss, Stopped = StateSequence.After(early, current.Epoch) };
                yield break;
            }

            var begun = current with { Training = first == 0 ? default : current.Training, Validation = Option<Metrics>.None, Stopped = Option<string>.None };
            var epoch = batches.Epoch(current.Key, current.Epoch);
            descent.BeginEpoch(current.Optimizer, begun.Training);
            var way = Advance(descent, reader, epoch, first, parallelism, interruption);
            if (way.Interrupted is { } reason)
            {
                // The steps of a part of an epoch are given up, so that the run can go on from here to the same bits.
                yield return current with
                {
                    Objective = loss,
                    Stopped = string.Create(CultureInfo.InvariantCulture, $"{reason} in epoch {current.Epoch + 1}, after {way.Batches} of {epoch.Count} batches: this is the state before it"),
                };
                yield break;
            }

            current = way.IsFinite
                ? (descent.Snapshot() with { Epoch = current.Epoch, Validation = Option<Metrics>.None }).EndEpoch(heldOut, parallelism)
                : Train.Diverged(begun.Run(epoch.Skip(first).Take(way.Batches - first), loss, parallelism), epoch[way.Batches], loss);
            yield return current;
        }
    }

    /// <summary>The steps of an epoch, from a batch on.</summary>
    public static Way Advance<T>(Descent<T> descent, BatchReader<T> reader, Epoch<T> epoch, int first, Parallelism? parallelism, Interruption interruption)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var team = Team.Lease(parallelism ?? Parallelism.AllCores);
        for (var i = first; i < epoch.Count; i++)
        {
            if (interruption.Reason is { } reason)
            {
                return new Way(i, true, reason);
            }

            if (!descent.Advance(reader.Read(epoch, i, team, descent.Engine.Gathers), team))
            {
                return new Way(i, false, null);
            }
        }

        return new Way(epoch.Count, true, null);
    }

    /// <summary>How far an epoch came.</summary>
    /// <param name="Batches">The number of batches of the epoch that are done.</param>
    /// <param name="IsFinite">Whether all numbers are; if not, the next batch is the one that failed.</param>
    /// <param name="Interrupted">Why it went no further, or null.</param>
    internal readonly record struct Way(int Batches, bool IsFinite, string? Interrupted);
}
