using System.Numerics;

namespace FunctionalNN;

/// <summary>Reads the batches of an epoch into the same memory again and again. A batch is good until the next is read.</summary>
internal sealed class BatchReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[] rowNumbers = [];
    private Block<T> inputs;
    private Batch<T>? whole;
    private Batch<T>? full;
    private Batch<T>? partial;

    /// <summary>Reads one batch. All epochs that a reader reads from must be of the same data and batch size.</summary>
    public Batch<T> Read(Epoch<T> epoch, int index, Team team)
    {
        if (epoch.Count == 1 && whole is not null)
        {
            return whole;
        }

        if (rowNumbers.Length < epoch.BatchSize)
        {
            rowNumbers = new int[epoch.BatchSize];
        }

        var rows = epoch.Rows(index, rowNumbers);
        var view = epoch.View(index);
        if (view is not null && epoch.Count == 1)
        {
            return whole = new Batch<T>(view, epoch.Data.Targets) { Weights = epoch.Data.Weights };
        }

        if (view is not null)
        {
            // Nothing to gather.
            var room = Room(rows.Length);
            epoch.Data.Targets.PickInto(rows, room.Targets);
            epoch.Data.PickWeights(rows, room.Weights);
            return room with { Inputs = view };
        }

        var batch = Room(rows.Length);
        epoch.Data.Targets.PickInto(rows, batch.Targets);
        epoch.Data.PickWeights(rows, batch.Weights);
        Gather(epoch, rows, batch.Inputs.Block.Span, team);
        return batch;

        Batch<T> Room(int count) => count == epoch.BatchSize ? full ??= NewRoom(epoch, count) : partial ??= NewRoom(epoch, count);
    }

    private Batch<T> NewRoom(Epoch<T> epoch, int rows)
    {
        var width = epoch.Data.Inputs.Width;
        if (inputs.Array is null)
        {
            inputs = Block<T>.AllocatePinned(checked(epoch.BatchSize * width));
        }

        return new Batch<T>(new Matrix<T>(inputs.Slice(0, rows * width), rows, width), epoch.Data.Targets.Room(rows))
        {
            Weights = epoch.Data.Weights is null ? null : new Matrix<T>(Block<T>.Allocate(rows), rows, 1),
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
            var room = new Span<T>(destination + ((nint)start * source.Width), own.Length * source.Width);
            source.Gather(own, room);
            epoch.Augment(own, room);
        }
    }
}
