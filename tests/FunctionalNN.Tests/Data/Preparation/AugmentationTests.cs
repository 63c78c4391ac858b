using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Random changes of rows: each by itself, and that training with them keeps every law.</summary>
public class AugmentationTests
{
    private static readonly ImageSize Size = new(3, 4);
    private static readonly float[] Picture = [.. Enumerable.Range(1, 12).Select(i => (float)i)];

    [Property(MaxTest = 200)]
    public void A_shift_moves_the_picture_and_fills_up(int seed)
    {
        var shift = new RandomShift(new ImageSize(3, 4, 2), 5) { Background = -1 };
        var row = Both(Picture, Picture.Select(x => x * 100));
        var key = new Key((ulong)seed);
        shift.Apply(key, row.AsSpan());
        var found = from right in Enumerable.Range(-5, 11)
                    from down in Enumerable.Range(-5, 11)
                    where row.SequenceEqual(Both(Moved(right, down, 1), Moved(right, down, 100)))
                    select (right, down);
        Assert.NotEmpty(found);

        static float[] Both(IEnumerable<float> first, IEnumerable<float> second) =>
            [.. first.Zip(second, (one, two) => (float[])[one, two]).SelectMany(pixel => pixel)];

        static IEnumerable<float> Moved(int right, int down, float factor) => Enumerable.Range(0, 12).Select(i =>
            (i % 4) - right is >= 0 and < 4 && (i / 4) - down is >= 0 and < 3 ? factor * Picture[i - right - (4 * down)] : -1);
    }

    [Fact]
    public void All_shifts_are_as_likely()
    {
        var counts = new Dictionary<float, int>();
        for (var i = 0; i < 9000; i++)
        {
            var row = Picture.ToArray();
            new RandomShift(Size, 1).Apply(new Key(1).Fold(i), row.AsSpan());
            counts[row[5]] = counts.GetValueOrDefault(row[5]) + 1;
        }

        Assert.Equal(9, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void A_quarter_turn_is_exact_and_a_small_one_lies_between_pixels()
    {
        float[] square = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        var turn = new RandomRotation(new ImageSize(3, 3), 0);
        turn.Turn<float>(square, Math.PI / 2);
        Assert.Equal([7f, 4, 1, 8, 5, 2, 9, 6, 3], square);

        double[] line = [0, 1, 0, 0, 1, 0, 0, 1, 0];
        turn.Turn<double>(line, Math.PI / 6);
        Assert.Equal(1, line[4], 1e-12);
        Assert.Equal(line[1], line[7], 1e-12);
        Assert.Equal(Math.Pow(2 - Math.Cos(Math.PI / 6) - 0.5, 2), line[2], 1e-12);
        Assert.Equal(0, line[0]);
    }

    [Fact]
    public void No_angle_leaves_the_picture_and_the_background_comes_in()
    {
        var row = Picture.ToArray();
        new RandomRotation(Size, 0).Apply(new Key(1), row.AsSpan());
        Assert.Equal(Picture, row);
        var filled = new float[12];
        new RandomRotation(Size, 90) { Background = 7 }.Turn<float>(filled, Math.PI / 2);
        Assert.Equal(3.5f, filled[0], 1e-6f);
        Assert.Equal(0, filled[1]);
    }

    [Fact]
    public void Noise_has_its_spread_and_a_flip_happens_half_the_time()
    {
        var row = new double[20000];
        new RandomNoise(0.3).Apply(new Key(2), row.AsSpan());
        Assert.Equal(0, row.Average(), 0.01);
        Assert.Equal(0.09, row.Average(x => x * x), 0.003);

        var flipped = 0;
        for (var i = 0; i < 1000; i++)
        {
            var picture = Picture.ToArray();
            new RandomFlip(Size).Apply(new Key(3).Fold(i), picture.AsSpan());
            Assert.True(picture.SequenceEqual(Picture) || picture.SequenceEqual([4f, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9]));
            flipped += picture[0] == 4 ? 1 : 0;
        }

        Assert.InRange(flipped, 440, 560);
    }

    [Fact]
    public void Each_epoch_draws_anew_and_batch_size_order_and_data_have_no_say()
    {
        var data = Pictures(20);
        var before = data.InputsOf([.. Enumerable.Range(0, 20)]);
        var inOrder = data.InOrder(7).Augmented(new RandomShift(Size, 1), new RandomNoise(0.1));
        Assert.Equal(
            "batches of 7, in order, of 20 rows of 12 inputs, 20 labels of 2 classes, with RandomShift { Size = 3 × 4, Pixels = 1, "
                + "Background = 0 }, RandomNoise { StandardDeviation = 0.1 }", inOrder.ToString());
        var rows = Rows(inOrder, 0);
        Assert.Equal(rows, Rows(inOrder, 0));
        Assert.Equal(rows, Rows(data.InOrder(20).Augmented(new RandomShift(Size, 1)).Augmented(new RandomNoise(0.1)), 0));
        Assert.Equal(rows.ToHashSet(), Rows(data.Shuffled(3).Augmented(new RandomShift(Size, 1), new RandomNoise(0.1)), 0).ToHashSet());
        Assert.All(rows.Zip(Rows(inOrder, 1)), pair => Assert.NotEqual(pair.Item1, pair.Item2));
        Assert.Equal(before, data.InputsOf([.. Enumerable.Range(0, 20)]));

        static string[] Rows(Batches<float> batches, int epoch) =>
            [.. batches.Epoch(new Key(5), epoch)
                .SelectMany(batch => Enumerable.Range(0, batch.Inputs.Rows)
                    .Select(row => string.Join(' ', batch.Inputs.Row(row).ToArray())))];
    }

    [Property(MaxTest = 40)]
    public void Training_with_them_is_a_fold_on_any_number_of_threads(int seed, byte size, bool isShuffled)
    {
        var data = Pictures(30);
        var batches = (isShuffled ? data.Shuffled(1 + (size % 40)) : data.InOrder(1 + (size % 40)))
            .Augmented(new RandomFlip(Size), new RandomShift(Size, 1), new RandomRotation(Size, 20), new RandomNoise(0.1));
        var start = new Network(12, [new Dense(5), new Tanh(), new Dense(1), new Sigmoid()]).Initialize(1).Train(new Adam(), seed);
        var loss = new BinaryCrossEntropy();
        var epoch = batches.Epoch(start.Key, 0);
        var folded = epoch.Aggregate(start, Train.Step<float>(loss));
        StateBits.AssertSame(folded, start.Run(epoch, loss, Parallelism.None));
        StateBits.AssertSame(folded, start.Run(epoch, loss, new Parallelism(3)));
        StateBits.AssertSame(
            start.Epochs(batches, loss, Parallelism.None).ElementAt(2),
            start.Epochs(batches, loss, new Parallelism(4)).First().Epochs(batches, loss).ElementAt(1));
        using var team = Team.Lease(new Parallelism(2));
        Assert.Equal(epoch.Select(StateBits.Of), Inside.Read(epoch, team).Select(StateBits.Of));
    }

    [Fact]
    public void What_does_not_fit_is_an_error()
    {
        Assert.Equal("RandomShift takes pictures of 5 × 5, the rows are 12 wide: give the size of yours",
            Message(new RandomShift(new(5, 5), 1)));
        Assert.Equal("RandomRotation takes pictures of 3 × 4 × 3, the rows are 12 wide: give the size of yours",
            Message(new RandomRotation(new(3, 4, 3), 1)));
        Assert.Equal("RandomShift by -1 pixels: give 0 or more", Message(new RandomShift(Size, -1)));
        Assert.Equal("RandomRotation by NaN degrees: give a number of 0 or more", Message(new RandomRotation(Size, double.NaN)));
        Assert.Equal("RandomNoise has the standard deviation -0.5: give a finite number of 0 or more", Message(new RandomNoise(-0.5)));
        Assert.Equal("RandomFlip takes pictures of 12 × 0, the rows are 12 wide: give the size of yours",
            Message(new RandomFlip(new(12, 0))));

        static string Message(Augmentation augmentation) =>
            Assert.Throws<ArgumentException>(() => Pictures(3).Shuffled(2).Augmented(augmentation)).Message;
    }

    private static DataSet<float> Pictures(int count) => new(
        Matrix.Create(count, 12, (row, column) => (float)new Key(9).Uniform((row * 12) + column)),
        new ClassLabels([.. Enumerable.Range(0, count).Select(row => row % 2)], 2));
}
