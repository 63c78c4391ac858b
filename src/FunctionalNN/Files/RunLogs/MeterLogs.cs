using System.Diagnostics.Metrics;
using System.Numerics;

namespace FunctionalNN;

/// <summary>A run's numbers for OpenTelemetry, dotnet-counters and whatever else listens to a meter.</summary>
public static class MeterLogs
{
    /// <summary>
    /// Records the numbers of each epoch on gauges of a meter and passes the states on: functionalnn.epoch, .step, .learning_rate, .loss,
    /// .accuracy, .validation_loss, .validation_accuracy, and metrics of your own. A number that a state does not have is not recorded.
    /// </summary>
    /// <param name="states">The sequence.</param>
    /// <param name="meter">The meter; yours to dispose of.</param>
    /// <param name="metrics">Names and measures of your own.</param>
    /// <exception cref="ArgumentException">A metric's name is empty or there twice. Thrown at once.</exception>
    public static IEnumerable<TrainingState<T>> Record<T>(this IEnumerable<TrainingState<T>> states, Meter meter,
        params (string Name, Func<TrainingState<T>, double> Measure)[] metrics)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(meter);
        (string Name, Func<TrainingState<T>, double> Value)[] columns =
            [("epoch", state => state.Epoch), ("step", state => state.Step), .. RunColumns.Of(metrics)];
        var gauges = columns.Select(column => (Gauge: meter.CreateGauge<double>($"functionalnn.{column.Name}"), column.Value)).ToArray();
        return states.Do(state =>
        {
            foreach (var (gauge, value) in state.Stopped.IsNone ? gauges : [])
            {
                if (value(state) is var number && !double.IsNaN(number))
                {
                    gauge.Record(number);
                }
            }
        });
    }
}
