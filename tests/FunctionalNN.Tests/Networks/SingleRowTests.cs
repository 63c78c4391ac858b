namespace FunctionalNN.Tests;

/// <summary>Predictions row by row.</summary>
public class SingleRowTests
{
    public static TheoryData<Layer> Layers =>
        [new Relu(), new Tanh(), new Sigmoid(), new Gelu(), new Softmax(), new LogSoftmax(), new Dropout(0.5), new GaussianNoise(0.1),
            new PRelu(), new BatchNormalization(), new LayerNormalization(), new Dense(8)];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_prediction_of_one_row_allocates_nothing(Layer layer)
    {
        var model = new Network(8, [new Dense(16), layer, new Dense(4), layer]).Initialize(1);
        float[] row = [.. Enumerable.Range(0, 8).Select(i => i / 8f)], output = new float[model.Network.Outputs];
        model.Predict(row, output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            model.Predict(row, output);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(model.Predict(Matrix.Create<float>(1, 8, row)).Values.ToArray(), output);
    }

    [Fact]
    public void Many_threads_at_once_get_what_one_gets()
    {
        var model = new Network(8, [new Dense(16), new Relu(), new Dense(4), new Softmax()]).Initialize(1);
        var inputs = Matrix.Create(500, 8, (row, column) => (row * 8 + column) % 17 / 17f);
        var expected = model.Predict(inputs);
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 16 }, thread =>
        {
            var output = new float[4];
            for (var row = 0; row < inputs.Rows; row++)
            {
                model.Predict(inputs.Row(row), output);
                Assert.Equal(expected.Row(row).ToArray(), output);
            }
        });
    }
}
