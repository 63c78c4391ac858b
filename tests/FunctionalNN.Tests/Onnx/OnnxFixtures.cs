using System.Globalization;

namespace FunctionalNN.Tests;

/// <summary>Files that PyTorch wrote, with rows for them and what PyTorch answers: see fixtures/make_fixtures.py.</summary>
internal static class OnnxFixtures
{
    public static string[] Names =>
        [.. Directory.GetFiles(Folder, "*.onnx").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Onnx", "fixtures");

    public static string PathOf(string name) => Path.Combine(Folder, $"{name}.onnx");

    public static (Matrix<double> Inputs, Matrix<double> Outputs) Answers(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, $"{name}.txt"));
        var sizes = lines[0].Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return (Rows(lines[1..(sizes[0] + 1)], sizes[1]), Rows(lines[(sizes[0] + 1)..], sizes[2]));
    }

    private static Matrix<double> Rows(string[] lines, int columns) =>
        Matrix.Create<double>(lines.Length, columns,
            [.. lines.SelectMany(line => line.Split(' ')).Select(word => double.Parse(word, CultureInfo.InvariantCulture))]);
}
