using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>Comparison with numbers from elsewhere, within a tolerance that each test states.</summary>
internal static class ReferenceAssert
{
    public static void Near<T>(ReadOnlySpan<double> expected, ReadOnlySpan<T> actual, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var found = double.CreateSaturating(actual[i]);
            Assert.True(Math.Abs(expected[i] - found) <= tolerance, $"number {i}: expected {expected[i]:R}, found {found:R}");
        }
    }

    public static void Near<T>(ReadOnlySpan<double> expected, Matrix<T> actual, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T> => Near(expected, actual.Values, tolerance);
}
