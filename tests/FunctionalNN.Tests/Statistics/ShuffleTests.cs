namespace FunctionalNN.Tests;

/// <summary>The order of the rows in an epoch.</summary>
public class ShuffleTests
{
    private static readonly DataSet<float> Data = new(Matrix.Create(12, 1, (row, _) => (float)row), new ClassLabels(new int[12], 1));

    [Fact]
    public void Every_row_comes_at_every_place_equally_often()
    {
        const int Epochs = 6000;
        var counts = new int[Data.Count, Data.Count];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var order = Order(new Key(1), epoch);
            for (var place = 0; place < order.Length; place++)
            {
                counts[place, order[place]]++;
            }
        }

        for (var place = 0; place < Data.Count; place++)
        {
            ChiSquare.AssertEven([.. Enumerable.Range(0, Data.Count).Select(row => counts[place, row])]);
        }
    }

    [Fact]
    public void Each_row_comes_once_an_epoch_and_the_last_batch_is_partial()
    {
        Assert.Equal(Enumerable.Range(0, Data.Count), Order(new Key(1), 3).Order());
        Assert.Equal([5, 5, 2], Data.Shuffled(5).Epoch(new Key(1), 0).Select(batch => batch.Inputs.Rows));
    }

    [Fact]
    public void The_order_depends_on_key_and_epoch_alone()
    {
        Assert.Equal(Order(new Key(4), 2), Order(new Key(4), 2));
        Assert.NotEqual(Order(new Key(4), 2), Order(new Key(4), 3));
        Assert.NotEqual(Order(new Key(4), 2), Order(new Key(5), 2));
    }

    private static int[] Order(Key key, int epoch) =>
        [.. Data.Shuffled(5).Epoch(key, epoch).SelectMany(batch => batch.Inputs.Values.ToArray()).Select(value => (int)value)];
}
