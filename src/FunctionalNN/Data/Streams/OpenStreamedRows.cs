using System.Numerics;

namespace FunctionalNN;

/// <summary>Makes streams of samples. What opens one is called for each epoch and must begin anew each time.</summary>
public static class StreamedRows
{
    private const int ChunkRows = 256;

    /// <summary>A stream from pieces of any size. Each piece is read before the next is asked for.</summary>
    /// <param name="open">Gives the pieces from the first on.</param>
    public static StreamedRows<T> Of<T>(Func<IEnumerable<Batch<T>>> open)
        where T : unmanaged, IFloatingPointIeee754<T> => new(open);

    /// <summary>The rows of a data set in their order: reads a file from front to back, where shuffled rows would make it jump.</summary>
    public static StreamedRows<T> Of<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => new(() => Pieces(data), data.InputNames, data.Lineage, () => data.ContentHash);

    /// <summary>A stream from samples with the number of their class.</summary>
    /// <param name="open">Gives the samples from the first on.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="names">One name a class, or nothing.</param>
    public static StreamedRows<T> Of<T>(Func<IEnumerable<(T[] Inputs, int Label)>> open, int classes, params IEnumerable<string> names)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(() => open().Chunk(ChunkRows)
            .Select(chunk =>
                new Batch<T>(Matrix(chunk, sample => sample.Inputs),
                    new ClassLabels([.. chunk.Select(sample => sample.Label)], classes, names))));

    /// <summary>A stream from samples with the numbers to predict.</summary>
    /// <param name="open">Gives the samples from the first on.</param>
    /// <param name="tolerance">How far a prediction may be off and still count as right; see
    /// <see cref="RealTargets{T}.Tolerance"/>.</param>
    public static StreamedRows<T> Of<T>(Func<IEnumerable<(T[] Inputs, T[] Targets)>> open, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(() => open().Chunk(ChunkRows)
            .Select(chunk =>
                new Batch<T>(Matrix(chunk, sample => sample.Inputs),
                    new RealTargets<T>(Matrix(chunk, sample => sample.Targets), new Lazy<double>(tolerance)))));

    private static IEnumerable<Batch<T>> Pieces<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var buffer = Block<T>.Allocate(MatrixSize.Of<T>(ChunkRows, data.Inputs.Width));
        for (var start = 0; start < data.Count; start += Math.Min(ChunkRows, data.Count - start))
        {
            int[] rows = [.. Enumerable.Range(start, Math.Min(ChunkRows, data.Count - start))];
            var inputs = buffer.Slice(0, rows.Length * data.Inputs.Width);
            data.Inputs.Gather(rows, inputs.Span);
            yield return new Batch<T>(new Matrix<T>(inputs, rows.Length, data.Inputs.Width),
                data.Targets.Pick(rows))
            { Weights = data.WeightsOf(rows) };
        }
    }

    private static Matrix<T> Matrix<T, TSample>(TSample[] samples, Func<TSample, T[]> numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var width = numbers(samples[0]).Length;
        var block = Block<T>.Allocate(samples.Length * width);
        for (var row = 0; row < samples.Length; row++)
        {
            if (numbers(samples[row]) is var sample && sample.Length != width)
            {
                throw new ArgumentException($"a sample of the stream has {sample.Length} numbers, those before it have {width}");
            }

            sample.CopyTo(block.Span[(row * width)..]);
        }

        return new Matrix<T>(block, samples.Length, width);
    }
}
