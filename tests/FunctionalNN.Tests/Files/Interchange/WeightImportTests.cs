using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

public class WeightImportTests
{
    [Fact]
    public void PyTorchs_state_dict_predicts_what_PyTorch_predicts()
    {
        OtherSystems.AssertPredicts("torch_expected.npz",
            OtherSystems.Archive("torch.npz").ToModel(OtherSystems.Torch, Dialect.PyTorch).OrThrow());
        OtherSystems.AssertPredicts("torch_expected.npz",
            OtherSystems.Archive("torch.npz").ToModel<double>(OtherSystems.Torch, Dialect.PyTorch).OrThrow());
    }

    [Fact]
    public void PyTorchs_safetensors_are_told_apart_by_number_not_by_alphabet()
    {
        var tensors = SafeTensorsFile.Read(Fixtures.Of("torch.safetensors")).Good();
        Assert.Equal("0.bias", tensors.Tensors[0].Name);
        Assert.Equal(OtherSystems.Archive("torch.npz").ToModel(OtherSystems.Torch, Dialect.PyTorch).OrThrow(),
            tensors.ToModel(OtherSystems.Torch, Dialect.PyTorch).OrThrow());
    }

    [Theory]
    [InlineData("keras_named.npz")]
    [InlineData("keras_positional.npz")]
    public void Keras_layout_predicts_what_its_formulas_give(string name) =>
        OtherSystems.AssertPredicts("keras_expected.npz", OtherSystems.Archive(name).ToModel(OtherSystems.Keras, Dialect.Keras).OrThrow());

    [Fact]
    public void Keras_weights_by_position_may_lack_the_biases_before_batch_normalisation()
    {
        var all = OtherSystems.Archive("keras_named.npz");
        var without = new NumPyArchive(all.Arrays.Where(pair => pair.Key != "dense/bias").Select((pair, i) => ($"arr_{i}", pair.Value)));
        var expected = all.With("dense/bias", NumPyArray.Of<float>(new float[5])).ToModel(OtherSystems.Keras, Dialect.Keras).OrThrow();
        Assert.Equal(expected, without.ToModel(OtherSystems.Keras, Dialect.Keras).OrThrow());
        Assert.Equal(
            ["the archive has 14 arrays, the network's layers take 16 (normalization1 3, dense1 2, batchNormalization1 4, dense2 2, "
                + "pRelu1 1, layerNormalization1 2, dense3 2): give the network the layers of the original"],
            Faults(new NumPyArchive(all.Arrays.Take(14)
                .Select((pair, i) => ($"arr_{i}", pair.Value))).ToModel(OtherSystems.Keras, Dialect.Keras)));
    }

    [Fact]
    public void Keras_names_may_carry_the_number_of_the_variable()
    {
        var all = OtherSystems.Archive("keras_named.npz");
        var numbered = new NumPyArchive(all.Arrays.Select(pair => ($"{pair.Key}:0", pair.Value)));
        Assert.Equal(all.ToModel(OtherSystems.Keras, Dialect.Keras).OrThrow(),
            numbered.ToModel(OtherSystems.Keras, Dialect.Keras).OrThrow());
    }

    [Fact]
    public void Scikit_learns_classifier_and_regressor_predict_what_scikit_learn_predicts()
    {
        OtherSystems.AssertPredicts("sklearn_classes_expected.npz",
            OtherSystems.Archive("sklearn_classes.npz").ToScikitLearnModel(new Relu(), new Softmax()).OrThrow());
        OtherSystems.AssertPredicts("sklearn_regressor_expected.npz",
            OtherSystems.Archive("sklearn_regressor.npz").ToScikitLearnModel<double>(new Sigmoid()).OrThrow());
        OtherSystems.AssertPredicts(
            "sklearn_binary_expected.npz",
            OtherSystems.Archive("sklearn_binary.npz").ToScikitLearnModel(new Tanh(), new Sigmoid()).OrThrow(),
            p => Matrix.Create(p.Rows, 2, (row, column) => column == 0 ? 1 - p[row, 0] : p[row, 0]));
    }

    [Fact]
    public void Scikit_learns_arrays_may_be_named()
    {
        var all = OtherSystems.Archive("sklearn_classes.npz");
        var named =
            new NumPyArchive(all.Arrays.Reverse()
                .Select(pair => (pair.Value.Rank == 2 ? $"coefs_{pair.Key[4..]}" : $"intercepts_{pair.Key[4..]}", pair.Value)));
        Assert.Equal(all.ToScikitLearnModel(new Relu()).OrThrow(), named.ToScikitLearnModel(new Relu()).OrThrow());
    }

    [Fact]
    public void What_is_no_network_of_scikit_learn_is_an_error()
    {
        var all = OtherSystems.Archive("sklearn_classes.npz");
        NumPyArchive Without(string name) => new(all.Arrays.Where(pair => pair.Key != name).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(
            ["the archive has 3 arrays of coefficients and 2 of intercepts among 5, expected one of each for every layer: save them by "
                + "numpy.savez(path, *mlp.coefs_, *mlp.intercepts_)"],
            Faults(Without("arr_3").ToScikitLearnModel(new Relu())));
        Assert.Equal(
            ["'arr_0' is 4 × 6 but 'arr_3' has 2 numbers, expected 6, one for each output",
                "'arr_0' has 6 outputs but 'arr_1' takes 7 inputs: is an array missing between the two?"],
            Faults(all.With("arr_3", NumPyArray.Of<float>([1, 2])).With("arr_1", NumPyArray.Of<float>(new float[35], 7, 5))
                .ToScikitLearnModel(new Relu())));
    }

    [Fact]
    public void Every_mismatch_is_in_one_answer_with_both_shapes_and_the_fix()
    {
        var network = new Network(3,
        [
            new Dense(6), BatchNormalization.Like(Dialect.Keras), new Relu(), new Dense(4), new PRelu(),
            LayerNormalization.Like(Dialect.PyTorch), new Dense(4),
            new PRelu(), new Dense(5), new Normalization(),
        ]);
        Assert.Equal(
            [
                "batchNormalization1 (BatchNormalization) has ε 0.001, that of PyTorch is 1E-05: write new BatchNormalization { Epsilon "
                    + "= 1E-05 }, or give epsilon: 0.001 if the original was told so",
                "normalization1 (Normalization) has numbers, but PyTorch has no such layer: leave it out here and put it into the "
                    + "network afterwards",
                "'0.weight' is 5 × 3, dense1 (Dense) takes 6 × 3: give the layers the widths of the original, or say by names which "
                    + "arrays this layer takes",
                "'0.bias' is 5, dense1 (Dense) takes 6: give the layers the widths of the original, or say by names which arrays this "
                    + "layer takes",
                "'3.weight' is 4 × 5, dense2 (Dense) takes 4 × 6: give the layers the widths of the original, or say by names which "
                    + "arrays this layer takes",
                "'10.weight' is 4 × 4, dense4 (Dense) takes 5 × 4: give the layers the widths of the original, or say by names which "
                    + "arrays this layer takes",
                "'10.bias' is 4, dense4 (Dense) takes 5: give the layers the widths of the original, or say by names which arrays this "
                    + "layer takes",
                "'1.weight' is 5, batchNormalization1 (BatchNormalization) takes 6: give the layers the widths of the original, or say "
                    + "by names which arrays this layer takes",
                "'1.bias' is 5, batchNormalization1 (BatchNormalization) takes 6: give the layers the widths of the original, or say by "
                    + "names which arrays this layer takes",
                "'1.running_mean' is 5, batchNormalization1 (BatchNormalization) takes 6: give the layers the widths of the original, or "
                    + "say by names which arrays this layer takes",
                "'1.running_var' is 5, batchNormalization1 (BatchNormalization) takes 6: give the layers the widths of the original, or "
                    + "say by names which arrays this layer takes",
                "'4.weight' is 1, pRelu1 (PRelu) takes 4: set IsShared as in the original",
            ],
            Faults(OtherSystems.Archive("torch.npz").ToModel(network, Dialect.PyTorch)));
        Assert.Equal(
            ["the network has 1 Dense (dense1), the archive has arrays for 2 ('0', '1'): give the network the layers of the original"],
            Faults(TwoDense("0", "1").ToModel(new Network(3, [new Dense(2)]), Dialect.PyTorch)));
        Assert.Equal(
            ["'conv' (weight) of the archive belongs to no layer that there is here: dense layers, convolutions of images, batch and "
                + "layer normalisation and PReLU can be read"],
            Faults(TwoDense("0", "1").With("conv.weight", NumPyArray.Of<float>(new float[8], 2, 2, 2))
                .ToModel(new Network(3, [new Dense(3), new Dense(3)]), Dialect.PyTorch)));
    }

    [Fact]
    public void Weights_that_lie_the_other_way_are_seen() =>
        Assert.Equal(
            ["'0.weight' is 3 × 2, dense1 (Dense) takes 2 × 3: it lies the other way: PyTorch keeps weights as out × in, Keras as in × "
                + "out; is the dialect right?"],
            Faults(new NumPyArchive(("0.weight", NumPyArray.Of<float>(new float[6], 3, 2))).ToModel(new Network(3, [new Dense(2)]),
                Dialect.PyTorch)));

    [Fact]
    public void Layers_that_cannot_be_told_apart_are_asked_for_by_name()
    {
        var network = new Network(3, [new Dense(3) { Name = "first" }, new Dense(3) { Name = "second" }]);
        var tensors = TwoDense("encoder", "decoder").ToSafeTensors();
        Assert.Equal(
            ["which of the Dense first, second takes which of 'encoder', 'decoder' cannot be told from order or shape: say it by names, "
                + "such as names: new Dictionary<string, string> { [\"first\"] = \"encoder\" }"],
            Faults(tensors.ToModel(network, Dialect.PyTorch)));
        var named = tensors.ToModel(network, Dialect.PyTorch, new Dictionary<string, string> { ["first"] = "decoder" }).OrThrow();
        Assert.Equal(Matrix.Of(new float[,] { { 10, 13, 16 }, { 11, 14, 17 }, { 12, 15, 18 } }), named.Parameters["first", "weights"]);
        Assert.Equal(1f, named.Parameters["second", "weights"][0, 0]);
        Assert.Equal(
            [
                "the names give 'encoder' to the layer 'third', which is not there or has no numbers; there is first, second",
                "the names give 'other' to first (Dense), but no arrays of the file are called so; there is 'encoder' (weight), "
                    + "'decoder' (weight)",
            ],
            Faults(tensors.ToModel(network, Dialect.PyTorch,
                new Dictionary<string, string> { ["third"] = "encoder", ["first"] = "other" })));
    }

    [Fact]
    public void Layers_of_different_shapes_are_told_by_shape()
    {
        var tensors =
            new NumPyArchive(("encoder.weight", NumPyArray.Of<float>(new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3)),
                ("decoder.weight", NumPyArray.Of<float>(new float[] { 7, 8 }, 1, 2))).ToSafeTensors();
        var model = tensors.ToModel(new Network(3, [new Dense(2), new Dense(1)]), Dialect.PyTorch).OrThrow();
        Assert.Equal(Matrix.Column<float>(7, 8), model.Parameters["dense2", "weights"]);
        Assert.Equal(Matrix.Row<float>(0, 0), model.Parameters["dense1", "bias"]);
    }

    [Fact]
    public void Another_epsilon_is_taken_where_it_is_said()
    {
        var network = new Network(3, [new Dense(3), new BatchNormalization { Epsilon = 0.01 }]);
        var weights = network.Initialize(1).ToNumPy(Dialect.Keras).OrThrow();
        Assert.True(weights.ToModel(network, Dialect.Keras, epsilon: 0.01).IsSuccess);
        Assert.Equal(
            ["batchNormalization1 (BatchNormalization) has ε 0.01, that of Keras is 0.001: write new BatchNormalization { Epsilon = "
                + "0.001 }, or give epsilon: 0.01 if the original was told so"],
            Faults(weights.ToModel(network, Dialect.Keras)));
        Assert.Equal(
            ["batchNormalization1 (BatchNormalization) has ε 0.01, the original's is 0.1: write new BatchNormalization { Epsilon = 0.1 }"],
            Faults(weights.ToModel(network, Dialect.Keras, epsilon: 0.1)));
        Assert.Equal(
            "weights can be read in the layout of PyTorch and of Keras, not of ScikitLearn: ToScikitLearnModel builds network and model "
                + "(Parameter 'from')",
            Assert.Throws<ArgumentException>(() => weights.ToModel(network, Dialect.ScikitLearn)).Message);
    }

    internal static string[] Faults<T>(Validation<Error, T> answer) =>
        answer.Match(value => throw new Xunit.Sdk.XunitException($"expected errors, got {value}"),
            errors => errors.Map(error => error.Message).ToArray());

    /// <summary>Two dense layers of 3 to 3 without biases, with the numbers from 1 on and from 10 on.</summary>
    private static NumPyArchive TwoDense(string first, string second) => new(
        ($"{first}.weight", NumPyArray.Of<float>([.. Enumerable.Range(1, 9).Select(i => (float)i)], 3, 3)),
        ($"{second}.weight", NumPyArray.Of<float>([.. Enumerable.Range(10, 9).Select(i => (float)i)], 3, 3)));
}
