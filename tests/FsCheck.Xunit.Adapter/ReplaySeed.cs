using System.Globalization;
using Microsoft.FSharp.Core;

namespace FsCheck.Xunit;

/// <summary>Reads the numbers that FsCheck prints: (seed,gamma) or (seed,gamma,size).</summary>
internal static class ReplaySeed
{
    public static Replay Parse(string text)
        => text.Trim(' ', '(', ')').Split(',') switch
        {
            [var seed, var gamma] => new Replay(Random(seed, gamma, text), FSharpOption<int>.None),
            [var seed, var gamma, var size] => new Replay(Random(seed, gamma, text), FSharpOption<int>.Some((int)Number(size, int.MaxValue, text))),
            _ => throw Unreadable(text),
        };

    // FsCheck takes an even gamma and fails later, outside the test.
    private static Rnd Random(string seed, string gamma, string text)
        => Number(gamma, ulong.MaxValue, text) is var odd && ulong.IsOddInteger(odd)
            ? new Rnd(Number(seed, ulong.MaxValue, text), odd)
            : throw Unreadable(text);

    private static ulong Number(string digits, ulong limit, string text)
        => ulong.TryParse(digits, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && number <= limit
            ? number
            : throw Unreadable(text);

    private static FormatException Unreadable(string text)
        => new($"Replay must be \"seed,gamma\" or \"seed,gamma,size\" as a failed property prints it, with an odd gamma; given: \"{text}\".");
}
