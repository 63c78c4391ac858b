using System.Numerics;
using Spectre.Console;

namespace FunctionalNN;

/// <summary>Progress in the terminal.</summary>
public static class TrainingProgress
{
    /// <summary>
    /// Shows how far a run is, and passes its states on: a bar with loss, accuracy, rows a second and the time left, at most ten times a
    /// second. A narrow terminal shows less of it, one without colour or Unicode the same in plain characters; into a file or a pipe goes a
    /// line now and then.
    /// </summary>
    /// <remarks>
    /// It moves once an epoch. What is printed meanwhile should go through the same console (<see cref="AnsiConsole"/>), which puts it
    /// above the bar.
    /// </remarks>
    /// <param name="states">The sequence.</param>
    /// <param name="epochs">How many states there will be at most, as in <c>.Take(epochs)</c>; without it there is no bar and no time
    /// left.</param>
    /// <param name="console">The terminal by default.</param>
    /// <param name="clock">The system's clock by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is less than 1. Thrown at once.</exception>
    public static IEnumerable<TrainingState<T>> Progress<T>(this IEnumerable<TrainingState<T>> states, int? epochs = null,
        IAnsiConsole? console = null, TimeProvider? clock = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (epochs < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(epochs), $"progress towards {epochs} epochs cannot be shown, expected 1 or more");
        }

        return states.Through(Sequence);

        IEnumerable<TrainingState<T>> Sequence(IEnumerable<TrainingState<T>> source)
        {
            var meter = new ProgressMeter(epochs, clock ?? TimeProvider.System);
            using var display = ProgressDisplay.On(console ?? AnsiConsole.Console, meter);
            foreach (var state in source)
            {
                meter.Take(state);
                display.Show();
                yield return state;
            }
        }
    }
}
