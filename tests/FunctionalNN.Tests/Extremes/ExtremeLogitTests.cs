namespace FunctionalNN.Tests;

/// <summary>Logits of ±1000, where a plain exponential overflows.</summary>
public class ExtremeLogitTests
{
    [Fact]
    public void Softmax_of_extreme_logits_is_0_and_1()
    {
        var logits =
            Matrix.Of(new[,] { { 1000f, -1000, 0 }, { -1000, -1000, -1000 }, { 1000, 1000, -1000 },
                { float.MaxValue, 0, -float.MaxValue } });
        ReferenceAssert.Near([1, 0, 0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 0.5, 0.5, 0, 1, 0, 0], LayerCall.Output(new Softmax(), logits), 1e-6);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 2000)]
    [InlineData(2, 1000)]
    public void Cross_entropy_of_extreme_logits_is_their_difference(int label, double loss)
    {
        var answer =
            LayerCall.Evaluate(new CategoricalCrossEntropy { FromLogits = true }, Matrix.Row(1000f, -1000, 0), new ClassLabels([label], 3));
        Assert.Equal(loss, answer.Mean);
        ReferenceAssert.Near([label == 0 ? 0 : 1, label == 1 ? -1 : 0, label == 2 ? -1 : 0], answer.Gradient, 1e-7);
    }

    [Theory]
    [InlineData(1000, 1, 0, 0)]
    [InlineData(1000, 0, 1000, 1)]
    [InlineData(-1000, 1, 1000, -1)]
    [InlineData(-1000, 0, 0, 0)]
    [InlineData(0, 1, 0.6931471805599453, -0.5)]
    public void Binary_cross_entropy_of_extreme_logits_is_exact(double logit, int label, double loss, double gradient)
    {
        var labels = new ClassLabels([label], 2);
        var doubles = LayerCall.Evaluate(new BinaryCrossEntropy { FromLogits = true }, Matrix.Row(logit), labels);
        Assert.Equal(loss, doubles.Mean, 1e-12);
        Assert.Equal(gradient, doubles.Gradient[0, 0], 1e-12);
        var floats = LayerCall.Evaluate(new BinaryCrossEntropy { FromLogits = true }, Matrix.Row((float)logit), labels);
        Assert.Equal(loss, floats.Mean, 1e-6);
        Assert.Equal(gradient, floats.Gradient[0, 0], 1e-6);
    }

    [Fact]
    public void Sigmoid_of_extreme_numbers_is_0_and_1()
    {
        var output =
            LayerCall.Output(new Sigmoid(),
                Matrix.Row(-1000f, 1000, float.NegativeInfinity, float.PositiveInfinity, 0, float.MaxValue, -float.MaxValue));
        Assert.Equal([0, 1, 0, 1, 0.5f, 1, 0], output.Values.ToArray());
    }

    [Fact]
    public void Whole_networks_train_on_extreme_logits()
    {
        var far = Matrix.Of(new[,] { { 1000f, -1000 }, { -1000, 1000 } });
        var labels = new ClassLabels([1, 0], 2);
        var identity = new Network(2, [new Dense(2), new Softmax()]).Initialize(0)
            .With("dense1", "weights", Matrix.Of(new[,] { { 1f, 0 }, { 0, 1 } }));
        var state = identity.Train(new Sgd(1e-3)).Step(new Batch<float>(far, labels), new CategoricalCrossEntropy());
        Assert.True(state.Divergence.IsNone);
        Assert.Equal(2000, state.Training.Loss);
        var single = new Network(2, [new Dense(1), new Sigmoid()]).Initialize(0).With("dense1", "weights", Matrix.Column(1f, 0));
        Assert.Equal(1000,
            single.Train(new Sgd(1e-3)).Step(new Batch<float>(far, new ClassLabels([0, 1], 2)), new BinaryCrossEntropy()).Training.Loss);
    }

    [Fact]
    public void Probabilities_by_an_unfused_softmax_give_a_finite_loss()
    {
        var answer =
            LayerCall.Evaluate(new CategoricalCrossEntropy(), LayerCall.Output(new Softmax(), Matrix.Row(1000.0, -1000)),
                new ClassLabels([1], 2));
        Assert.Equal(-Math.Log(1e-7), answer.Mean, 1e-12);
        Assert.True(double.IsFinite(answer.Gradient[0, 1]));
    }
}
