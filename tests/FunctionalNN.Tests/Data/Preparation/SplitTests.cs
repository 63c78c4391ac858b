using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Three parts, folds, orders and repetitions: which rows are where.</summary>
public class SplitTests
{
    [Property(MaxTest = 300, Arbitrary = [typeof(DataOrderLaws.Rows)])]
    public void A_split_into_three_is_a_stratified_partition_with_the_test_part_of_the_split_into_two(DataOrderLaws.Rows rows)
    {
        var (validationShare, testShare) = (rows.Key.Uniform(1) / 2, rows.Key.Uniform(2) / 2);
        var (train, validation, test) = rows.Data.Split(validationShare, testShare, seed: rows.Seed);
        Assert.Equal(Enumerable.Range(0, rows.Count), Numbers(train).Concat(Numbers(validation)).Concat(Numbers(test)).Order());
        Assert.All(new[] { train, validation, test }, part => Assert.Equal(Numbers(part).Order(), Numbers(part)));
        AssertShare(rows, validation, validationShare);
        AssertShare(rows, test, testShare);
        Assert.Equal(Numbers(rows.Data.Split(testShare, rows.Seed).Test), Numbers(test));
        Assert.Equal(Numbers(validation), Numbers(rows.Data.Split(validationShare, testShare, rows.Seed).Validation));
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(DataOrderLaws.Rows)])]
    public void Folds_hold_each_row_out_once_evenly_and_by_class(DataOrderLaws.Rows rows)
    {
        if (rows.Count < 2)
        {
            return;
        }

        var k = 2 + rows.Key.Below(Math.Min(9, rows.Count - 1), 3);
        var folds = rows.Data.KFold(k, rows.Seed);
        Assert.Equal(Enumerable.Range(0, rows.Count), folds.SelectMany(fold => Numbers(fold.HeldOut)).Order());
        Assert.InRange(folds.Max(fold => fold.HeldOut.Count) - folds.Min(fold => fold.HeldOut.Count), 0, 1);
        for (var label = 0; label < rows.Classes; label++)
        {
            var counts = folds.Select(fold => ((ClassLabels)fold.HeldOut.Targets).Frequencies()[label]).ToArray();
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        }

        foreach (var (training, heldOut) in folds)
        {
            Assert.Equal(Enumerable.Range(0, rows.Count), Numbers(training).Concat(Numbers(heldOut)).Order());
            Assert.Equal((DataPart.Training, DataPart.Validation), (training.Part, heldOut.Part));
        }

        Assert.Equal(folds.Select(fold => Numbers(fold.HeldOut)), rows.Data.KFold(k, rows.Seed).Select(fold => Numbers(fold.HeldOut)));
    }

    [Fact]
    public void Another_seed_is_another_split()
    {
        var data = new DataOrderLaws.Rows(60, 3, 1, 1, 0).Data;
        Assert.NotEqual(Numbers(data.Split(0.3, 0.3, 1).Test), Numbers(data.Split(0.3, 0.3, 2).Test));
        Assert.NotEqual(Numbers(data.KFold(3, 1)[0].HeldOut), Numbers(data.KFold(3, 2)[0].HeldOut));
        Assert.NotEqual(Numbers(data.Permuted(1)), Numbers(data.Permuted(2)));
        Assert.NotEqual(Enumerable.Range(0, 60), Numbers(data.Permuted(1)));
        Assert.Equal(Enumerable.Range(0, 60), Numbers(data.Permuted(1)).Order());
    }

    [Fact]
    public void Parts_print_as_a_table_of_rows_and_classes()
    {
        var data = new DataSet<float>(Matrix.Zeros<float>(10, 2), new ClassLabels([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], 2, "no", "yes"));
        var parts = data.Split(0.2, 0.2, seed: 7);
        Assert.Equal(
            [
                "part        rows  no  yes", "─────────────────────────", "train          6   3    3", "validation     2   1    1",
                "test           2   1    1",
                "─────────────────────────", "all           10   5    5",
            ],
            parts.ToString().Split(Environment.NewLine));
        Assert.Equal("2 rows of 2 inputs, 2 labels of 2 classes (test part)", parts.Test.ToString());
        Assert.Equal("fold 1: 5 rows to learn from, 5 held out", data.KFold(2)[0].ToString());
    }

    [Property(MaxTest = 200, Arbitrary = [typeof(DataOrderLaws.Rows)])]
    public void Oversampling_fills_each_class_up_with_rows_of_its_own(DataOrderLaws.Rows rows)
    {
        var data =
            rows.Data.Pick([.. Enumerable.Range(0, rows.Count).Where(row => row % rows.Classes == 0 || rows.Key.Below(3, row) == 0)]);
        var more = data.Oversampled(rows.Seed);
        var (before, after) = (((ClassLabels)data.Targets).Frequencies(), ((ClassLabels)more.Targets).Frequencies());
        Assert.All(before.Zip(after), counts => Assert.Equal(counts.Item1 == 0 ? 0 : before.Max(), counts.Item2));
        Assert.Equal(Numbers(data), Numbers(more).Take(data.Count));
        Assert.All(Numbers(more).Select((row, i) => (row, i)),
            pair => Assert.Equal(pair.row % rows.Classes, ((ClassLabels)more.Targets)[pair.i]));
        Assert.Equal(Numbers(more), Numbers(data.Oversampled(rows.Seed)));
    }

    [Fact]
    public void Oversampling_takes_weights_along_and_repeats_every_row_as_often_as_chance_will()
    {
        var data =
            new DataSet<float>(Matrix.Create(4, 1, (row, _) => (float)row), new ClassLabels([0, 0, 0, 1], 2)).Weighted([1f, 2, 3, 4]);
        var more = data.Oversampled(5, 3000, 10);
        Assert.All(Numbers(more).Select((row, i) => (row, i)), pair => Assert.Equal(pair.row + 1, more.Weights![pair.i, 0]));
        Assert.All(Enumerable.Range(0, 3), row => Assert.InRange(Numbers(more).Count(each => each == row), 900, 1100));
    }

    [Fact]
    public void What_cannot_be_divided_or_repeated_is_an_error()
    {
        var data = new DataSet<float>(Matrix.Zeros<float>(3, 1), new ClassLabels([0, 0, 1], 3, "a", "b", "c"));
        Assert.StartsWith("the validation fraction 0.7 and the test fraction 0.4 add up to more than 1: nothing is left to learn from",
            Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(0.7, 0.4, 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("the validation fraction is -0.1, expected 0 to 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(-0.1, 0.4, 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("the test fraction is NaN, expected 0 to 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(0.1, double.NaN, 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("4 folds of 3 rows: give 2 or more, and no more than there are rows",
            Assert.Throws<ArgumentOutOfRangeException>(() => data.KFold(4)).Message, StringComparison.Ordinal);
        Assert.StartsWith("1 folds of 3 rows", Assert.Throws<ArgumentOutOfRangeException>(() => data.KFold(1)).Message,
            StringComparison.Ordinal);
        Assert.Equal("class a has 2 rows and shall have 1: oversampling takes none away",
            Assert.Throws<ArgumentException>(() => data.Oversampled(1, 1, 1, 0)).Message);
        Assert.Equal("class c has 0 rows and shall have 5: there is none to repeat",
            Assert.Throws<ArgumentException>(() => data.Oversampled(1, 2, 1, 5)).Message);
        Assert.Equal("2 counts were given for 3 classes: give each class one",
            Assert.Throws<ArgumentException>(() => data.Oversampled(1, 2, 1)).Message);
        var real = new DataSet<float>(Matrix.Zeros<float>(3, 1), new RealTargets<float>(Matrix.Zeros<float>(3, 1)));
        Assert.Equal("oversampling takes class labels, the data has 3 × 1 targets",
            Assert.Throws<ArgumentException>(() => real.Oversampled(1)).Message);
    }

    private static void AssertShare(DataOrderLaws.Rows rows, DataSet<double> part, double share)
    {
        var (all, own) = (((ClassLabels)rows.Data.Targets).Frequencies(), ((ClassLabels)part.Targets).Frequencies());
        Assert.All(all.Zip(own), count => Assert.InRange(count.Item2 - (share * count.Item1), -1, 1));
    }

    internal static int[] Numbers<T>(DataSet<T> data)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        [.. data.InputsOf([.. Enumerable.Range(0, data.Count)]).Values.ToArray().Select(int.CreateTruncating)];
}
