using System.Numerics;
using Spectre.Console;

namespace FunctionalNN;

/// <summary>Looking at a run in the browser while it goes on.</summary>
public static class Watching
{
    /// <summary>
    /// Shows a run on a page in the browser and passes its states on: curves of loss, accuracy and rate, the time left, how each layer
    /// does, and for two inputs what the model answers at each place. The link is printed when the first state is asked for, and where
    /// there is a desktop the browser is opened. Its button ends the run with the state that it has reached. The page's server ends with
    /// the run: where a browser was opened, after the page is closed or a key is pressed.
    /// </summary>
    /// <remarks>
    /// The run hands over references only; pictures are made by another thread, four times a second at most, in a hundredth of the time,
    /// and only while a page is open. A page that is closed, slow or reloaded does nothing to the run, and if no server can be started a
    /// line says so and the run goes on. After the run an open page keeps what it shows; with a <see cref="Dashboard"/> of your own it can
    /// be opened then too.
    /// </remarks>
    /// <param name="states">The sequence.</param>
    /// <param name="heldOut">Rows to look at layers and answers with; without them there are curves only. 200 are used for layers.</param>
    /// <param name="epochs">How many states there will be at most, as in <c>.Take(epochs)</c>; without it there is no time left.</param>
    /// <param name="port">The port on 127.0.0.1, or 0 for a free one. Where it is in use a free one is taken, and a line says so.</param>
    /// <param name="console">Where the link goes; the terminal by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is less than 1, or there is no such port. Thrown at
    /// once.</exception>
    public static IEnumerable<TrainingState<T>> Watch<T>(this IEnumerable<TrainingState<T>> states, DataSet<T>? heldOut = null,
        int? epochs = null, int port = 0, IAnsiConsole? console = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Dashboard.RequirePort(port);
        RequireEpochs(epochs);
        var stop = new StopButton();
        return states.StopWhen(() => stop.Reason).Through(Sequence);

        IEnumerable<TrainingState<T>> Sequence(IEnumerable<TrainingState<T>> source)
        {
            var terminal = console ?? AnsiConsole.Console;
            using var dashboard = TryStart(port, terminal);
            var isOpen = dashboard is not null && Desktop.Open(dashboard.Link);
            try
            {
                foreach (var state in dashboard is null ? source : Shown(source, dashboard, heldOut, epochs, stop))
                {
                    yield return state;
                }
            }
            finally
            {
                if (isOpen)
                {
                    dashboard!.WaitForReader(terminal);
                }
            }
        }
    }

    /// <summary>Shows a run on a dashboard that is there, in place of the run before, and passes its states on.</summary>
    /// <inheritdoc cref="Watch{T}(IEnumerable{TrainingState{T}}, DataSet{T}?, int?, int, IAnsiConsole?)" path="/remarks"/>
    /// <param name="states">The sequence.</param>
    /// <param name="dashboard">The page, which stays open after the run.</param>
    /// <param name="heldOut">Rows to look at layers and answers with; without them there are curves only.</param>
    /// <param name="epochs">How many states there will be at most, as in <c>.Take(epochs)</c>; without it there is no time left.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is less than 1. Thrown at once.</exception>
    public static IEnumerable<TrainingState<T>> Watch<T>(this IEnumerable<TrainingState<T>> states, Dashboard dashboard,
        DataSet<T>? heldOut = null, int? epochs = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dashboard);
        RequireEpochs(epochs);
        var stop = new StopButton();
        return states.StopWhen(() => stop.Reason).Through(source => Shown(source, dashboard, heldOut, epochs, stop));
    }

    private static IEnumerable<TrainingState<T>> Shown<T>(IEnumerable<TrainingState<T>> source, Dashboard dashboard, DataSet<T>? heldOut,
        int? epochs, StopButton stop)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var run = new LiveRun<T>(dashboard.Board, heldOut, epochs, TimeProvider.System);
        stop.IsPressed = () => run.IsAskedToStop;
        var end = new RunEnd("the program took no more states", false);
        TrainingState<T>? last = null;
        try
        {
            using var states = source.GetEnumerator();
            while (TryMove(states, ref end))
            {
                last = states.Current;
                end = last.Divergence.Match(found => new RunEnd($"diverged at {found}", true), () => end);
                run.Take(last);
                yield return last;
            }
        }
        finally
        {
            run.End(last?.Stopped.Match(why => end.IsFault ? end : end with { Reason = why }, () => end) ?? end);
        }
    }

    /// <summary>The next state; where there is none, why.</summary>
    private static bool TryMove<T>(IEnumerator<TrainingState<T>> states, ref RunEnd end)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            if (states.MoveNext())
            {
                return true;
            }

            end = end.IsFault ? end : new RunEnd("the sequence ended", false);
            return false;
        }
        catch (Exception fault)
        {
            end = new RunEnd($"{fault.GetType().Name}: {fault.Message}", true);
            throw;
        }
    }

    private static Dashboard? TryStart(int port, IAnsiConsole console)
    {
        try
        {
            return new Dashboard(port, console);
        }
        catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException)
        {
            Dashboard.Say(console, $"the dashboard could not start, the run goes on without it: {fault.Message}");
            return null;
        }
    }

    /// <summary>The page's button, for the run that is shown.</summary>
    private sealed class StopButton
    {
        public Func<bool>? IsPressed { get; set; }

        public string? Reason => IsPressed?.Invoke() == true ? "stopped on the page" : null;
    }

    private static void RequireEpochs(int? epochs)
    {
        if (epochs < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(epochs), $"a run of {epochs} epochs cannot be watched, expected 1 or more");
        }
    }
}
