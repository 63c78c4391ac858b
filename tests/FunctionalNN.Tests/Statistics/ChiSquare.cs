namespace FunctionalNN.Tests;

/// <summary>χ² = Σ (count − expected)² / expected has mean k − 1 and variance 2(k − 1) when all k cells are equally likely.</summary>
internal static class ChiSquare
{
    public static void AssertEven(int[] counts)
    {
        var expected = counts.Sum() / (double)counts.Length;
        var value = counts.Sum(count => (count - expected) * (count - expected) / expected);
        var freedom = counts.Length - 1;
        Assert.InRange(value, freedom - (5 * Math.Sqrt(2 * freedom)), freedom + (5 * Math.Sqrt(2 * freedom)));
    }
}
