namespace FunctionalNN.Tests;

/// <summary>A network tells all its mistakes at once: each with the layer's position and kind, what was found, and the fix.</summary>
public class BuildingMistakeTests
{
    [Fact]
    public void All_mistakes_come_at_once_in_the_order_of_the_layers()
    {
        string[] expected =
        [
            "the network has 0 inputs: give 1 or more, one for each column of the data",
            "layer 1 (Dense), input width 1: -3 outputs: give 1 or more",
            "layer 2 (Dropout), input width 1: the rate is 1.5, expected 0 ≤ rate < 1: it is the fraction that is set to 0",
            "layer 3 (BatchNormalization), input width 1: ε is 0, expected a number above 0, such as 1e-5",
            "layer 4 (Softmax), input width 1: the softmax of a single number is always 1: give it 2 or more inputs, or end in Sigmoid "
                + "for two classes",
            "layers 1 and 5 are both named \"first\": give each a Name of its own",
        ];
        Layer[] layers =
            [new Dense(-3) { Name = "first" }, new Dropout(1.5), new BatchNormalization { Epsilon = 0 }, new Softmax(),
                new Relu { Name = "first" }];
        var found = Network.Create(0, [.. layers]).Match(_ => [], errors => errors.Map(error => error.Message).ToArray());
        Assert.Equal(expected, found);
        Assert.Equal(string.Join(Environment.NewLine, expected),
            Assert.Throws<ArgumentException>(() => new Network(0, [.. layers])).Message);
        Assert.Equal(string.Join(Environment.NewLine, expected),
            Assert.Throws<InvalidOperationException>(() => Network.Create(0, [.. layers]).OrThrow()).Message);
    }

    public static TheoryData<Layer, string> Mistakes => new()
    {
        { new Dense(0), "layer 1 (Dense), input width 2: 0 outputs: give 1 or more" },
        { new Dense(3) { WeightPenalty = Penalty.L2(-1) },
            "layer 1 (Dense), input width 2: the weight penalty is L2(-1): give finite strengths of 0 or more" },
        { new Dense(3) { BiasPenalty = Penalty.L1(double.NaN) },
            "layer 1 (Dense), input width 2: the bias penalty is L1(NaN): give finite strengths of 0 or more" },
        { new Dense(int.MaxValue),
            $"layer 1 (Dense), input width 2: 2 × {int.MaxValue} weights do not fit an array: make the layer narrower" },
        { new Dropout(1), "layer 1 (Dropout), input width 2: the rate is 1, expected 0 ≤ rate < 1: it is the fraction that is set to 0" },
        { new Dropout(double.NaN),
            "layer 1 (Dropout), input width 2: the rate is NaN, expected 0 ≤ rate < 1: it is the fraction that is set to 0" },
        { new Dropout(-0.1),
            "layer 1 (Dropout), input width 2: the rate is -0.1, expected 0 ≤ rate < 1: it is the fraction that is set to 0" },
        { new BatchNormalization { Epsilon = double.NaN },
            "layer 1 (BatchNormalization), input width 2: ε is NaN, expected a number above 0, such as 1e-5" },
        { new BatchNormalization { Momentum = 1.1 },
            "layer 1 (BatchNormalization), input width 2: the momentum is 1.1, expected 0 to 1: it is the weight of the old "
                + "running value" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_names_layer_width_and_fix(Layer layer, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Network(2, [layer])).Message);

    [Fact]
    public void A_network_needs_layers() =>
        Assert.Equal("the network has no layers: give at least one, such as Dense(1)",
            Assert.Throws<ArgumentException>(() => new Network(2, [])).Message);

    [Fact]
    public void With_checks_again()
    {
        var network = new Network(2, [new Dense(3)]);
        Assert.Equal("layer 1 (Dense), input width 2: 0 outputs: give 1 or more",
            Assert.Throws<ArgumentException>(() => network with { Layers = [new Dense(0)] }).Message);
        var wider = network with { Layers = [new Dense(5), new Relu()] };
        Assert.Equal(5, wider.Outputs);
        Assert.Equal(15, wider.ParameterLayout.Count);
        Assert.Equal(3, network.Outputs);
    }

    /// <summary>Each layer fits an array by itself, all together do not.</summary>
    [Fact]
    public void A_network_too_large_for_one_vector_is_a_mistake_with_words()
    {
        var message = Assert.Throws<ArgumentException>(() => new Network(40_000, [new Dense(40_000), new Dense(40_000)])).Message;
        Assert.Contains("do not fit", message);
    }

    [Fact]
    public void A_missing_layer_is_a_mistake_with_words() =>
        Assert.Contains("layer 2", Assert.Throws<ArgumentException>(() => new Network(2, [new Dense(3), null!])).Message);
}
