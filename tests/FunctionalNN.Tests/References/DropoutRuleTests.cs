namespace FunctionalNN.Tests;

/// <summary>Zero or x / (1 − rate) in training, the same mask backward, and nothing at all in prediction: nnfs, Keras and
/// PyTorch.</summary>
public class DropoutRuleTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Backward_uses_the_mask_of_forward(double rate)
    {
        var input = Matrix.Create(9, 7, (row, column) => 1.0 + row + (10 * column));
        var ones = Matrix.Create(9, 7, (_, _) => 1.0);
        var answer = LayerCall.Train(new Network(7, [new Dropout(rate)]).Initialize<double>(0), input, ones, new Key(5));
        for (var i = 0; i < input.Values.Length; i++)
        {
            var factor = answer.InputGradient.Values[i];
            Assert.True(factor == 0 || factor == 1 / (1 - rate));
            Assert.Equal(input.Values[i] * factor, answer.Output.Values[i]);
        }
    }

    [Fact]
    public void Prediction_leaves_the_numbers_alone()
    {
        var input = Matrix.Create(5, 3, (row, column) => (float)(row - column));
        Assert.Equal(input, new Network(3, [new Dropout(0.7)]).Initialize(0).Predict(input));
    }
}
