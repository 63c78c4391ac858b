using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>A run that is taken further a few epochs at a time, by one thread at a time.</summary>
internal sealed class TrialRun<TSettings, T>(TSettings settings, Func<TSettings, IEnumerable<TrainingState<T>>> run,
    Func<TrainingState<T>, double> metric, CancellationToken cancellation) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The end of a run that was taken through all its epochs.</summary>
    public const string AllDone = "all epochs done";

    private readonly ImmutableArray<TrialPoint>.Builder curve = ImmutableArray.CreateBuilder<TrialPoint>();
    private IEnumerator<TrainingState<T>>? states;
    private TrainingState<T>? best;
    private string? end;

    /// <summary>The least metric so far; NaN where there is none.</summary>
    public double Score { get; private set; } = double.NaN;

    public bool IsRunning => end is null;

    /// <summary>The epochs so far.</summary>
    public IReadOnlyList<TrialPoint> Curve => curve;

    /// <summary>The state of the least metric, or null.</summary>
    public TrainingState<T>? BestState => best;

    /// <summary>The latest state, or null.</summary>
    public TrainingState<T>? Current { get; private set; }

    /// <summary>Why it ended, or null.</summary>
    public string? End => end;

    /// <summary>What it threw, if that is how it ended.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Takes what a run of the same settings came to, before the first call of <see cref="AdvanceTo"/>.</summary>
    public void GoOnFrom(IEnumerable<TrialPoint> points, TrainingState<T>? bestSoFar, double score)
    {
        curve.AddRange(points);
        (best, Score) = (bestSoFar, score);
    }

    /// <summary>Continues the run up to a number of epochs. What goes wrong becomes its end: one bad run must not end the
    /// others.</summary>
    public void AdvanceTo(int epochs)
    {
        try
        {
            states ??= run(settings).Until(cancellation).GetEnumerator();
            while (IsRunning && curve.Count < epochs)
            {
                if (states.MoveNext())
                {
                    Take(states.Current);
                }
                else
                {
                    end = "the sequence ended";
                }
            }
        }
        catch (Exception e)
        {
            Failure = e;
            end = $"{e.GetType().Name}: {e.Message}";
        }
    }

    /// <summary>Takes it no further.</summary>
    public void Stop(string reason) => end ??= reason;

    public Trial<TSettings, T> Result() =>
        new(settings, curve.ToImmutable(), best is null ? Option<TrainingState<T>>.None : best, Score, end ?? "");

    public void Dispose()
    {
        try
        {
            states?.Dispose();
        }
        catch (Exception e)
        {
            end = $"{e.GetType().Name}: {e.Message}";
        }
    }

    private void Take(TrainingState<T> state)
    {
        Current = state;
        end = state.Divergence.Match(found => $"diverged at {found}", () => state.Stopped.IfNone("")) is { Length: > 0 } reason
            ? reason
            : null;
        if (end is null)
        {
            curve.Add(new TrialPoint(state.Epoch, state.Training, state.Validation));
        }

        if (state.Divergence.IsNone && (end is null || curve.Count > 0) && metric(state) is var value && !(value >= Score)
            && !double.IsNaN(value))
        {
            (best, Score) = (state, value);
        }
    }
}
