namespace FunctionalNN.Tests;

/// <summary>What does not fit together is named with both sides, and the fix.</summary>
public sealed class ImageErrorTests
{
    public static TheoryData<string, string> Wrong() => new()
    {
        { "window",
            "layer 1 (Convolution), input 4 × 6: a window of 5 × 5 pixels does not fit into images of 4 × 6 with a padding of valid" },
        { "dilation", "a window of 7 × 7 pixels does not fit into images of 4 × 6" },
        { "stride", "stride 0 × 0" },
        { "groups",
            "layer 2 (Convolution), input 4 × 6 × 3: 2 groups of 3 channels and 4 filters: give a number of groups that divides both" },
        { "filters", "0 filters: give 1 or more" },
        { "rows", "layer 2 (Convolution), input width 5: it takes images, and gets rows of 5 numbers: begin the network with the size" },
        { "pooling", "a padding of 2 is as wide as the window of 2 × 2" },
        { "residual",
            "the layers end in 2 × 4 × 3, but their output is added to the input, 4 × 6: end them in that shape, or give a Projection" },
        { "image", "the network takes images of 0 × 6 × 1: give 1 or more of each" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_network_that_does_not_fit_is_refused(string kind, string expected)
    {
        var size = new ImageSize(kind == "image" ? 0 : 4, 6);
        Layer[] layers = kind switch
        {
            "window" => [new Convolution(2, 5)],
            "dilation" => [new Convolution(2, 3) { Dilation = 3 }],
            "stride" => [new Convolution(2, 3) { Stride = 0 }],
            "groups" => [new Convolution(3, 1), new Convolution(4, 1) { Groups = 2 }],
            "filters" => [new Convolution(0, 1)],
            "rows" => [new Dense(5), new Convolution(2, 1)],
            "pooling" => [new MaxPooling(2) { Padding = Padding.Of(2) }],
            "residual" => [new Residual(new Convolution(3, 3))],
            _ => [new Convolution(1, 1)],
        };
        var message = Assert.Throws<ArgumentException>(() => new Network(size, [.. layers])).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_another_size_are_refused_in_training_and_in_prediction()
    {
        var network = new Network(new ImageSize(4, 6), [new Convolution(2, 3), new Dense(2), new Softmax()]);
        var model = network.Initialize(1);
        var data = Images(new ImageSize(6, 4));
        const string Expected = "the data has images of 6 × 4, the network takes images of 4 × 6";
        Assert.Contains(Expected, Message(() => model.Train(new Adam()).Epochs(data.Shuffled(2), new CategoricalCrossEntropy()).First()),
            StringComparison.Ordinal);
        Assert.Contains(Expected, Message(() => model.Evaluate(data, new CategoricalCrossEntropy())), StringComparison.Ordinal);
        Assert.Contains("the data has images of 2 × 3 × 2, the network takes images of 4 × 6",
            Message(() => model.Evaluate(Images(new ImageSize(2, 3, 2)), new CategoricalCrossEntropy())), StringComparison.Ordinal);
        Assert.Equal("the rows are 12 wide, the network takes images of 4 × 6, 24 numbers each",
            Message(() => model.Predict(Matrix.Create(1, 12, (_, _) => 0f))));
        Assert.True(model.Evaluate(Images(new ImageSize(4, 6)), new CategoricalCrossEntropy()).DataLoss > 0);
    }

    [Fact]
    public void Data_keeps_the_size_of_its_images()
    {
        var (size, data) = (new ImageSize(4, 6), Images(new ImageSize(4, 6)));
        Assert.Equal(size, data.Image);
        Assert.Equal(size, data.Take(2).Image);
        Assert.Equal(size, data.InMemory().Image);
        Assert.Equal(size, Scaler.Standard(data).Apply(data).Image);
        Assert.Equal(size, new ByteRows<float>(new byte[48], 24).As(size).Scaled(1, 0).Image);
        Assert.Null(new DataSet<float>(data.InputsOf(0, 1), new ClassLabels([0, 1], 2)).Image);
        Assert.Equal(data.ContentHash, new DataSet<float>(data.InputsOf([0, 1, 2, 3]), data.Targets).ContentHash);
        Assert.Contains("the rows are 24 wide", Message(() => new ByteRows<float>(new byte[48], 24).As(new ImageSize(5, 5))),
            StringComparison.Ordinal);
    }

    private static DataSet<float> Images(ImageSize size) =>
        new(Matrix.Create(4, (int)size.Count, (row, column) => (float)Math.Sin((row * 31) + column)).ToRowSource(size),
            new ClassLabels([0, 1, 1, 0], 2));

    private static string Message(Func<object> act) => Assert.Throws<ArgumentException>(() => act()).Message;
}
