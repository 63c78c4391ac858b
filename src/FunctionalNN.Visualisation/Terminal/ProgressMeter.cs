using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>What a run has done so far, and how long the rest will take.</summary>
internal sealed class ProgressMeter(int? total, TimeProvider clock)
{
    private readonly long begun = clock.GetTimestamp();
    private long rows;
    private int epoch;
    private Metrics training;
    private Metrics validation;

    /// <summary>How many epochs of this run are done; a state that closes a sequence is none.</summary>
    public int Done { get; private set; }

    public int? Total => total;

    /// <summary>0 … 1, or null where the end is not known.</summary>
    public double? Share => total is { } all ? Math.Min(1, (double)Done / all) : null;

    public TimeSpan Elapsed { get; private set; }

    /// <summary>Why the sequence ended, or null.</summary>
    public string? End { get; private set; }

    public void Take<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Elapsed = clock.GetElapsedTime(begun);
        var end = state.Stopped.Match(why => why, () => state.Divergence.Match(found => $"diverged at {found}", () => ""));
        End = end.Length > 0 ? end : null;
        (epoch, training) = (state.Epoch, state.Training);
        validation = state.Validation.IfNone(default(Metrics));
        if (End is null)
        {
            Done++;
            rows += state.Training.Rows;
        }
    }

    /// <summary>What there is to say, the most important first.</summary>
    public IEnumerable<string> Words()
    {
        yield return $"epoch {epoch}";
        yield return training.Rows == 0 ? "" : $"loss {training.Loss:F4}";
        yield return training.Rows == 0 ? "" : $"accuracy {training.Accuracy:P1}";
        yield return End is null && total > Done && Done > 0 ? $"{Short(Elapsed / Done * (total.Value - Done))} left" : "";
        yield return validation.Rows > 0 ? $"held out {validation.Loss:F4}, {validation.Accuracy:P1}" : "";
        yield return Elapsed > TimeSpan.Zero ? $"{rows / Elapsed.TotalSeconds:N0} rows/s" : "";
    }

    private static string Short(TimeSpan time) => time.TotalHours >= 1
        ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}"
        : $"{time.Minutes}:{time.Seconds:00}";
}
