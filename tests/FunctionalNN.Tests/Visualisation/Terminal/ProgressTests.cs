using Spectre.Console;

namespace FunctionalNN.Tests;

/// <summary>Progress in a terminal, a narrow one, one without colour, and a file.</summary>
public class ProgressTests
{
    private static readonly DataSet<float> Spiral = Generate.Spiral(samples: 10, classes: 2, seed: 0);
    private static readonly TrainingState<float> Start =
        new Network(2, [new Dense(4), new Relu(), new Dense(2), new Softmax()]).Initialize(1).Train(new Sgd(0.1), seed: 3);

    private static IEnumerable<TrainingState<float>> Run => Start.Epochs(Spiral.Shuffled(4), new CategoricalCrossEntropy());

    [Fact]
    public void A_file_gets_a_line_for_each_tenth_and_the_end()
    {
        var lines =
            Written(isTerminal: false,
                (console, clock) => Run.Take(25).Do(_ => clock.Pass(TimeSpan.FromSeconds(2))).Progress(25, console, clock))
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 25], lines.Select(EpochOf));
        var state = Run.Take(2).Last();
        Assert.Equal(
            FormattableString.Invariant(
                $"  8 %, epoch 2, loss {state.Training.Loss:F4}, accuracy {state.Training.Accuracy:P1}, 0:46 left, 10 rows/s"), lines[1]);
        Assert.StartsWith("100 %, epoch 25, loss ", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("left", lines[^1], StringComparison.Ordinal);
    }

    private static int EpochOf(string line) =>
        int.Parse(line.Split("epoch ")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void A_file_gets_no_escape_sequences_and_no_wrapped_lines()
    {
        var text =
            Written(isTerminal: false,
                (console, clock) => Run.Take(3).Validate(Spiral).StopEarly(9).Do(_ => clock.Pass(TimeSpan.FromHours(2)))
                    .Progress(400, console, clock), width: 20);
        Assert.DoesNotContain('\u001b', text);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Contains("798:00:00 left, held out ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("; best state, epoch 3: the sequence ended", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_end_a_line_comes_each_half_minute()
    {
        var lines =
            Written(isTerminal: false,
                (console, clock) => Run.Take(20).Do(_ => clock.Pass(TimeSpan.FromSeconds(7))).Progress(console: console, clock: clock))
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([1, 6, 11, 16, 20], lines.Select(EpochOf));
        Assert.DoesNotContain("%, epoch", lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(120, true)]
    [InlineData(80, true)]
    [InlineData(40, true)]
    [InlineData(24, true)]
    [InlineData(80, false)]
    public void A_terminal_gets_a_bar_that_fits(int width, bool isUnicode)
    {
        var text =
            Written(isTerminal: true,
                (console, clock) => Run.Take(4).Validate(Spiral).Do(_ => clock.Pass(TimeSpan.FromSeconds(1))).Progress(4, console, clock),
                width, isUnicode);
        var lines = System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;?]*[a-zA-Z]", "").Replace('\r', '\n').Split('\n');
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.Contains(lines, line => line.Contains("100 % epoch 4", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(" 50 % epoch 2", StringComparison.Ordinal));
        Assert.Equal(isUnicode, text.Contains('━'));
        Assert.Equal(width >= 80, text.Contains("accuracy", StringComparison.Ordinal));
        Assert.Equal(width >= 80, text.Contains("held out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_terminal_without_colour_gets_the_same_without_colour()
    {
        var text =
            Written(isTerminal: true, (console, clock) => Run.Take(2).Progress(2, console, clock), colours: ColorSystemSupport.NoColors);
        Assert.DoesNotMatch("\u001b\\[[0-9;]*m", text);
        Assert.Contains("100 % epoch 2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fast_run_draws_ten_times_a_second_at_most()
    {
        var text =
            Written(isTerminal: true,
                (console, clock) => Run.Take(200).Do(_ => clock.Pass(TimeSpan.FromMilliseconds(1))).Progress(200, console, clock));
        Assert.InRange(text.Split("epoch ").Length - 1, 2, 5);
    }

    [Fact]
    public void A_second_bar_on_the_same_terminal_writes_lines_and_the_first_is_left_in_peace()
    {
        var text = Written(isTerminal: true, (console, clock) => Run.Take(2).Progress(2, console, clock).Progress(2, console, clock));
        Assert.Contains("100 % epoch 2", text, StringComparison.Ordinal);
        Assert.Contains("100 %, epoch 2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_that_is_left_early_gives_the_terminal_back()
    {
        var (console, _) = Terminal(isTerminal: true, 80, true, ColorSystemSupport.Standard);
        Assert.Equal(2, Run.Progress(10, console).First(state => state.Epoch == 2).Epoch);
        Assert.Throws<InvalidOperationException>(() => Run.Do(_ => throw new InvalidOperationException("stop")).Progress(10, console)
            .Last());
        console.Progress().Start(context => context.AddTask("free again"));
    }

    [Fact]
    public void A_token_reaches_the_run_through_it()
    {
        using var cancellation = new CancellationTokenSource();
        var data = new DataSet<float>(new CancellingRows(Spiral.Inputs, after: 25, cancellation), Spiral.Targets);
        var text =
            Written(isTerminal: false,
                (console, clock) => Start.Epochs(data.Shuffled(4), new CategoricalCrossEntropy()).Progress(9, console, clock)
                    .Until(cancellation.Token));
        Assert.EndsWith("; cancelled in epoch 2, after 2 of 5 batches: this is the state before it\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_towards_nothing_is_refused() => Assert.StartsWith(
        "progress towards 0 epochs cannot be shown, expected 1 or more",
        Assert.Throws<ArgumentOutOfRangeException>(() => Run.Progress(0)).Message, StringComparison.Ordinal);

    private static string Written(bool isTerminal, Func<IAnsiConsole, ManualClock, IEnumerable<TrainingState<float>>> verbs, int width = 80,
        bool isUnicode = true, ColorSystemSupport colours = ColorSystemSupport.Standard)
    {
        var (console, writer) = Terminal(isTerminal, width, isUnicode, colours);
        Assert.NotEmpty(verbs(console, new ManualClock()).ToArray());
        return writer.ToString().ReplaceLineEndings("\n");
    }

    private static (IAnsiConsole Console, StringWriter Writer) Terminal(bool isTerminal, int width, bool isUnicode,
        ColorSystemSupport colours)
    {
        var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            ColorSystem = isTerminal ? colours : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = isUnicode;
        return (console, writer);
    }
}
