using System.Numerics;

namespace FunctionalNN;

/// <summary>What the logs of a run write of each state: the name of a number and how it is found.</summary>
internal static class RunColumns
{
    /// <summary>Epoch and step, the rate, the metrics, and those of the user's own. A number that a state does not have is NaN.</summary>
    /// <param name="own">Names and measures of the user's own.</param>
    /// <exception cref="ArgumentException">A name is empty or there twice; the message gives it.</exception>
    public static (string Name, Func<TrainingState<T>, double> Value)[] Of<T>((string Name, Func<TrainingState<T>, double> Measure)[] own)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (string Name, Func<TrainingState<T>, double> Value)[] all =
        [
            ("learning_rate", state => state.LearningRate),
            ("loss", state => state.Training.Loss),
            ("accuracy", state => state.Training.Accuracy),
            ("validation_loss", state => state.Validation.Match(metrics => metrics.Loss, () => double.NaN)),
            ("validation_accuracy", state => state.Validation.Match(metrics => metrics.Accuracy, () => double.NaN)),
            .. own.Select(metric => (metric.Name, metric.Measure)),
        ];
        if (all.FirstOrDefault(column => string.IsNullOrWhiteSpace(column.Name)) is { Value: not null })
        {
            throw new ArgumentException("a metric of the log has no name: give it one");
        }

        var names = new HashSet<string>(["epoch", "step"], StringComparer.Ordinal);
        return all.FirstOrDefault(column => !names.Add(column.Name)) is { Name: { } twice }
            ? throw new ArgumentException($"two metrics of the log are called \"{twice}\": give one of them another name")
            : all;
    }
}
