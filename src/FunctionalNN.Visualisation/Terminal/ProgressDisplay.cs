using Spectre.Console;

namespace FunctionalNN;

/// <summary>Where progress is shown. Disposing it shows the end.</summary>
internal abstract class ProgressDisplay : IDisposable
{
    /// <summary>A bar where the terminal can redraw a line and no other bar has it, else lines.</summary>
    public static ProgressDisplay On(IAnsiConsole console, ProgressMeter meter) =>
        console.Profile.Capabilities is { Interactive: true, Ansi: true } && ProgressBar.TryStart(console, meter) is { } bar
            ? bar
            : new ProgressLines(console.Profile.Out.Writer, meter);

    public abstract void Show();

    public abstract void Dispose();
}
