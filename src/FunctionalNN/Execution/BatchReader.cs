using System.Numerics;

namespace FunctionalNN;

/// <summary>Reads the batches of an epoch into the same memory again and again. A batch is good until the next is read.</summary>
internal sealed class BatchReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[] rowNumbers = [];
    private Block<T> inputs;
    private BatchRows<T>? gathered;
    private BatchBuffer<T>? whole;
    private BatchBuffer<T>? full;
    private BatchBuffer<T>? partial;

    /// <summary>Reads one batch. All epochs that a reader reads from must be of the same data and batch size.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="index">The number of the batch in it.</param>
    /// <param name="team">The threads.</param>
    /// <param name="gathers">Whether the reader of the batch gathers rows itself, where the source lets it.</param>
    public BatchBuffer<T> Read(Epoch<T> epoch, int index, Team team, bool gathers = false)
    {
        if (epoch.Count == 1 && whole is { } same)
        {
            return same;
        }

        if (rowNumbers.Length < epoch.BatchSize)
        {
            rowNumbers = new int[epoch.BatchSize];
        }

        var rows = epoch.Rows(index, rowNumbers);
        if (epoch.View(index) is not { } view)
        {
            var batch = Buffer(gathers && epoch.Data.Inputs.GivesColumns && !epoch.IsAugmented);
            Fill(batch);
            if (gathered is not null)
            {
                gathered.PointAt(rows);
                return epoch.Count == 1 && epoch.IsInOrder ? Keep(batch) : batch;
            }

            Gather(epoch, rows.Span, batch.Inputs.Block.Span, team);
            return batch;
        }

        // Nothing to gather.
        if (epoch.Count == 1)
        {
            return Keep(new BatchBuffer<T>(view, epoch.Data.Targets) { Weights = epoch.Data.Weights, Lineage = epoch.Data.Lineage });
        }

        var buffer = Buffer(gathers: false);
        Fill(buffer);
        return buffer with { Inputs = view };

        BatchBuffer<T> Keep(BatchBuffer<T> batch)
        {
            whole = batch;
            return batch;
        }

        BatchBuffer<T> Buffer(bool gathers) =>
            rows.Length == epoch.BatchSize
                ? full ??= NewBuffer(epoch, rows.Length, gathers)
                : partial ??= NewBuffer(epoch, rows.Length, gathers);

        void Fill(in BatchBuffer<T> batch)
        {
            epoch.Data.Targets.PickInto(rows.Span, batch.Targets);
            epoch.Data.PickWeights(rows.Span, batch.Weights);
        }
    }

    private BatchBuffer<T> NewBuffer(Epoch<T> epoch, int rows, bool gathers)
    {
        var width = epoch.Data.Inputs.Width;
        if (gathers)
        {
            gathered ??= new BatchRows<T>(epoch.Data.Inputs);
        }
        else if (inputs.Array is null)
        {
            inputs = Block<T>.AllocatePinned(MatrixSize.Of<T>(epoch.BatchSize, width));
        }

        var matrix = new Matrix<T>(gathers ? default : inputs.Slice(0, rows * width), rows, width);
        return new BatchBuffer<T>(matrix, epoch.Data.Targets.NewBuffer(rows))
        {
            Weights = epoch.Data.Weights is null ? null : new Matrix<T>(Block<T>.Allocate(rows), rows, 1),
            Gathered = gathered,
            Lineage = epoch.Data.Lineage,
        };
    }

    private static unsafe void Gather(Epoch<T> epoch, ReadOnlySpan<int> rows, Span<T> destination, Team team)
    {
        fixed (int* prows = rows)
        fixed (T* pdestination = destination)
        {
            var job = new Job(epoch, prows, rows.Length, pdestination);
            team.Run(ref job, team.PartsFor(destination.Length * epoch.NanosecondsEach));
        }
    }

    private readonly unsafe struct Job(Epoch<T> epoch, int* rows, int count, T* destination) : IJob
    {
        public void Execute(int part, int parts)
        {
            var (start, end) = Team.Range(count, 1, part, parts);
            var source = epoch.Data.Inputs;
            var own = new ReadOnlySpan<int>(rows + start, end - start);
            var taken = new Span<T>(destination + ((nint)start * source.Width), own.Length * source.Width);
            source.Gather(own, taken);
            epoch.Augment(own, taken);
        }
    }
}
