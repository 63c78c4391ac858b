using System.Text.RegularExpressions;
using Spectre.Console;

namespace FunctionalNN.Tests;

/// <summary>Pictures in a terminal, a narrow one, one of few or no colours, and a file.</summary>
public partial class TerminalPictureTests
{
    private static readonly DataSet<float> Moons = Generate.Moons(samples: 40, noise: 0.1, seed: 1);
    private static readonly TrainingState<float> Start =
        new Network(2, [new Dense(16), new Relu(), new Dense(2), new Softmax()]).Initialize(1).Train(new Adam(0.05), seed: 3);
    private static readonly Lazy<TrainingState<float>[]> Run =
        new(() => [.. Start.Epochs(Moons.Shuffled(16), new CategoricalCrossEntropy()).Validate(Moons).Take(30)]);

    private static TerminalPicture[] Pictures =>
        [Terminal.Curves(Run.Value), Terminal.Regions(Run.Value[^1].Model, Moons), Terminal.Image(Gradient, row: 0)];

    /// <summary>An image of 8 × 8 that becomes brighter to the right, and a class with a name.</summary>
    private static DataSet<float> Gradient =>
        new(Matrix.Create(1, 64, (_, column) => (float)(column % 8)), new ClassLabels([1], 2, "dark", "bright"));

    public static TheoryData<int> Widths => [1, 2, 7, 8, 15, 20, 40, 79, 80, 200];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Nothing_is_wider_than_the_terminal(int width)
    {
        foreach (var picture in Pictures)
        {
            foreach (var colours in (ColorSystemSupport[])[ColorSystemSupport.NoColors, ColorSystemSupport.Standard,
                ColorSystemSupport.TrueColor])
            {
                var lines = Escapes().Replace(Drawn(picture, width, colours), "").Split('\n');
                Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
                Assert.Contains(lines, line => line.Length > 0);
            }

            Assert.All(picture.Text(width).Split(Environment.NewLine), line => Assert.InRange(line.Length, 0, width));
        }
    }

    [Fact]
    public void A_file_gets_plain_characters()
    {
        foreach (var picture in Pictures)
        {
            var text = Drawn(picture, 80, ColorSystemSupport.TrueColor, isTerminal: false);
            Assert.DoesNotContain('\u001b', text);
            Assert.Equal(picture.ToString().ReplaceLineEndings("\n"),
                string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())));
        }
    }

    [Fact]
    public async Task A_pipe_gets_plain_characters_whatever_the_terminal_could_do()
    {
        var lines = await ChildProcess.Run("picture", ("TERM", "xterm-256color"), ("COLORTERM", "truecolor"));
        Assert.Equal(21, lines.Length);
        Assert.All(lines, line => Assert.DoesNotContain('\u001b', line));
        Assert.All(lines[..20], line => Assert.Matches("^[AB.:]{64}$", line));
    }

    [Fact]
    public void A_terminal_without_colour_gets_the_same_as_a_file() =>
        Assert.All(Pictures,
            picture =>
                Assert.Equal(Drawn(picture, 60, ColorSystemSupport.TrueColor, isTerminal: false),
                    Drawn(picture, 60, ColorSystemSupport.NoColors)));

    [Fact]
    public void Without_Unicode_there_is_only_ASCII()
    {
        foreach (var picture in Pictures)
        {
            Assert.All(picture.Text(80, isUnicode: false), character => Assert.True(char.IsAscii(character), $"{character}"));
            Assert.All(Escapes().Replace(Drawn(picture, 80, ColorSystemSupport.TrueColor, isUnicode: false), ""),
                character => Assert.True(char.IsAscii(character), $"{character}"));
        }
    }

    [Fact]
    public void Curves_say_from_where_to_where_and_the_best()
    {
        var states = Run.Value;
        var lines = Terminal.Curves(states.Select(state => state with { Training = default })).Text(120).Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        var best = states.MinBy(state => Loss(state))!;
        var losses = FormattableString.Invariant($"{Loss(states[0]):F4} to {Loss(states[^1]):F4} +best {Loss(best):F4}");
        Assert.Matches($"^held-out loss     [▁▂▃▄▅▆▇█]{{30}}  {losses}, epoch {best.Epoch}$", lines[0]);
        Assert.StartsWith("held-out accuracy ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_rises_and_falls_with_its_numbers()
    {
        double[] losses = [4, 3, 2, 1, double.NaN, 0];
        var line = Terminal.Curves(losses.Select((loss, i) => Start with { Epoch = i + 1, Training = new Metrics(1, loss, 0, 1, 1) }))
            .Text(80).Split(Environment.NewLine)[0];
        Assert.Matches("^loss     █▇▅▃!▁  4.0000 to 0.0000 +best 0.0000, epoch 6$", line);
        Assert.Equal("loss     ▅",
            Terminal.Curves([Start with { Training = new Metrics(1, 3, 0, 1, 1) }]).Text(19).Split(Environment.NewLine)[0]);
    }

    [Fact]
    public void A_long_run_is_drawn_by_means_and_the_closing_state_is_none_of_its_own()
    {
        var states = Start.Epochs(Moons.FullBatch(), new CategoricalCrossEntropy()).Take(200).Validate(Moons).Best().ToArray();
        Assert.Equal(201, states.Length);
        var line = Terminal.Curves(states).Text(200).Split(Environment.NewLine)[0];
        Assert.Contains($"{states[0].Training.Loss:F4} to {states[199].Training.Loss:F4}", line, StringComparison.Ordinal);
        Assert.Equal(60, line.Count(character => "▁▂▃▄▅▆▇█".Contains(character)));
    }

    [Fact]
    public void Regions_show_what_the_model_sees_and_the_rows_where_they_are()
    {
        // Class 1 where x > 0: the weights say so. Corners of the data lie in the corners of the picture.
        var model = new Network(3, [new Dense(2), new Softmax()]).Initialize(1)
            .With("dense1", "weights", Matrix.Of(new float[,] { { 0, 50 }, { 0, 0 }, { 0, 0 } }));
        var data = new DataSet<float>(Matrix.Of(new float[,] { { -1, 7, -1 }, { 1, 7, 1 } }), new ClassLabels([0, 1], 2, "left", "right"));
        var lines = Terminal.Regions(model, data, x: 0, y: 2, width: 20).Text(80).Split(Environment.NewLine);
        Assert.Equal(
            [
                "..........:::::::::B", "..........::::::::::", "..........::::::::::", "..........::::::::::", "..........::::::::::",
                "A.........::::::::::",
                "A. left  B: right  → column 0, -1.1 to 1.1  ↑ column 2, -1.1 to 1.1",
            ],
            lines);
        var coloured = Drawn(Terminal.Regions(model, data, x: 0, y: 2, width: 20), 80, ColorSystemSupport.TrueColor).Split('\n');
        Assert.Equal(6, coloured.Count(line => line.Contains('▀')));
        Assert.Contains("■ right", Escapes().Replace(coloured[6], ""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorSystemSupport.TrueColor, 8)]
    [InlineData(ColorSystemSupport.EightBit, 8)]
    [InlineData(ColorSystemSupport.Standard, 6)]
    public void Classes_have_colours_of_their_own_however_few_the_terminal_has(ColorSystemSupport colours, int classes)
    {
        // The model sees class ⌊x⌋; there is a point for each class, so that as many grounds and as many points are drawn.
        var data = new DataSet<float>(
            Matrix.Create(classes, 2, (row, column) => column == 0 ? row : 0f),
            new ClassLabels([.. Enumerable.Range(0, classes)], classes));
        var model = new Network(2, [new Dense(classes), new Softmax()]).Initialize(1)
            .With("dense1", "weights", Matrix.Create(2, classes, (row, column) => row == 0 ? 20f * column : 0f))
            .With("dense1", "bias", Matrix.Create(1, classes, (_, column) => -10f * column * column));
        var text = Drawn(Terminal.Regions(model, data), 80, colours);
        var styles = Styles().Matches(text).SelectMany(match => Parts(match.Groups[1].Value)).ToHashSet();
        Assert.Equal(2 * classes, styles.Count);

        // "38;5;17;48;5;18" and "34;44": ink and paper have the same colours by other numbers.
        static IEnumerable<string> Parts(string style)
        {
            var numbers = style.Split(';').Select(int.Parse).ToArray();
            for (var i = 0; i < numbers.Length;)
            {
                var length = numbers[i] is 38 or 48 ? (numbers[i + 1] == 5 ? 3 : 5) : 1;
                yield return length > 1
                    ? string.Join(';', numbers[(i + 1)..(i + length)])
                    : $"{numbers[i] % 10 + (numbers[i] >= 90 ? 8 : 0)}";
                i += length;
            }
        }
    }

    [Fact]
    public void A_yes_or_no_model_has_two_regions()
    {
        var model = new Network(2, [new Dense(1), new Sigmoid()]).Initialize(1);
        var text = Terminal.Regions(model, Moons).ToString();
        Assert.Contains('A', text);
        Assert.Contains('B', text);
    }

    [Fact]
    public void An_image_has_as_much_ink_as_its_pixels_are_bright()
    {
        var lines = Terminal.Image(Gradient, row: 0).Text(80).Split(Environment.NewLine);
        Assert.Equal([.. Enumerable.Repeat("  ..::==++##%%@@", 8), "row 0: bright"], lines);
        Assert.Equal([.. Enumerable.Repeat(" .:=+#%@", 4), "row 0:", "bright"],
            Terminal.Image(Gradient, row: 0).Text(8).Split(Environment.NewLine).SelectMany(Words));
        Assert.Equal(4, Terminal.Image(Gradient, row: 0).Text(4).Split(Environment.NewLine)[0].Length);

        static IEnumerable<string> Words(string line) => line.StartsWith("row", StringComparison.Ordinal) ? ["row 0:", "bright"] : [line];
    }

    [Fact]
    public void An_image_in_colour_is_two_pixels_a_character()
    {
        float[] red = [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0];
        var text = Drawn(Terminal.Image<float>(red), 80, ColorSystemSupport.TrueColor);
        Assert.Contains("\u001b[38;2;255;0;0;48;2;255;0;0m▀", text, StringComparison.Ordinal);
        Assert.Contains("\u001b[38;2;0;0;0;48;2;0;0;0m▀", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_are_named()
    {
        var model = Run.Value[^1].Model;
        Assert.Equal("there are no states to draw curves of: give a run of one epoch or more", Message(() => Terminal.Curves<float>([])));
        Assert.Equal("the data has 1 rows of 64 columns, the model takes 2 inputs: give rows that it can read",
            Message(() => Terminal.Regions(model, Gradient)));
        Assert.Equal("regions are drawn over two columns of the inputs, given were 1 and 1 of 2: give two different ones from 0 to 1",
            Message(() => Terminal.Regions(model, Moons, x: 1)));
        Assert.Equal(
            "regions are drawn of classes, the data has 1 × 1 targets: make them ClassLabels",
            Message(() =>
                Terminal.Regions(model, new DataSet<float>(Matrix.Zeros<float>(1, 2), new RealTargets<float>(Matrix.Zeros<float>(1, 1))))));
        Assert.Equal(
            "2 numbers are no square picture in grey or of three colours: give its size, such as new ImageSize(Height: 24, Width: 32)",
            Message(() => Terminal.Image(Moons, 0)));
        Assert.Equal("64 numbers are no picture of 9 × 9, in grey or of three colours: give the size of yours",
            Message(() => Terminal.Image(Gradient, 0, new ImageSize(9, 9))));
        Assert.StartsWith("a picture cannot be 0 characters wide, expected 1 or more", Message(() => Pictures[0].Text(0)),
            StringComparison.Ordinal);

        static string Message(Func<object> make) => Assert.ThrowsAny<ArgumentException>(make).Message;
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_drawn_too()
    {
        var strange =
            new DataSet<float>(Matrix.Of(new float[,] { { float.NaN, 1 }, { 1, float.PositiveInfinity }, { 0, 0 } }),
                new ClassLabels([0, 1, 0], 2));
        Assert.Contains('A', Terminal.Regions(Run.Value[^1].Model, strange).ToString());
        Assert.Equal(["@@  ", "    "],
            Terminal.Image<float>([1, float.NaN, 0, float.NegativeInfinity]).Text(80).Split(Environment.NewLine)
                .Select(line => line.PadRight(4)));
    }

    private static double Loss(TrainingState<float> state) => state.Validation.Match(metrics => metrics.Loss, () => double.NaN);

    private static string Drawn(TerminalPicture picture, int width, ColorSystemSupport colours, bool isTerminal = true,
        bool isUnicode = true)
    {
        var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal ? colours : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = isUnicode;
        picture.Print(console);
        return writer.ToString().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("\u001b\\[([0-9;]+)m▀")]
    private static partial Regex Styles();

    [GeneratedRegex("\u001b\\[[0-9;?]*[a-zA-Z]")]
    private static partial Regex Escapes();
}
