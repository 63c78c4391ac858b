using System.Numerics;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Where batches come from makes no difference: data in memory, a stream, and batches given one by one lead to the same whole
/// states.</summary>
[Properties(Arbitrary = [typeof(TrainingGenerators)])]
public class StreamLaws
{
    [Property(MaxTest = 60)]
    public void Training_on_a_stream_is_training_in_memory_as_whole_states(TrainingCase run)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (data, start) = (Named(run.Data.Create<T>()), run.Start<T>());
            var inMemory = start.Epochs(data.InOrder(run.BatchSize), run.Loss, run.Parallelism).Take(run.Epochs).ToArray();
            StreamedRows<T>[] streams = [StreamedRows.Of(() => Pieces(data, run.Seed)), StreamedRows.Of(data)];
            foreach (var stream in streams)
            {
                var states = start.Epochs(stream.InOrder(run.BatchSize), run.Loss, run.Parallelism).Take(run.Epochs).ToArray();
                Assert.Equal(inMemory.Length, states.Length);
                Assert.All(inMemory.Zip(states, (memory, streamed) => (Memory: memory, Streamed: streamed)),
                    pair => AssertSame(pair.Memory, pair.Streamed));
            }
        }
    }

    [Property(MaxTest = 60)]
    public void An_epoch_is_the_fold_of_its_batches_as_whole_states(TrainingCase run)
    {
        var (data, start) = (Named(run.Data.Create<float>()), run.Start<float>());
        var epoch = data.InOrder(run.BatchSize).Epoch(start.Key, 0);
        var folded = epoch.Aggregate(start, Train.Step<float>(run.Loss));
        AssertSame(folded, start.Run(epoch, run.Loss, run.Parallelism));
        AssertSame(folded, start.Run(epoch.ToArray(), run.Loss, run.Parallelism));
        AssertSame(folded,
            start.Run(StreamedRows.Of(() => Pieces(data, run.Seed)).InOrder(run.BatchSize).Epoch(start.Key, 0), run.Loss, run.Parallelism));
    }

    private static void AssertSame<T>(TrainingState<T> expected, TrainingState<T> actual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        StateBits.AssertSame(expected, actual);
        Assert.Equal(expected.Model.LabelNames, actual.Model.LabelNames);
        Assert.Equal(expected.Recipe, actual.Recipe);
        Assert.Equal(expected.Divergence, actual.Divergence);
    }

    private static DataSet<T> Named<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => data.Targets is ClassLabels labels
            ? new DataSet<T>(data.Inputs,
                new ClassLabels(labels.Values, labels.Classes, Enumerable.Range(0, labels.Classes).Select(i => $"class {i}")))
            : data;

    private static IEnumerable<Batch<T>> Pieces<T>(DataSet<T> data, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int at = 0, piece = 0; at < data.Count; piece++)
        {
            int[] rows = [.. Enumerable.Range(at, Math.Min(new Key((ulong)seed).Below(7, piece), data.Count - at))];
            at += rows.Length;
            yield return new Batch<T>(data.InputsOf(rows), data.Targets.Pick(rows)) { Weights = data.WeightsOf(rows) };
        }
    }
}
