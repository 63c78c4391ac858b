using System.Numerics;

namespace FunctionalNN;

/// <summary>Reads the batches of an epoch into the same memory again and again. A batch is good until the next is read.</summary>
internal sealed class BatchReader<T>(Epoch<T> epoch, Team team)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] rowNumbers = new int[epoch.BatchSize];
    private Block<T> inputs;
    private Batch<T>? full;
    private Batch<T>? partial;

    public int Count => epoch.Count;

    public Batch<T> Read(int index)
    {
        var rows = epoch.Rows(index, rowNumbers);
        var view = epoch.View(index);
        if (view is not null)
        {
            // Nothing to gather; a full batch of a fixed order is the same object each epoch.
            var viewed = full is { } known && ReferenceEquals(known.Inputs, view) ? known : new Batch<T>(view, epoch.Data.Targets.Room(rows.Length));
            epoch.Data.Targets.PickInto(rows, viewed.Targets);
            return viewed;
        }

        var batch = rows.Length == epoch.BatchSize ? full ??= Room(rows.Length) : partial ??= Room(rows.Length);
        epoch.Data.Targets.PickInto(rows, batch.Targets);
        Gather(rows, batch.Inputs.Block.Span);
        return batch;
    }

    private Batch<T> Room(int rows)
    {
        var width = epoch.Data.Inputs.Width;
        if (inputs.Array is null)
        {
            inputs = Block<T>.AllocatePinned(checked(epoch.BatchSize * width));
        }

        return new Batch<T>(new Matrix<T>(inputs.Slice(0, rows * width), rows, width), epoch.Data.Targets.Room(rows));
    }

    private unsafe void Gather(ReadOnlySpan<int> rows, Span<T> destination)
    {
        fixed (int* prows = rows)
        fixed (T* pdestination = destination)
        {
            var job = new Job(epoch.Data.Inputs, prows, rows.Length, pdestination);
            team.Run(ref job, team.PartsFor(destination.Length * 0.15));
        }
    }

    private readonly unsafe struct Job(RowSource<T> source, int* rows, int count, T* destination) : IJob
    {
        public void Execute(int part, int parts)
        {
            var (start, end) = Team.Range(count, 1, part, parts);
            source.Gather(new ReadOnlySpan<int>(rows + start, end - start), new Span<T>(destination + ((nint)start * source.Width), (end - start) * source.Width));
        }
    }
}
