using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FunctionalNN.Tests;

/// <summary>Compares states by their bytes, which tells −0 from 0 and one NaN from another.</summary>
internal static class StateBits
{
    /// <summary>Fails, naming the part and the position, unless every number of both states has the same bits.</summary>
    public static void AssertSame<T>(TrainingState<T> expected, TrainingState<T> actual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Divergence, actual.Divergence);
        AssertSame("parameters", expected.Model.Parameters.Values, actual.Model.Parameters.Values);
        AssertSame("statistics", expected.Model.Statistics.Values, actual.Model.Statistics.Values);
        Assert.Equal(expected.Moments.Kind, actual.Moments.Kind);
        Assert.Equal(expected.Moments.Vectors.Length, actual.Moments.Vectors.Length);
        for (var i = 0; i < expected.Moments.Vectors.Length; i++)
        {
            AssertSame($"moment {i}", expected.Moments.Vectors[i].Values, actual.Moments.Vectors[i].Values);
        }

        AssertSame(expected.Training, actual.Training);
        Assert.Equal(
            (expected.Step, expected.Epoch, expected.Key, expected.Objective, expected.Optimizer, expected.Model.Network),
            (actual.Step, actual.Epoch, actual.Key, actual.Objective, actual.Optimizer, actual.Model.Network));
    }

    /// <summary>Fails unless both have the same bits.</summary>
    public static void AssertSame(Metrics expected, Metrics actual) => Assert.True(Of(expected) == Of(actual), $"metrics: expected {expected}, found {actual}");

    /// <summary>Fails, naming the first position that differs.</summary>
    public static void AssertSame<T>(string what, ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var same = MemoryMarshal.AsBytes(expected.Slice(i, 1)).SequenceEqual(MemoryMarshal.AsBytes(actual.Slice(i, 1)));
            Assert.True(same, same ? "" : $"{typeof(T).Name} {what}: at {i} of {expected.Length} expected {expected[i]:R}, found {actual[i]:R}");
        }
    }

    /// <summary>All numbers of a state.</summary>
    public static byte[] Of<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        .. MemoryMarshal.AsBytes(state.Model.Parameters.Values),
        .. MemoryMarshal.AsBytes(state.Model.Statistics.Values),
        .. state.Moments.Vectors.SelectMany(vector => MemoryMarshal.AsBytes(vector.Values).ToArray()),
        .. BitConverter.GetBytes(state.Step),
        .. BitConverter.GetBytes(state.Training.LossSum),
        .. BitConverter.GetBytes(state.Training.PenaltySum),
        .. BitConverter.GetBytes(state.Training.Correct),
    ];

    /// <summary>The numbers of a data set.</summary>
    public static byte[] Of<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => Of(new Batch<T>(data.InputsOf([.. Enumerable.Range(0, data.Count)]), data.Targets));

    /// <summary>The numbers of a batch.</summary>
    public static byte[] Of<T>(Batch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        .. MemoryMarshal.AsBytes(batch.Inputs.Values),
        .. batch.Targets is ClassLabels labels ? MemoryMarshal.AsBytes(labels.Values) : MemoryMarshal.AsBytes(((RealTargets<T>)batch.Targets).Values.Values),
    ];

    /// <summary>SHA-256 of all numbers of a state, with the reason where it has diverged.</summary>
    public static string Digest<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Of(state)))} {state.Divergence}";

    private static (long, long, long, long, long) Of(Metrics metrics) =>
        (metrics.Rows, BitConverter.DoubleToInt64Bits(metrics.LossSum), BitConverter.DoubleToInt64Bits(metrics.PenaltySum), metrics.Correct, metrics.Judged);
}
