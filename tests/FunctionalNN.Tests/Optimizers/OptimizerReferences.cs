using System.Globalization;

namespace FunctionalNN.Tests;

/// <summary>The numbers of references/optimizers.txt, made by references/optimizers.py with PyTorch 1.13, scikit-learn 1.2 and
/// NumPy.</summary>
internal static class OptimizerReferences
{
    private static readonly Dictionary<string, double[]> Lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "optimizers.txt"))
        .Select(line => line.Split(": "))
        .ToDictionary(parts => parts[0],
            parts => parts[1].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray());

    public static double[] Of(string name) => Lines[name];

    /// <summary>The references' five parameters: before the first step, and the gradient of step t, which does not depend on
    /// them.</summary>
    public static double[] Start => [1, -2, 0.5, 0.003, 0];

    public static double[] Gradient(int t) => [.. Enumerable.Range(0, 5).Select(i => Math.Cos((1.7 * t) + (0.9 * i)) / Math.Pow(10, i))];

    public static void AssertClose(double[] expected, IEnumerable<double> found, double tolerance = 1e-9)
    {
        var numbers = found.ToArray();
        Assert.Equal(expected.Length, numbers.Length);
        Assert.All(expected.Zip(numbers, (known, number) => (Expected: known, Found: number)), pair => Assert.True(
            Math.Abs(pair.Expected - pair.Found) <= tolerance * Math.Max(1, Math.Abs(pair.Expected)),
            string.Create(CultureInfo.InvariantCulture,
                $"expected {pair.Expected:R}, found {pair.Found:R}, difference {pair.Found - pair.Expected:E1}; all: "
                    + $"{string.Join(" ", numbers)}")));
    }
}
