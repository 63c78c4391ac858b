namespace FunctionalNN.Tests;

/// <summary>Weights of PyTorch and Keras for networks of images: see fixtures/interchange.py.</summary>
public class ImageWeightTests
{
    private static readonly ImageSize Size = new(6, 5, 2);

    private static Network Torch => new(Size,
    [
        new Convolution(4, 3) { KernelWidth = 2, Padding = Padding.Of(1) }, new BatchNormalization(), new Relu(),
        new Convolution(4, 3) { Groups = 4 },
        new PRelu(), new MaxPooling(2), new Flatten(), new BatchNormalization(), new Dense(5), new Tanh(), new Dense(3),
    ]);

    [Fact]
    public void PyTorchs_state_dict_predicts_what_PyTorch_predicts()
    {
        var archive = OtherSystems.Archive("torch_images.npz");
        OtherSystems.AssertPredicts("torch_images_expected.npz", archive.ToModel(Torch, Dialect.PyTorch).OrThrow());
        OtherSystems.AssertPredicts("torch_images_expected.npz", archive.ToModel<double>(Torch, Dialect.PyTorch).OrThrow());
    }

    [Fact]
    public void Keras_layout_of_the_same_numbers_predicts_the_same() => OtherSystems.AssertPredicts("torch_images_expected.npz",
        OtherSystems.Archive("keras_images.npz").ToModel(Torch, Dialect.Keras, epsilon: 1e-5).OrThrow());

    [Theory]
    [InlineData(Dialect.PyTorch)]
    [InlineData(Dialect.Keras)]
    public void What_is_written_is_read_back_to_the_same_bits(Dialect dialect)
    {
        var network = new Network(Size,
        [
            new Convolution(4, 3), new PRelu(),
            new Residual(new Convolution(6, 3) { Padding = Padding.Same, Groups = 2 },
                new BatchNormalization()) { Projection = new Convolution(6, 1) },
            new Dense(3),
        ]);
        var model = OnnxCase.Random(network, 5);
        var names = dialect == Dialect.PyTorch
            ? new Dictionary<string, string>
            {
                ["convolution1"] = "0",
                ["residual1.convolution1"] = "2.0",
                ["residual1.projection"] = "2.projection",
            }
            : [];
        var again = model.ToNumPy(dialect).OrThrow().ToModel<double>(network, dialect, names, epsilon: 1e-5).OrThrow();
        Assert.Equal(model.Parameters.Values.ToArray(), again.Parameters.Values.ToArray());
        Assert.Equal(model.Statistics.Values.ToArray(), again.Statistics.Values.ToArray());
    }

    [Fact]
    public void A_kernel_of_the_other_system_is_named_with_both_orders() => Assert.Contains(
        WeightImportTests.Faults(OtherSystems.Archive("keras_images.npz")
            .With("conv2d/kernel", NumPyArray.Of<float>(new float[48], 4, 2, 3, 2))
            .ToModel(Torch, Dialect.Keras, epsilon: 1e-5)),
        fault => fault.Contains("it lies the other way: PyTorch keeps filters × channels × rows × columns", StringComparison.Ordinal));
}
