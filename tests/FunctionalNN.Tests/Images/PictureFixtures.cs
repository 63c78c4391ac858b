using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

/// <summary>The small picture files of fixtures, and what Pillow reads from them (image-references.py).</summary>
internal static class PictureFixtures
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "pictures");

    /// <summary>The files.</summary>
    public static string[] Files { get; } =
        [.. Directory.EnumerateFiles(Folder).Where(file => !file.EndsWith(".txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>What is to be read, and the bytes.</summary>
    public static IEnumerable<(string File, ImageFit Fit, ImageSize Size, byte[] Bytes)> References() =>
        File.ReadLines(Path.Combine(Folder, "references.txt")).Where(line => line[0] != '#').Select(line => line.Split(' '))
            .Select(words => (words[0], Enum.Parse<ImageFit>(words[1]), new ImageSize(Number(words[2]), Number(words[3]), Number(words[4])),
                Convert.FromHexString(words[5])));

    public static string MessageOf<TValue>(Either<Error, TValue> result) =>
        result.Match(value => throw new InvalidOperationException($"{value}, expected an error"), error => error.Message);

    private static int Number(string word) => int.Parse(word, System.Globalization.CultureInfo.InvariantCulture);
}
