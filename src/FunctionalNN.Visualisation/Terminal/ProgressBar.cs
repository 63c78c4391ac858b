using Spectre.Console;
using Spectre.Console.Rendering;

namespace FunctionalNN;

/// <summary>Progress in a terminal: one line that is drawn over and over by Spectre.Console.</summary>
internal sealed class ProgressBar : ProgressDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly TaskCompletionSource ended = new();
    private readonly ProgressMeter meter;
    private Task running = Task.CompletedTask;
    private ProgressContext? context;
    private TimeSpan? shown;

    private ProgressBar(ProgressMeter meter) => this.meter = meter;

    /// <summary>A bar, or null when something else, such as another bar, has the terminal for itself.</summary>
    public static ProgressBar? TryStart(IAnsiConsole console, ProgressMeter meter)
    {
        var bar = new ProgressBar(meter);

        // Spectre.Console draws while a function runs. Ours waits until the sequence ends; without a context to come back to, waiting for
        // it cannot block it.
        var surrounding = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            bar.running = console.Progress().AutoRefresh(false).Columns(new Line(meter)).StartAsync(context =>
            {
                bar.context = context;
                context.AddTask("training");
                return bar.ended.Task;
            });
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(surrounding);
        }

        return bar.running.IsFaulted ? null : bar;
    }

    public override void Show()
    {
        if (shown is null || meter.Elapsed - shown >= Pause || meter.End is not null)
        {
            shown = meter.Elapsed;
            context?.Refresh();
        }
    }

    public override void Dispose()
    {
        // The end of the function draws once more.
        ended.TrySetResult();
        running.GetAwaiter().GetResult();
    }

    /// <summary>The whole line, as much of it as the terminal is wide.</summary>
    private sealed class Line(ProgressMeter meter) : ProgressColumn
    {
        private const int MinBar = 8;
        private const int MaxBar = 30;

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            var room = options.ConsoleSize.Width - 2;
            var words = Fitting(room - (meter.Share is null ? 0 : MinBar + 7));
            var line = new Paragraph();
            if (meter.Share is { } share)
            {
                var width = Math.Clamp(room - words.Length - 7, 0, MaxBar);
                var done = (int)Math.Round(share * width);
                var (full, empty) = options.Unicode ? ('━', options.ColorSystem == ColorSystem.NoColors ? ' ' : '━') : ('=', '-');
                line.Append(new string(full, done), new Style(meter.End is null ? Color.Green : Color.Blue))
                    .Append(new string(empty, width - done), new Style(Color.Grey))
                    .Append($" {(int)(100 * share),3} % ");
            }

            return line.Append(words);
        }

        /// <summary>The words in order, without those for which there is no room.</summary>
        private string Fitting(int room)
        {
            var line = "";
            foreach (var word in meter.Words())
            {
                var longer = line.Length == 0 ? word : $"{line}  {word}";
                line = word.Length > 0 && longer.Length <= room ? longer : line;
            }

            return line;
        }
    }
}
