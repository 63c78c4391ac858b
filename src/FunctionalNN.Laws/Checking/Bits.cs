using System.Numerics;
using System.Runtime.InteropServices;

namespace FunctionalNN;

/// <summary>Compares by bytes, which tells −0 from 0 and one NaN from another.</summary>
internal static class Bits
{
    /// <summary>The first number of a state that has other bits in the other, or null.</summary>
    public static string? Difference<T>(TrainingState<T> expected, TrainingState<T> actual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!expected.Divergence.Equals(actual.Divergence))
        {
            return $"divergence: expected {expected.Divergence}, found {actual.Divergence}";
        }

        var difference = Difference("parameters", expected.Model.Parameters.Values, actual.Model.Parameters.Values)
            ?? Difference("statistics", expected.Model.Statistics.Values, actual.Model.Statistics.Values)
            ?? Difference(expected.Moments, actual.Moments);
        return difference is not null ? difference
            : !Of(expected.Training).SequenceEqual(Of(actual.Training)) ? $"metrics: expected {expected.Training}, found {actual.Training}"
            : expected.IsEpochEnd != actual.IsEpochEnd ? $"end of an epoch: expected {expected.IsEpochEnd}, found {actual.IsEpochEnd}"
            : expected.Step != actual.Step ? $"step: expected {expected.Step}, found {actual.Step}"
            : null;
    }

    /// <summary>The first number of moments that has other bits in the other, or null.</summary>
    public static string? Difference<T>(Moments<T> expected, Moments<T> actual)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        expected.Kind != actual.Kind || expected.Vectors.Length != actual.Vectors.Length
            ? $"moments: expected {expected}, found {actual}"
            : expected.Vectors.Select((vector, i) => Difference($"moment {i}", vector.Values, actual.Vectors[i].Values))
                .FirstOrDefault(found => found is not null);

    /// <summary>The first position with other bits, or null.</summary>
    public static string? Difference<T>(string what, ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (expected.Length != actual.Length)
        {
            return $"{what}: expected {expected.Length} numbers, found {actual.Length}";
        }

        for (var i = 0; i < expected.Length; i++)
        {
            // Which of several NaNs a multiply-add keeps depends on the order in which the compiler hands it its operands: a NaN is a NaN.
            if (!(T.IsNaN(expected[i]) && T.IsNaN(actual[i]))
                && !MemoryMarshal.AsBytes(expected.Slice(i, 1)).SequenceEqual(MemoryMarshal.AsBytes(actual.Slice(i, 1))))
            {
                return $"{typeof(T).Name} {what}: at {i} of {expected.Length} expected {expected[i]:R}, found {actual[i]:R}";
            }
        }

        return null;
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
        where T : unmanaged, IFloatingPointIeee754<T> =>
            Of(new Batch<T>(data.InputsOf([.. Enumerable.Range(0, data.Count)]), data.Targets));

    /// <summary>The numbers of a batch.</summary>
    public static byte[] Of<T>(Batch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        .. MemoryMarshal.AsBytes(batch.Inputs.Values),
        .. batch.Targets is ClassLabels labels
            ? MemoryMarshal.AsBytes(labels.Values)
            : MemoryMarshal.AsBytes(((RealTargets<T>)batch.Targets).Values.Values),
    ];

    /// <summary>Metrics as bits.</summary>
    public static long[] Of(Metrics metrics) =>
        [metrics.Rows, BitConverter.DoubleToInt64Bits(metrics.LossSum), BitConverter.DoubleToInt64Bits(metrics.PenaltySum), metrics.Correct,
            metrics.Predictions];
}
