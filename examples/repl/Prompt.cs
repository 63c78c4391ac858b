using System.Collections;

namespace FunctionalNN.Repl;

/// <summary>Reads submissions of one line or several, and prints their values.</summary>
/// <param name="input">Where lines come from.</param>
/// <param name="output">Where values go.</param>
/// <param name="isInteractive">Whether someone reads along: then there is a prompt.</param>
internal sealed class Prompt(TextReader input, TextWriter output, bool isInteractive)
{
    private const int MaxItems = 20;

    /// <summary>Runs the setup, then lines until #exit or the end.</summary>
    /// <returns>0, or 1 when no one reads along and something went wrong.</returns>
    public async Task<int> RunAsync(string setup)
    {
        var session = new Session(output);
        var failed = !(await session.RunFileAsync(setup)).Succeeded;
        while (Read() is { } code && code.Trim() != "#exit")
        {
            if (string.IsNullOrWhiteSpace(code))
            {
                continue;
            }

            var answer = await session.RunAsync(code);
            failed |= !answer.Succeeded;
            if (answer.Value is { } value)
            {
                output.WriteLine(Text(value));
            }
        }

        return failed && !isInteractive ? 1 : 0;
    }

    /// <summary>Lines until they are a whole submission, or an empty line ends one that cannot become whole; null at the end.</summary>
    private string? Read()
    {
        var text = Line("> ");
        while (text is not null && text.Trim() != "#exit" && !Session.IsComplete(text))
        {
            if (Line("  ") is not { Length: > 0 } next)
            {
                return text;
            }

            text += Environment.NewLine + next;
        }

        return text;
    }

    private string? Line(string prompt)
    {
        if (isInteractive)
        {
            output.Write(prompt);
        }

        return input.ReadLine();
    }

    /// <summary>A value's own words; of a collection without any the first items. A lazy sequence is not read: it may train without
    /// end.</summary>
    private static string Text(object value) => value switch
    {
        string text => $"\"{text}\"",
        _ when HasWords(value) => value.ToString() ?? "",
        ICollection items =>
            $"{items.Count} items{string.Concat(items.Cast<object?>().Take(MaxItems).Select(item => $"{Environment.NewLine}  {item}"))}"
                + $"{(items.Count > MaxItems ? $"{Environment.NewLine}  …" : "")}",
        IEnumerable => "a lazy sequence: take some of it, such as sequence.Take(3).ToArray()",
        _ => value.ToString() ?? "",
    };

    private static bool HasWords(object value) =>
        value.GetType().GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType is { } declaring && declaring != typeof(object)
            && declaring != typeof(ValueType) && value is not Array;
}
