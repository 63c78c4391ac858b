using System.Numerics;
using System.Security.Cryptography;

namespace FunctionalNN.Tests;

/// <summary>Asserts that states, metrics and numbers have the same bits, as the law kit compares them.</summary>
internal static class StateBits
{
    /// <summary>Fails, naming the part and the position, unless every number of both states has the same bits.</summary>
    public static void AssertSame<T>(TrainingState<T> expected, TrainingState<T> actual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Null(Bits.Difference(expected, actual));
        Assert.Equal(
            (expected.Step, expected.Epoch, expected.Key, expected.Objective, expected.Optimizer, expected.Model.Network),
            (actual.Step, actual.Epoch, actual.Key, actual.Objective, actual.Optimizer, actual.Model.Network));
    }

    /// <summary>Fails unless both have the same bits.</summary>
    public static void AssertSame(Metrics expected, Metrics actual) =>
        Assert.True(Bits.Of(expected).SequenceEqual(Bits.Of(actual)), $"metrics: expected {expected}, found {actual}");

    /// <summary>Fails, naming the first position that differs.</summary>
    public static void AssertSame<T>(string what, ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged, IFloatingPointIeee754<T> => Assert.Null(Bits.Difference(what, expected, actual));

    /// <summary>All numbers of a state.</summary>
    public static byte[] Of<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => Bits.Of(state);

    /// <summary>The numbers of a data set.</summary>
    public static byte[] Of<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => Bits.Of(data);

    /// <summary>The numbers of a batch.</summary>
    public static byte[] Of<T>(Batch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T> => Bits.Of(batch);

    /// <summary>SHA-256 of all numbers of a state, with the reason where it has diverged.</summary>
    public static string Digest<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Of(state)))} {state.Divergence}";
}
