using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>What every random change of pictures keeps, and what crops, vertical flips and covers do: rows, columns, channels.</summary>
public class PictureAugmentationLaws
{
    private static readonly Func<ImageSize, Key, Augmentation>[] All =
    [
        (size, _) => new RandomFlip(size),
        (size, _) => new RandomVerticalFlip(size),
        (size, key) => new RandomShift(size, key.Below(4, 0)) { Background = 0.25 },
        (size, key) => new RandomRotation(size, 90 * key.Uniform(0)) { Background = 0.25 },
        (size, key) => new RandomCrop(size, 1 - (0.9 * key.Uniform(0))),
        (size, key) => new Cutout(size, key.Below(8, 0)) { Background = 0.25 },
    ];

    [Property(MaxTest = 100)]
    public void The_same_key_gives_the_same_picture_and_no_number_beyond_those_that_are_there(int seed)
    {
        var key = new Key((ulong)seed);
        var size = SizeOf(key.Fold(1));
        float[] picture = [.. Enumerable.Range(0, (int)size.Count).Select(i => (float)key.Fold(2).Uniform(i))];
        foreach (var make in All)
        {
            var augmentation = make(size, key.Fold(3));
            Assert.Null(augmentation.ProblemWith((int)size.Count));
            var (once, again) = ((float[])[.. picture], (float[])[.. picture]);
            augmentation.Apply<float>(key, once);
            augmentation.Apply<float>(key, again);
            Assert.Equal(once, again);
            for (var channel = 0; channel < size.Channels; channel++)
            {
                var (before, after) = (Plane(picture, channel), Plane(once, channel));
                Assert.InRange(after.Min(), Math.Min(0.25f, before.Min()) - 1e-6f, 1);
                Assert.InRange(after.Max(), 0, Math.Max(0.25f, before.Max()) + 1e-6f);
            }

            // Channels are changed alike: of equal planes come equal planes.
            float[] alike = [.. Enumerable.Range(0, picture.Length).Select(i => picture[i / size.Channels])];
            augmentation.Apply<float>(key, alike);
            Assert.All(Enumerable.Range(0, alike.Length), i => Assert.Equal(alike[i / size.Channels * size.Channels], alike[i]));
        }

        float[] Plane(float[] numbers, int channel) => [.. numbers.Where((_, i) => i % size.Channels == channel)];
    }

    [Fact]
    public void None_allocates_and_labels_stay()
    {
        var size = new ImageSize(16, 12, 3);
        var row = new float[size.Count];
        foreach (var make in All)
        {
            var augmentation = make(size, new Key(1));
            augmentation.Apply<float>(new Key(2), row);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10; i++)
            {
                augmentation.Apply<float>(new Key(3).Fold(i), row);
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }

        var data = new DataSet<float>(Matrix.Create<float>(20, row.Length, (r, c) => r), new ClassLabels([.. Enumerable.Range(0, 20)], 20));
        var batch = data.InOrder(20).Augmented([.. All.Select(make => make(size, new Key(1)))]).Epoch(new Key(4), 0)[0];
        Assert.Equal(data.Targets, batch.Targets);
    }

    [Fact]
    public void A_cover_lies_anywhere_and_covers_a_square_in_all_channels()
    {
        var size = new ImageSize(6, 5, 2);
        var seen = new HashSet<(int, int, int, int)>();
        for (var i = 0; i < 2000; i++)
        {
            var row = Enumerable.Repeat(1f, (int)size.Count).ToArray();
            new Cutout(size, 3) { Background = -1 }.Apply<float>(new Key(5).Fold(i), row);
            int[] covered = [.. Enumerable.Range(0, row.Length).Where(at => row[at] == -1)];
            var (top, bottom) = (covered.Min() / 10, covered.Max() / 10);
            var (left, right) = (covered.Min(at => at % 10 / 2), covered.Max(at => at % 10 / 2));
            Assert.Equal((bottom - top + 1) * (right - left + 1) * 2, covered.Length);
            Assert.InRange(bottom - top, 1, 2);
            Assert.InRange(right - left, 1, 2);
            seen.Add((top, left, bottom, right));
        }

        // Three places along the edge give squares that are cut: 6 × 5 centres in all.
        Assert.Equal(30, seen.Count);
        var all = new float[size.Count];
        new Cutout(size, int.MaxValue) { Background = 3 }.Apply<float>(new Key(6), all);
        Assert.All(all, number => Assert.Equal(3, number));
        new Cutout(size, 0) { Background = 4 }.Apply<float>(new Key(6), all);
        Assert.All(all, number => Assert.Equal(3, number));
    }

    [Fact]
    public void A_crop_stretches_a_part()
    {
        var size = new ImageSize(4, 4, 2);
        double[] ramp = [.. Enumerable.Range(0, 32).Select(i => i % 2 == 0 ? i / 2 % 4 : (double)(i / 8))];
        var whole = ramp.ToArray();
        new RandomCrop(size, 1).Apply<double>(new Key(1), whole);
        Assert.Equal(ramp, whole);

        // The middle half: pixel i is what lies at 1 + (i + 0.5)/2 − 0.5.
        var half = ramp.ToArray();
        new RandomCrop(size, 1).Take<double>(half, 0.5, 1, 1);
        Assert.Equal([0.75, 1.25, 1.75, 2.25], half.Where((_, i) => i < 8 && i % 2 == 0));
        Assert.Equal([0.75, 1.25, 1.75, 2.25], half.Where((_, i) => i % 8 == 1));

        // A corner is what lies at its edge where the part ends with the picture.
        var corner = ramp.ToArray();
        new RandomCrop(size, 1).Take<double>(corner, 0.5, 0, 2);
        Assert.Equal([1.75, 2.25, 2.75, 3], corner.Where((_, i) => i < 8 && i % 2 == 0));
        Assert.Equal([0, 0.25, 0.75, 1.25], corner.Where((_, i) => i % 8 == 1));
    }

    [Fact]
    public void A_vertical_flip_turns_rows_half_of_the_time()
    {
        var flipped = 0;
        for (var i = 0; i < 1000; i++)
        {
            float[] row = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
            new RandomVerticalFlip(new ImageSize(3, 2, 2)).Apply<float>(new Key(3).Fold(i), row);
            Assert.True(row.SequenceEqual([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
                || row.SequenceEqual([9f, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4]));
            flipped += row[0] == 9 ? 1 : 0;
        }

        Assert.InRange(flipped, 440, 560);
    }

    [Fact]
    public void What_does_not_fit_is_an_error()
    {
        Assert.Equal("Cutout of -1 pixels: give 0 or more", new Cutout(new ImageSize(2, 2), -1).ProblemWith(4));
        Assert.Equal("RandomCrop to a share of 0: give a number above 0 and at most 1",
            new RandomCrop(new ImageSize(2, 2), 0).ProblemWith(4));
        Assert.Equal("RandomCrop to a share of NaN: give a number above 0 and at most 1",
            new RandomCrop(new ImageSize(2, 2), double.NaN).ProblemWith(4));
        Assert.Contains("the rows are 5 wide", new RandomVerticalFlip(new ImageSize(2, 2)).ProblemWith(5), StringComparison.Ordinal);
    }

    private static ImageSize SizeOf(Key key) => new(1 + key.Below(7, 0), 1 + key.Below(7, 1), 1 + key.Below(3, 2));
}
