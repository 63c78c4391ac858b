using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Which rows come when.</summary>
public class DataOrderLaws
{
    /// <summary>Rows, classes and a batch size.</summary>
    public sealed record Rows(int Count, int Classes, int BatchSize, int Seed, int Epoch)
    {
        /// <summary>Every row's number is its input, its label the number modulo classes.</summary>
        public DataSet<double> Data => new(
            Matrix.Create(Count, 1, (row, _) => (double)row),
            new ClassLabels([.. Enumerable.Range(0, Count).Select(row => row % Classes)], Classes));

        public Key Key => new((ulong)Seed);

        public static Arbitrary<Rows> Any() => Arb.From(
            from count in Gen.Choose(1, 200)
            from classes in Gen.Choose(1, 5)
            from size in Gen.Choose(1, 210)
            from seed in Gen.Choose(0, int.MaxValue)
            from epoch in Gen.Choose(0, 50)
            select new Rows(count, classes, size, seed, epoch),
            Simpler);

        private static IEnumerable<Rows> Simpler(Rows rows) =>
            [
                .. new[] { 1, rows.Count / 2, rows.Count - 1 }.Where(count => count > 0 && count < rows.Count)
                    .Select(count => rows with { Count = count }),
                .. rows.BatchSize > 1 ? [rows with { BatchSize = 1 }, rows with { BatchSize = rows.BatchSize - 1 }] : Array.Empty<Rows>(),
            ];
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(Rows)])]
    public void An_epoch_visits_each_row_once_with_its_own_target(Rows rows)
    {
        foreach (var batches in new[] { rows.Data.Shuffled(rows.BatchSize), rows.Data.InOrder(rows.BatchSize) })
        {
            var epoch = batches.Epoch(rows.Key, rows.Epoch);
            Assert.Equal(Enumerable.Range(0, rows.Count), epoch.SelectMany(Numbers).Order());
            Assert.All(epoch,
                batch => Assert.Equal(Numbers(batch).Select(row => row % rows.Classes), ((ClassLabels)batch.Targets).Values.ToArray()));
        }
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(Rows)])]
    public void Every_batch_is_full_but_the_last(Rows rows)
    {
        var sizes = rows.Data.Shuffled(rows.BatchSize).Epoch(rows.Key, rows.Epoch).Select(batch => batch.Inputs.Rows).ToArray();
        Assert.Equal((rows.Count + rows.BatchSize - 1) / rows.BatchSize, sizes.Length);
        Assert.All(sizes.SkipLast(1), size => Assert.Equal(rows.BatchSize, size));
        Assert.InRange(sizes[^1], 1, rows.BatchSize);
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(Rows)])]
    public void The_order_follows_from_key_and_epoch_alone(Rows rows)
    {
        Assert.Equal(Order(rows, rows.BatchSize, rows.Epoch), Order(rows, 1, rows.Epoch));
        if (rows.Count >= 30)
        {
            Assert.NotEqual(Order(rows, 1, rows.Epoch), Order(rows, 1, rows.Epoch + 1));
            Assert.NotEqual(Order(rows, 1, rows.Epoch), Order(rows with { Seed = rows.Seed ^ 1 }, 1, rows.Epoch));
            Assert.NotEqual(Enumerable.Range(0, rows.Count), Order(rows, 1, rows.Epoch));
        }
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(Rows)])]
    public void In_order_means_in_order(Rows rows) =>
        Assert.Equal(Enumerable.Range(0, rows.Count), rows.Data.InOrder(rows.BatchSize).Epoch(rows.Key, rows.Epoch).SelectMany(Numbers));

    [Property(MaxTest = 300, Arbitrary = [typeof(Rows)])]
    public void A_split_is_a_stratified_partition(Rows rows)
    {
        var fraction = rows.Key.Uniform(1);
        var (train, test) = rows.Data.Split(fraction, rows.Seed);
        int[] left = Numbers(train), right = Numbers(test);
        Assert.Equal(Enumerable.Range(0, rows.Count), left.Concat(right).Order());
        Assert.Equal(left.Order(), left);
        Assert.Equal(right.Order(), right);
        var (all, share) = (((ClassLabels)rows.Data.Targets).Frequencies(), ((ClassLabels)test.Targets).Frequencies());
        Assert.All(all.Zip(share), count => Assert.InRange(count.Item2 - (fraction * count.Item1), -1, 1));
        Assert.Equal(right, Numbers(rows.Data.Split(fraction, rows.Seed).Test));
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(Rows)])]
    public void A_run_reads_the_rows_that_an_epoch_shows(Rows rows)
    {
        using var team = Team.Lease(new Parallelism(2));
        foreach (var batches in new[] { rows.Data.Shuffled(rows.BatchSize), rows.Data.InOrder(rows.BatchSize),
            rows.Data.Take(rows.Count).InOrder(rows.BatchSize) })
        {
            var epoch = batches.Epoch(rows.Key, rows.Epoch);
            Assert.Equal(epoch.Select(StateBits.Of), Inside.Read(epoch, team).Select(StateBits.Of));
        }
    }

    private static int[] Order(Rows rows, int batchSize, int epoch) =>
        [.. rows.Data.Shuffled(batchSize).Epoch(rows.Key, epoch).SelectMany(Numbers)];

    private static int[] Numbers(Batch<double> batch) => [.. batch.Inputs.Values.ToArray().Select(row => (int)row)];

    private static int[] Numbers(DataSet<double> data) =>
        Numbers(new Batch<double>(data.InputsOf([.. Enumerable.Range(0, data.Count)]), data.Targets));
}
