namespace FunctionalNN.Tests;

/// <summary>Huge, tiny and denormal numbers.</summary>
public class MagnitudeTests
{
    [Fact]
    public void Denormals_pass_through_layers_unchanged()
    {
        var input = Matrix.Row(float.Epsilon, -float.Epsilon, 1e-40f);
        Assert.Equal([float.Epsilon, 0, 1e-40f], LayerCall.Output(new Relu(), input).Values.ToArray());
        Assert.Equal(input, LayerCall.Output(new Linear(), input));
        Assert.Equal([0.5f, 0.5f, 0.5f], LayerCall.Output(new Sigmoid(), input).Values.ToArray());
        ReferenceAssert.Near([1 / 3.0, 1 / 3.0, 1 / 3.0], LayerCall.Output(new Softmax(), input), 1e-7);
        Assert.Equal([0f, 0, 0],
            LayerCall.Output(new BatchNormalization(), Matrix.Of(new[,] { { 1e-40f, 0, 1 }, { 1e-40f, 0, 1 } })).Row(0).ToArray());
    }

    [Fact]
    public void Denormal_weights_multiply() =>
        Assert.Equal(1e-40f, Matrix.Row(1e-40f).Multiply(Matrix.Row(1f))[0, 0]);

    [Fact]
    public void Squared_error_beyond_the_range_of_float_stops_the_run()
    {
        var state = new Network(1, [new Dense(1)]).Initialize(0).Train(new Sgd(1e-3));
        var next = state.Step(new Batch<float>(Matrix.Row(1f), new RealTargets<float>(Matrix.Row(1e30f))), new MeanSquaredError());
        Assert.True(next.Divergence.IsSome);
    }

    [Fact]
    public void Adam_takes_a_full_step_on_a_gradient_of_any_size()
    {
        var layout = new Layout([("p", new Slot("value", 1, 3))]);
        var adam = new Adam(0.1) { Epsilon = 0 };
        var (next, _) =
            adam.Next(0, new ParameterVector<double>(layout, [1e-100, 1, -1e100]), ParameterVector<double>.Zeros(layout),
                adam.InitialMoments(ParameterVector<double>.Zeros(layout)));
        ReferenceAssert.Near<double>([-0.1, -0.1, 0.1], next.Values, 1e-12);
    }

    [Fact]
    public void A_constant_column_is_normalised_to_beta()
    {
        var output = LayerCall.Output(new BatchNormalization(), Matrix.Of(new[,] { { 7f, 1e20f }, { 7, 1e20f } }));
        Assert.Equal([0f, 0], output.Row(0).ToArray());
    }

    [Fact]
    public void A_summed_loss_keeps_its_digits_over_many_rows()
    {
        var rows = 100_000;
        var data = new DataSet<float>(Matrix.Zeros<float>(rows, 1), new RealTargets<float>(Matrix.Create(rows, 1, (_, _) => 0.1f)));
        var metrics = new Network(1, [new Linear()]).Initialize(0).Evaluate(data, new MeanAbsoluteError());
        Assert.Equal(0.1f, metrics.Loss, 1e-9);
    }
}
