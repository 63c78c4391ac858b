namespace FunctionalNN.Tests;

/// <summary>Calls with matrices or vectors of the wrong shape name both shapes.</summary>
public class WrongCallTests
{
    private static readonly Matrix<float> Two = Matrix.Zeros<float>(2, 3);

    [Fact]
    public void Matrix_errors_name_both_shapes()
    {
        Assert.Equal(
            "a 2 × 3 matrix cannot be multiplied by a 2 × 3 one: 3 columns meet 2 rows",
            Assert.Throws<ArgumentException>(() => Two.Multiply(Two)).Message);
        Assert.Equal("a 2 × 2 matrix takes 4 numbers, 3 were given",
            Assert.Throws<ArgumentException>(() => Matrix.Create<float>(2, 2, [1, 2, 3])).Message);
        Assert.Contains("position [2, 0] lies outside a 2 × 3 matrix", Assert.Throws<ArgumentOutOfRangeException>(() => Two[2, 0]).Message);
        Assert.Contains("position [0, -1] lies outside a 2 × 3 matrix",
            Assert.Throws<ArgumentOutOfRangeException>(() => Two[0, -1]).Message);
        Assert.Contains("row 5 lies outside a 2 × 3 matrix", Assert.Throws<ArgumentOutOfRangeException>(() => Two.Row(5)[0]).Message);
        Assert.Throws<ArgumentException>(() => Matrix.Create<float>(-1, -1, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Matrix.Zeros<float>(-1, 2));
    }

    [Fact]
    public void A_tensor_of_another_rank_is_refused()
    {
        var cube = System.Numerics.Tensors.Tensor.Create(new float[8], [2, 2, 2]);
        var message = Assert.Throws<ArgumentException>(() => Matrix.From<float>(cube.AsReadOnlyTensorSpan())).Message;
        Assert.Equal("a matrix takes a tensor of rank 2, this one has rank 3: reshape it first", message);
    }

    [Fact]
    public void An_unknown_slot_lists_what_exists()
    {
        var model = new Network(2, [new Dense(3), new BatchNormalization(), new Relu()]).Initialize(0);
        const string All =
            "there is [\"dense1\", \"weights\"], [\"dense1\", \"bias\"], [\"batchNormalization1\", \"gamma\"], [\"batchNormalization1\", "
                + "\"beta\"]";
        Assert.Equal($"there is no [\"dense2\", \"weights\"]; {All}",
            Assert.Throws<KeyNotFoundException>(() => model.Parameters["dense2", "weights"]).Message);
        Assert.Equal($"there is no [\"relu1\", \"bias\"]; {All}",
            Assert.Throws<KeyNotFoundException>(() => model.With("relu1", "bias", Two)).Message);
        Assert.Equal(
            "there is no [\"a\", \"b\"]; there is nothing: the network has no such slots",
            Assert.Throws<KeyNotFoundException>(() => new Network(2, [new Relu()]).Initialize(0).Parameters["a", "b"]).Message);
    }

    [Fact]
    public void A_slot_of_another_shape_names_both()
    {
        var model = new Network(2, [new Dense(3)]).Initialize(0);
        const string Message = "[\"dense1\", \"weights\"] is 2 × 3, the new value is 3 × 2";
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => model.With("dense1", "weights", Two.Transpose())).Message);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => model.Parameters.With("dense1", "weights", Two.Transpose())).Message);
    }

    [Fact]
    public void Vectors_of_another_layout_are_refused()
    {
        var (narrow, wide) = (new Network(2, [new Dense(3)]).Initialize(0), new Network(2, [new Dense(4)]).Initialize(0));
        var message = Assert.Throws<ArgumentException>(() => narrow.Parameters + wide.Parameters).Message;
        Assert.Contains("dense1.weights 2 × 3 at 0", message);
        Assert.Contains("dense1.weights 2 × 4 at 0", message);
        Assert.Throws<ArgumentException>(() => narrow.Parameters.Dot(wide.Parameters));
        Assert.Contains("expected:", Assert.Throws<ArgumentException>(() => narrow with { Parameters = wide.Parameters }).Message);
        Assert.Throws<ArgumentException>(() => narrow with { Statistics = wide.Parameters });
        Assert.Equal("the layout takes 9 numbers, 2 were given",
            Assert.Throws<ArgumentException>(() => new ParameterVector<float>(narrow.Parameters.Layout, [1, 2])).Message);
    }

    /// <summary>The pure transition of an optimizer is public: a gradient of another layout must not be read past its end.</summary>
    [Fact]
    public void An_optimizer_refuses_a_gradient_of_another_layout()
    {
        var (narrow, wide) = (new Network(2, [new Dense(3)]).Initialize(0), new Network(2, [new Dense(3), new Relu()]).Initialize(0));
        var other = new Network(3, [new Dense(2)]).Initialize(0);
        var sgd = new Sgd(0.1);
        Assert.Equal(narrow.Parameters,
            sgd.Next(0, ParameterVector<float>.Zeros(wide.Parameters.Layout), narrow.Parameters,
                sgd.InitialMoments(narrow.Parameters)).Parameters);
        Assert.Throws<ArgumentException>(() => sgd.Next(0, other.Parameters, narrow.Parameters, sgd.InitialMoments(narrow.Parameters)));
    }

    [Fact]
    public void Inputs_and_targets_of_different_counts_are_refused() =>
        Assert.Equal("2 rows of inputs but 3 targets: every row needs one",
            Assert.Throws<ArgumentException>(() => new DataSet<float>(Two, new ClassLabels([0, 0, 0], 1))).Message);

    [Fact]
    public void Stopping_early_without_validation_tells_what_to_do()
    {
        var states = new Network(2, [new Dense(2), new Softmax()]).Initialize(0).Train(new Sgd(0.1))
            .Epochs(Generate.Spiral(5, 2, seed: 0).FullBatch(), new CategoricalCrossEntropy());
        var message = Assert.Throws<InvalidOperationException>(() => states.StopEarly(2).Take(3).ToArray()).Message;
        Assert.Equal(
            "StopEarly watches the validation loss, but the states were not validated: put .Validate(heldOut) before it, or give it a "
                + "metric", message);
    }
}
