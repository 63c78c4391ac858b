using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Any past epoch of a run, computed anew from its start: training is deterministic, so it is the state that was there, to the last bit,
/// and nothing had to be recorded. It takes as long as training to that epoch.
/// </summary>
/// <param name="Start">The state before the first epoch.</param>
/// <param name="Run">What is done from there: <c>start => start.Epochs(batches, loss).Validate(heldOut)</c>.</param>
/// <example><code>
/// var past = new TimeTravel&lt;float&gt;(start, start => start.Epochs(batches, loss));
/// past.Draw(100, state => Figure.DecisionRegions(state.Model, data)).Save("epoch-100.html").OrThrow();
/// </code></example>
public sealed record TimeTravel<T>(TrainingState<T> Start, Func<TrainingState<T>, IEnumerable<TrainingState<T>>> Run)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Where the run starts.</summary>
    public override string ToString() => $"time travel from {Start}";

    /// <summary>The state after an epoch; that of the start for its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The run does not come to that epoch; the message says where it ends.</exception>
    public TrainingState<T> At(int epoch) => At([epoch]).Single();

    /// <summary>The states after some epochs, in rising order, from one pass over the run.</summary>
    /// <param name="epochs">In any order.</param>
    /// <inheritdoc cref="At(int)"/>
    public IEnumerable<TrainingState<T>> At(params IEnumerable<int> epochs)
    {
        int[] wanted = [.. epochs.Distinct().Order()];
        if (wanted is [var first, ..] && first < Start.Epoch)
        {
            throw new ArgumentOutOfRangeException(nameof(epochs),
                $"epoch {first} was asked for, the run starts at {Start.Epoch}");
        }

        return Sequence();

        IEnumerable<TrainingState<T>> Sequence()
        {
            var next = 0;
            if (next < wanted.Length && wanted[next] == Start.Epoch)
            {
                next++;
                yield return Start;
            }

            var last = Start;
            if (next < wanted.Length)
            {
                foreach (var state in Run(Start).Where(state => state is { Stopped.IsNone: true, Divergence.IsNone: true }))
                {
                    last = state;
                    if (state.Epoch != wanted[next])
                    {
                        continue;
                    }

                    yield return state;
                    if (++next == wanted.Length)
                    {
                        yield break;
                    }
                }
            }

            if (next < wanted.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(epochs),
                    $"epoch {wanted[next]} was asked for, the run ends after epoch {last.Epoch}");
            }
        }
    }

    /// <summary>The figure of a past epoch.</summary>
    /// <inheritdoc cref="At(int)"/>
    public Figure Draw(int epoch, Func<TrainingState<T>, Figure> draw) => draw(At(epoch));

    /// <summary>The figures of some past epochs as an animation.</summary>
    /// <inheritdoc cref="At(int)"/>
    public Figure Animate(IEnumerable<int> epochs, Func<TrainingState<T>, Figure> draw) => At(epochs).Animate(draw);
}
