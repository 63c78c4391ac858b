namespace FunctionalNN.Tests;

/// <summary>One flat run of numbers with named views.</summary>
public class ParameterVectorTests
{
    private static readonly Model<double> Model =
        new Network(2,
            [new Dense(3), new BatchNormalization(), new Relu(), new Dense(2) { Name = "out" }, new Softmax()]).Initialize<double>(1);

    [Fact]
    public void Views_are_named_and_share_the_storage()
    {
        var weights = Model.Parameters["dense1", "weights"];
        Assert.Equal((2, 3), (weights.Rows, weights.Columns));
        Assert.True(Model.Parameters.Values.Overlaps(weights.Values));
        Assert.Equal(Model.Parameters.Values[..6].ToArray(), weights.Values.ToArray());
        Assert.Equal(Model.Parameters.Values[^2..].ToArray(), Model.Parameters["out", "bias"].Values.ToArray());
        Assert.Equal(Model.Parameters["out", "weights"], Model.Parameters.View(4));
        Assert.Equal((2 * 3) + 3 + 3 + 3 + (3 * 2) + 2, Model.Parameters.Count);
        Assert.Equal(Matrix.Row(1.0, 1, 1), Model.Statistics["batchNormalization1", "variance"]);
    }

    [Theory]
    [InlineData("dense1", "weights")]
    [InlineData("dense1", "bias")]
    [InlineData("batchNormalization1", "gamma")]
    [InlineData("out", "bias")]
    public void Surgery_replaces_one_slot_and_nothing_else(string layer, string slot)
    {
        var before = Model.Parameters.Values.ToArray();
        var old = Model.Parameters[layer, slot];
        var changed = Model.With(layer, slot, old.Map(_ => 9));
        Assert.Equal(old.Map(_ => 9), changed.Parameters[layer, slot]);
        Assert.Equal(before, Model.Parameters.Values.ToArray());
        Assert.All(
            Model.Parameters.Layout.Placements.Where(p => (p.Layer, p.Slot.Name) != (layer, slot)),
            p => Assert.Equal(Model.Parameters[p.Layer, p.Slot.Name], changed.Parameters[p.Layer, p.Slot.Name]));
        Assert.Equal(Model.Statistics, changed.Statistics);
        Assert.Equal(Model, changed.With(layer, slot, old));
    }

    [Fact]
    public void Surgery_copies_what_it_is_given()
    {
        var first = Model.With("out", "bias", Matrix.Row(1.0, 2));
        var second = first.With("out", "bias", Matrix.Row(3.0, 4));
        Assert.Equal(Matrix.Row(1.0, 2), first.Parameters["out", "bias"]);
        Assert.False(first.Parameters.Values.Overlaps(second.Parameters.Values));
    }

    [Fact]
    public void Surgery_in_mid_run_keeps_the_rest_of_the_state()
    {
        var data = Generate.Spiral<double>(10, 2, seed: 0);
        var state = Model.Train(new Adam()).Epochs(data.Shuffled(5), new CategoricalCrossEntropy()).First();
        var changed = state with { Model = state.Model.With("out", "bias", Matrix.Row(0.0, 0)) };
        Assert.Equal((state.Step, state.Moments, state.Key), (changed.Step, changed.Moments, changed.Key));
        Assert.True(changed.Epochs(data.Shuffled(5), new CategoricalCrossEntropy()).First().Divergence.IsNone);
    }

    [Fact]
    public void Arithmetic_is_number_by_number()
    {
        var (p, q) = (Model.Parameters, Model.Parameters.Map(x => x + 2));
        Assert.Equal(p.Values.ToArray().Select(x => x + (x + 2)), (p + q).Values.ToArray());
        Assert.Equal(p.Values.ToArray().Select(x => x + 2 - x), (q - p).Values.ToArray());
        Assert.Equal(p.Values.ToArray().Select(x => 3 * x), (3.0 * p).Values.ToArray());
        Assert.Equal(p.Values.ToArray().Select(x => x * (x + 2)).Sum(), p.Dot(q), 1e-12);
        Assert.Equal(Math.Sqrt(p.Dot(p)), p.Norm);
        Assert.Equal(p.Map(Math.Abs), p.Zip(p, (x, y) => Math.Sqrt(x * y)));
        Assert.Equal(p.Layout, (p + q).Layout);
    }

    [Fact]
    public void Equality_is_by_layout_and_content()
    {
        Assert.Equal(Model.Parameters, new ParameterVector<double>(Model.Parameters.Layout, Model.Parameters.Values));
        Assert.Equal(Model.Parameters.GetHashCode(),
            new ParameterVector<double>(Model.Parameters.Layout, Model.Parameters.Values).GetHashCode());
        Assert.NotEqual(Model.Parameters, Model.Parameters.Map(x => x + 1));
        Assert.NotEqual(new Network(2, [new Dense(1) { Name = "a" }]).Initialize(1).Parameters,
            new Network(2, [new Dense(1) { Name = "b" }]).Initialize(1).Parameters);
        Assert.Equal(new Network(2, [new Dense(1)]).ParameterLayout,
            new Network(2, [new Dense(1) { WeightPenalty = Penalty.L1(1) }, new Relu()]).ParameterLayout);
    }

    [Fact]
    public void Networks_and_states_are_equal_when_they_say_the_same()
    {
        Network Same() => new(2, [new Dense(3), new Relu()]);
        Assert.Equal(Same(), Same());
        Assert.Equal(Same().GetHashCode(), Same().GetHashCode());
        Assert.NotEqual(Same(), Same() with { Layers = [new Dense(3), new Sigmoid()] });
        Assert.Equal(Same().Initialize(3), Same().Initialize(3));
        Assert.Equal(Same().Initialize(3).Train(new Adam(), 1), Same().Initialize(3).Train(new Adam(), 1));
        Assert.NotEqual(Same().Initialize(3).Train(new Adam(), 1), Same().Initialize(3).Train(new Adam(), 2));
    }

    [Fact]
    public void Metrics_add_up_and_default_is_their_zero()
    {
        var (a, b) = (new Metrics(4, 2, 1, 3, 4), new Metrics(1, 3, 0.5, 0, 1));
        Assert.Equal(new Metrics(5, 5, 1.5, 3, 5), a + b);
        Assert.Equal(a, a + default(Metrics));
        Assert.Equal(((a + b).Loss, (a + b).DataLoss, (a + b).Penalty, (a + b).Accuracy), (1.3, 1.0, 0.3, 0.6));
    }

    [Fact]
    public void Keys_are_values()
    {
        Assert.Equal(new Key(5), new Key(5));
        Assert.NotEqual(new Key(5), new Key(6));
        Assert.Equal("Key { Value = 5 }", new Key(5).ToString());
        Assert.Equal(new Key(5).Uniform(3), new Key(5).Uniform(3));
    }

    /// <summary>Seeded results must not change from release to release. These are the well-known first outputs of splitmix64.c from the
    /// states 0 and 1234567.</summary>
    [Fact]
    public void The_bits_of_a_key_are_SplitMix64s()
    {
        Assert.Equal(0xE220A8397B1DCDAFul, new Key(0).Bits(0));
        Assert.Equal(0x6E789E6AA1B965F4ul, new Key(0).Bits(1));
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423],
            Enumerable.Range(0, 3).Select(i => new Key(1234567).Bits(i)));
    }
}
