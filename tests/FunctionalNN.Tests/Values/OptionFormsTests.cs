using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

/// <summary>Options and results in the forms of .NET, and changed copies by a call.</summary>
public class OptionFormsTests
{
    [Fact]
    public void An_option_is_a_value_or_none()
    {
        Assert.True(Option<int>.Some(3).TryGet(out var three));
        Assert.False(Option<int>.None.TryGet(out _));
        Assert.Equal((3, 3, null), (three, Option<int>.Some(3).OrNull(), Option<int>.None.OrNull()));
        Assert.Equal(("a", null), (Option<string>.Some("a").OrNullReference(), Option<string>.None.OrNullReference()));
    }

    [Fact]
    public void A_result_is_a_value_or_a_message()
    {
        Assert.True(Either<Error, int>.Right(3).TryGet(out var three, out var none));
        Assert.False(Either<Error, int>.Left(Error.New("broken")).TryGet(out _, out var message));
        Assert.Equal((3, null, "broken"), (three, none, message));
        Assert.True(Network.Create(2, new Dense(1)).TryGet(out var network, out none));
        Assert.False(Network.Create(0, new Dense(0)).TryGet(out _, out message));
        Assert.Equal((1, null, 2), (network!.Outputs, none, message!.Split(Environment.NewLine).Length));
    }

    [Fact]
    public void A_With_method_does_what_with_does()
    {
        var network = new Network(2, [new Dense(3), new Softmax()]);
        var state = network.Initialize(1).Train(new Adam(0.1), seed: 2);
        Assert.Equal(state with { Optimizer = new Sgd(0.2) }, state.WithOptimizer(new Sgd(0.2)));
        Assert.Equal(state with { Optimizer = new Adam(0.01) }, state.WithLearningRate(0.01));
        Assert.Equal(state with { Key = new Key(9) }, state.WithKey(new Key(9)));
        Assert.Equal(network with { Layers = [new Dense(1)] }, network.WithLayers(new Dense(1)));
        Assert.Equal(new Adam(0.5) { Decay = 0.1 }, new Adam(0.1).WithLearningRate(0.5).WithDecay(0.1));
        Assert.Equal(new Dense(3) { Name = "first" }, new Dense(3).WithName("first"));
        var model = state.Model.WithParameters(state.Model.Parameters);
        Assert.Equal(state.Model, state.WithModel(model).Model);
    }
}
