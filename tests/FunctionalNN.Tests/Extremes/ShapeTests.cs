namespace FunctionalNN.Tests;

/// <summary>The smallest and the largest shapes.</summary>
public class ShapeTests
{
    [Fact]
    public void Predicting_no_rows_gives_no_rows()
    {
        var model =
            new Network(3,
                [new Dense(4), new BatchNormalization(), new Sigmoid(), new Dropout(0.5), new Dense(2), new Softmax()]).Initialize(0);
        var output = model.Predict(Matrix.Zeros<float>(0, 3));
        Assert.Equal((0, 2), (output.Rows, output.Columns));
        Assert.Equal(0, model.PredictClasses(Matrix.Zeros<float>(0, 3)).Count);
    }

    [Fact]
    public void One_row_one_input_and_one_unit_train()
    {
        var network = new Network(1, [new Dense(1), new Sigmoid(), new Dense(1)]);
        var data = new DataSet<float>(Matrix.Row(0.5f), new RealTargets<float>(Matrix.Row(2f)));
        var trained = network.Initialize(0).Train(new Sgd(0.5)).Epochs(data.FullBatch(), new MeanSquaredError()).Take(200).Last();
        Assert.Equal(2, trained.Model.Predict(Matrix.Row(0.5f))[0, 0], 1e-3f);
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_all_of_it()
    {
        var data = Generate.Spiral(5, 2, seed: 0);
        var state = new Network(2, [new Dense(2), new Softmax()]).Initialize(0).Train(new Sgd(0.1));
        var large = state.Epochs(data.InOrder(1_000_000), new CategoricalCrossEntropy()).First();
        Assert.Equal((1, 10), (large.Step, large.Training.Rows));
        Assert.Equal(state.Epochs(data.FullBatch(), new CategoricalCrossEntropy()).First(), large);
    }

    [Fact]
    public void A_partial_last_batch_counts_by_its_rows()
    {
        var data = Generate.Spiral(5, 2, seed: 0);
        var state = new Network(2, [new Dense(2), new Softmax()]).Initialize(0).Train(new Sgd(0));
        var partial = state.Epochs(data.Shuffled(4), new CategoricalCrossEntropy()).First();
        Assert.Equal((3, 10), (partial.Step, partial.Training.Rows));
        Assert.Equal(state.Model.Evaluate(data, new CategoricalCrossEntropy()).Loss, partial.Training.Loss, 1e-6);
    }

    [Fact]
    public void Zero_epochs_train_nothing()
    {
        var data = Generate.Spiral(5, 2, seed: 0);
        var state = new Network(2, [new Dense(2), new Softmax()]).Initialize(0).Train(new Sgd(0.1));
        Assert.Empty(state.Epochs(data.FullBatch(), new CategoricalCrossEntropy()).Take(0));
        Assert.Equal(state, state.Run([], new CategoricalCrossEntropy()));
    }

    [Fact]
    public void One_class_alone_is_refused_by_softmax_and_learnt_by_none()
    {
        Assert.Contains("the softmax of a single number is always 1",
            Assert.Throws<ArgumentException>(() => new Network(2, [new Dense(1), new Softmax()])).Message);
        var data = new DataSet<float>(Matrix.Zeros<float>(3, 2), new ClassLabels([0, 0, 0], 1));
        Assert.Throws<ArgumentException>(() => new Network(2, [new Dense(2), new Softmax()]).Initialize(0)
            .Evaluate(data, new CategoricalCrossEntropy()));
    }

    [Fact]
    public void A_network_without_parameters_takes_steps()
    {
        var state = new Network(2, [new Relu(), new Softmax()]).Initialize(0).Train(new Adam());
        var next = state.Step(new Batch<float>(Matrix.Row(1f, 2), new ClassLabels([1], 2)), new CategoricalCrossEntropy());
        Assert.Equal(1, next.Step);
        Assert.Equal(Math.Log(1 + Math.Exp(-1)), next.Training.Loss, 1e-6);
        Assert.Equal(0, next.Model.Parameters.Count);
    }

    [Fact]
    public void A_softmax_of_5000_classes_adds_up_to_1()
    {
        var model = new Network(4, [new Dense(5000), new Softmax()]).Initialize(0);
        var inputs = Matrix.Create(33, 4, (row, column) => (float)new Key(1).Normal((row * 4) + column));
        var output = model.Predict(inputs);
        Assert.All(Enumerable.Range(0, 33), row => Assert.Equal(1, output.Row(row).ToArray().Sum(y => (double)y), 1e-5));
        var labels = new ClassLabels([.. Enumerable.Range(0, 33).Select(row => (row * 151) % 5000)], 5000);
        var state = model.Train(new Sgd(1)).Step(new Batch<float>(inputs, labels), new CategoricalCrossEntropy());
        Assert.Equal(Enumerable.Range(0, 33).Average(row => -Math.Log(output[row, labels[row]])), state.Training.Loss, 1e-4);
    }

    [Fact]
    public void Fifty_layers_train()
    {
        var layers = Enumerable.Range(0, 50).SelectMany(_ => (Layer[])[new Dense(8), new BatchNormalization(), new Relu()]);
        var network = new Network(2, [.. layers, new Dense(2), new Softmax()]);
        var data = Generate.Spiral(20, 2, seed: 0);
        var state = network.Initialize(0).Train(new Adam(1e-3)).Epochs(data.FullBatch(), new CategoricalCrossEntropy()).Take(3).Last();
        Assert.True(state.Divergence.IsNone);
        Assert.Equal(3, state.Step);
        Assert.Equal("dense51", network.LayerNames[^2]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    public void Empty_matrices_behave(int rows, int columns)
    {
        var empty = Matrix.Zeros<float>(rows, columns);
        Assert.Equal(0, empty.Values.Length);
        Assert.Equal(empty, Matrix.Create(rows, columns, (_, _) => 1f));
        Assert.Equal((columns, rows), (empty.Transpose().Rows, empty.Transpose().Columns));
        Assert.StartsWith($"{rows} × {columns}", empty.ToString());
        Assert.Equal(empty, Matrix.Of(empty.ToArray()));
        Assert.Equal(empty, empty.Map(x => x + 1));
        Assert.Equal(empty.GetHashCode(), Matrix.Zeros<float>(rows, columns).GetHashCode());
        Assert.Equal(empty, Matrix.From<float>(empty.AsTensorSpan()));
        Assert.Equal(2, empty.ToTensor().Rank);
    }

    [Fact]
    public void A_product_over_nothing_is_0() =>
        Assert.Equal(Matrix.Zeros<float>(2, 3), Matrix.Zeros<float>(2, 0).Multiply(Matrix.Zeros<float>(0, 3)));
}
