namespace FunctionalNN.Tests;

/// <summary>rate / (1 + decay·updates), as "Neural Networks from Scratch" prints it (lr .05, decay 5e-7); also by references.py.</summary>
public class LearningRateDecayTests
{
    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(1, 0.0499999750000125)]
    [InlineData(99, 0.04999752512250644)]
    [InlineData(9999, 0.04975126853296942)]
    public void The_rate_counts_the_updates_done_before(long updates, double rate)
    {
        Assert.Equal(rate, new Adam(0.05) { Decay = 5e-7 }.RateAt(updates), 1e-16);
        Assert.Equal(rate, new Sgd(new InverseTime(0.05, 5e-7)).RateAt(updates), 1e-16);
    }

    [Fact]
    public void A_state_tells_the_rate_of_its_next_update()
    {
        var data = Generate.Spiral(10, 2, seed: 0);
        var state = new Network(2, [new Dense(2), new Softmax()]).Initialize(1).Train(new Adam(0.05) { Decay = 0.5 });
        var rates = state.Epochs(data.InOrder(10), new CategoricalCrossEntropy()).Take(2).Select(reached => reached.LearningRate);
        Assert.Equal([0.05 / (1 + (0.5 * 2)), 0.05 / (1 + (0.5 * 4))], rates);
        Assert.Equal(0.05, state.LearningRate);
    }
}
