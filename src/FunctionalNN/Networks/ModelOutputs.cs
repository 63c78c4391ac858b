using System.Numerics;

namespace FunctionalNN;

/// <summary>A block of a data set with the model's outputs for it; good until the next block is read.</summary>
internal sealed record OutputBlock<T>(Matrix<T> Outputs, Targets Targets, double[]? Weights, int FirstRow)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>A model's outputs for a data set, block by block, so that it need not fit into memory.</summary>
public static class ModelOutputs
{
    private const int MaxBlockRows = 1536;
    private const int MaxBlockNumbers = 1 << 22;

    internal static IEnumerable<OutputBlock<T>> Of<T>(Model<T> model, DataSet<T> data, Parallelism? parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        model.RequireInputs(data.Inputs);
        data.Lineage.RequireUnseen(model.Seen);
        if (data.Count == 0)
        {
            throw new ArgumentException("the data has no rows: there is nothing to measure");
        }

        // Fewer rows where there are many outputs; each row's are the same however many are computed together.
        var blockRows = Math.Clamp(MaxBlockNumbers / model.Network.Outputs, 1, MaxBlockRows);
        return Blocks();

        IEnumerable<OutputBlock<T>> Blocks()
        {
            var (reader, batches) = (new BatchReader<T>(), data.InOrder(blockRows).Epoch(default, 0));
            for (var i = 0; i < batches.Count; i++)
            {
                var batch = Read(reader, batches, i, parallelism);
                var outputs = model.Predict(batch.Inputs, parallelism);
                RequireFinite(outputs, i * blockRows);
                yield return new OutputBlock<T>(outputs, batch.Targets, Doubles(batch.Weights), i * blockRows);
            }
        }
    }

    private static BatchBuffer<T> Read<T>(BatchReader<T> reader, Epoch<T> batches, int index, Parallelism? parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var team = Team.Lease(parallelism ?? Parallelism.AllCores);
        return reader.Read(batches, index, team);
    }

    /// <summary>No class and no value is given out for a row whose outputs are not finite: the greatest of them would be
    /// anything.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="firstRow">The number of the first row, for the message.</param>
    /// <returns>The outputs.</returns>
    /// <exception cref="ArgumentException">There is such a row; the message names it.</exception>
    public static Matrix<T> RequireFinite<T>(Matrix<T> outputs, int firstRow = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (NonFinite.IndexIn(outputs.Values) is var position and >= 0)
        {
            throw new ArgumentException(
                $"the model's output {position % outputs.Columns} for row {firstRow + (position / outputs.Columns)} is "
                    + $"{outputs.Values[position]}: look for such a number in the row's inputs, or go back to the last good state of the "
                    + $"training");
        }

        return outputs;
    }

    private static double[]? Doubles<T>(Matrix<T>? weights)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            weights is null ? null : [.. weights.Values.ToArray().Select(double.CreateTruncating)];
}
