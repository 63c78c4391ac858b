using Spectre.Console;
using Spectre.Console.Rendering;

namespace FunctionalNN;

/// <summary>
/// A picture in the terminal, made by <see cref="Terminal"/>. As text, which a REPL shows by itself, it is in plain characters;
/// <see cref="Print"/> draws it in the colours that the terminal has and as wide as it is. It goes into tables and columns of
/// Spectre.Console too.
/// </summary>
public abstract class TerminalPicture : Renderable
{
    private const int TextWidth = 80;
    private static readonly Style Plain = Style.Plain;

    private protected TerminalPicture()
    {
    }

    /// <summary>Draws it. Into a file or a pipe go plain characters; colours are left out where the terminal has none or NO_COLOR is
    /// set.</summary>
    /// <param name="console">The terminal by default. What a given console reports of its abilities is believed.</param>
    public void Print(IAnsiConsole? console = null)
    {
        // Spectre.Console goes by the kind of the terminal, and would send colours into a pipe too.
        if (console is null && Console.IsOutputRedirected)
        {
            var profile = AnsiConsole.Profile;
            profile.Out.Writer.WriteLine(Text(Math.Max(1, profile.Width), profile.Capabilities.Unicode));
        }
        else
        {
            (console ?? AnsiConsole.Console).Write(this);
        }
    }

    /// <summary>In plain characters, at most 80 a line.</summary>
    public override string ToString() => Text(TextWidth, isUnicode: true);

    /// <summary>In plain characters.</summary>
    /// <param name="width">The maximum number of characters in a line, 1 or more.</param>
    /// <param name="isUnicode">Whether there may be others than those of ASCII.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is less than 1.</exception>
    public string Text(int width, bool isUnicode = true)
    {
        if (width < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(width), $"a picture cannot be {width} characters wide, expected 1 or more");
        }

        return string.Join(Environment.NewLine,
            Lines(new Surface(width, null, isUnicode)).Select(line => string.Concat(line.Select(piece => piece.Text)).TrimEnd()));
    }

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var colours = options.Ansi && options.Unicode && options.ColorSystem is not ColorSystem.NoColors
            ? options.ColorSystem
            : (ColorSystem?)null;
        foreach (var line in Lines(new Surface(maxWidth, colours, options.Unicode)))
        {
            foreach (var segment in line)
            {
                yield return segment;
            }

            yield return Segment.LineBreak;
        }
    }

    /// <summary>The lines, none wider than the surface.</summary>
    private protected abstract IEnumerable<IEnumerable<Segment>> Lines(Surface surface);

    /// <summary>Words that follow each other, on as many lines as they need.</summary>
    private protected static IEnumerable<IEnumerable<Segment>> Wrapped(int width, IEnumerable<Segment> words)
    {
        var (line, used) = (new List<Segment>(), 0);
        foreach (var word in words)
        {
            if (used > 0 && used + 2 + word.Text.Length > width)
            {
                yield return line;
                (line, used) = ([], 0);
            }

            if (used > 0)
            {
                line.Add(new Segment("  ", Plain));
                used += 2;
            }

            var text = word.Text.Length <= width ? word.Text : word.Text[..width];
            line.Add(new Segment(text, word.Style));
            used += text.Length;
        }

        if (used > 0)
        {
            yield return line;
        }
    }
}

/// <summary>What a picture is drawn on.</summary>
/// <param name="Width">Characters of a line.</param>
/// <param name="Colours">What colours there are; null for none.</param>
/// <param name="IsUnicode">Whether there are other characters than those of ASCII.</param>
internal readonly record struct Surface(int Width, ColorSystem? Colours, bool IsUnicode);
