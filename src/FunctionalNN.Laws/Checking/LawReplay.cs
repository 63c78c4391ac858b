using System.Globalization;
using FsCheck;

namespace FunctionalNN;

/// <summary>A law's name with the three numbers that give FsCheck the same case again: "gradient 123,457,12".</summary>
internal sealed record LawReplay(string Law, ulong Seed, ulong Gamma, int Size)
{
    public static LawReplay Of(string law, Rnd random, int size) => new(law, random.Seed, random.Gamma, size);

    public static LawReplay Parse(string text)
    {
        // FsCheck takes an even gamma and fails later.
        if (text.Split(' ', ',') is [var law, var first, var second, var third]
            && ulong.TryParse(first, CultureInfo.InvariantCulture, out var seed)
            && ulong.TryParse(second, CultureInfo.InvariantCulture, out var gamma)
            && ulong.IsOddInteger(gamma)
            && int.TryParse(third, CultureInfo.InvariantCulture, out var size))
        {
            return new LawReplay(law, seed, gamma, size);
        }

        throw new ArgumentException(
            $"\"{text}\" does not replay anything: give what the message of a broken law ends with, such as \"gradient 123,457,12\"");
    }

    public override string ToString() => $"{Law} {Seed},{Gamma},{Size}";
}
