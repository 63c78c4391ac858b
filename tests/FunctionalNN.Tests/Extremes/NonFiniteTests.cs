namespace FunctionalNN.Tests;

/// <summary>NaN and infinity come out visibly wherever they go in.</summary>
public class NonFiniteTests
{
    private static readonly Matrix<float> WithNaN = Matrix.Of(new[,] { { 1f, float.NaN, -2 }, { 3, 4, 5 } });

    [Fact]
    public void Relu_keeps_NaN_visible()
    {
        var output = LayerCall.Output(new Relu(), Matrix.Row(float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f));
        Assert.Equal([float.NaN, float.PositiveInfinity, 0, 0], output.Values.ToArray());
    }

    [Fact]
    public void Relu_passes_a_gradient_of_NaN_through_NaN()
    {
        var input = Matrix.Row(float.NaN, 1, -1);
        var answer = LayerCall.Train(new Network(3, [new Relu()]).Initialize(0), input, Matrix.Row(float.NaN, float.NaN, 1));
        Assert.Equal([float.NaN, float.NaN, 0], answer.InputGradient.Values.ToArray());
    }

    public static TheoryData<Layer> ElementLayers => [new Relu(), new Sigmoid(), new Linear(), new Dropout(0)];

    [Theory]
    [MemberData(nameof(ElementLayers))]
    public void A_NaN_stays_in_its_place(Layer layer)
    {
        var output = LayerCall.Output(layer, WithNaN);
        Assert.Equal([false, true, false, false, false, false], output.Values.ToArray().Select(float.IsNaN));
    }

    [Fact]
    public void Softmax_and_dense_of_a_NaN_are_NaN_in_that_row_alone()
    {
        foreach (var layer in (Layer[])[new Softmax(), new Dense(4)])
        {
            var output = LayerCall.Output(layer, WithNaN);
            Assert.All(output.Row(0).ToArray(), y => Assert.True(float.IsNaN(y)));
            Assert.All(output.Row(1).ToArray(), y => Assert.True(float.IsFinite(y)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Softmax_sees_a_NaN_at_any_place(int place)
    {
        var row = new float[] { 1, 2, 3 };
        row[place] = float.NaN;
        Assert.All(LayerCall.Output(new Softmax(), Matrix.Row<float>(row)).Values.ToArray(), y => Assert.True(float.IsNaN(y)));
        row[place] = float.PositiveInfinity;
        Assert.Contains(LayerCall.Output(new Softmax(), Matrix.Row<float>(row)).Values.ToArray(), float.IsNaN);
        row[place] = float.NegativeInfinity;
        Assert.Equal(0, LayerCall.Output(new Softmax(), Matrix.Row<float>(row))[0, place]);
    }

    [Fact]
    public void Batch_normalisation_of_a_NaN_is_NaN_in_that_column_alone()
    {
        var output = LayerCall.Output(new BatchNormalization(), WithNaN);
        Assert.Equal([false, true, false, false, true, false], output.Values.ToArray().Select(float.IsNaN));
    }

    public static TheoryData<Loss, Targets> Losses => new()
    {
        { new MeanSquaredError(), new RealTargets<double>(Matrix.Row(1.0, 0)) },
        { new MeanAbsoluteError(), new RealTargets<double>(Matrix.Row(1.0, 0)) },
        { new BinaryCrossEntropy(), new RealTargets<double>(Matrix.Row(1.0, 0)) },
        { new BinaryCrossEntropy { FromLogits = true }, new RealTargets<double>(Matrix.Row(1.0, 0)) },
        { new CategoricalCrossEntropy(), new ClassLabels([0], 2) },
        { new CategoricalCrossEntropy { FromLogits = true }, new ClassLabels([0], 2) },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_of_NaN_is_NaN_with_a_gradient_of_NaN(Loss loss, Targets targets)
    {
        var answer = LayerCall.Evaluate(loss, Matrix.Row(double.NaN, 0.5), targets);
        Assert.True(double.IsNaN(answer.Mean));
        Assert.True(double.IsNaN(answer.Gradient[0, 0]));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_prediction_of_NaN_is_not_counted_as_right(Loss loss, Targets targets)
    {
        var nothing = Matrix.Row(double.NaN, double.NaN);
        Assert.Equal(0, LayerCall.Evaluate(loss, nothing, targets).Right);
    }

    [Theory]
    [InlineData(double.NaN, 0.5, 0)]
    [InlineData(0.5, double.NaN, 1)]
    public void Logits_with_a_NaN_are_not_counted_as_right(double first, double second, int label) =>
        Assert.Equal(0,
            LayerCall.Evaluate(new CategoricalCrossEntropy { FromLogits = true }, Matrix.Row(first, second),
                new ClassLabels([label], 2)).Right);

    [Fact]
    public void Predicting_shows_NaN_in_the_rows_that_had_it()
    {
        var model =
            new Network(3,
                [new Dense(8), new BatchNormalization(), new Relu(), new Dropout(0.5), new Dense(2), new Softmax()]).Initialize(1);
        var output = model.Predict(WithNaN);
        Assert.All(output.Row(0).ToArray(), y => Assert.True(float.IsNaN(y)));
        Assert.All(output.Row(1).ToArray(), y => Assert.True(float.IsFinite(y)));
    }

    [Fact]
    public void Evaluating_shows_NaN_in_the_loss()
    {
        var metrics = new Network(3, [new Dense(2), new Softmax()]).Initialize(1)
            .Evaluate(new DataSet<float>(WithNaN, new ClassLabels([0, 1], 2)), new CategoricalCrossEntropy());
        Assert.True(double.IsNaN(metrics.Loss));
        Assert.Contains("NaN", metrics.ToString());
    }
}
