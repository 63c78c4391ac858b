using System.Text.Json;

namespace FunctionalNN.Tests;

/// <summary>Figures that move, and epochs that are computed anew.</summary>
public class Motion
{
    private static Figure Regions(TrainingState<float> state) => Figure.DecisionRegions(state.Model, FigureSamples.Spiral, resolution: 10);

    [Fact]
    public void An_animation_opens_on_its_last_figure_and_moves_only_what_differs()
    {
        var states = FigureSamples.Until(4).ToArray();
        var moving = states.Animate(Regions);
        Assert.Equal(Regions(states[^1]).Traces.ToArray(), moving.Traces.ToArray());
        Assert.Equal(["1", "2", "3", "4"], moving.Frames.Select(frame => frame.Name));
        Assert.All(moving.Frames, frame => Assert.Equal(0, frame.Indices.Single()));
        Assert.Equal(states.Select(state => PlotObject.Of(("z", Regions(state).Traces[0]["z"]))),
            moving.Frames.Select(frame => frame.Traces.Single()));
        using var json = JsonDocument.Parse(moving.ToJson());
        var layout = json.RootElement.GetProperty("layout");
        Assert.Equal(["1", "2", "3", "4"],
            layout.GetProperty("sliders")[0].GetProperty("steps").EnumerateArray()
                .Select(step => step.GetProperty("args")[0][0].GetString()));
        Assert.Equal(2, layout.GetProperty("updatemenus")[0].GetProperty("buttons").GetArrayLength());
    }

    [Fact]
    public void An_animation_of_figures_that_do_not_match_is_refused() => Assert.Equal(
        "the figure of epoch 2 has 1 traces, the first has 4: an animation moves the same traces",
        Assert.Throws<ArgumentException>(() => FigureSamples.Until(2)
            .Animate(state => state.Epoch == 1 ? Regions(state) : Regions(state) with { Traces = [PlotObject.Empty] })).Message);

    [Fact]
    public void An_animation_of_nothing_is_refused() => Assert.Equal(
        "an animation needs one figure or more, none was given", Assert.Throws<ArgumentException>(() => Animation.Of("epoch")).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(37)]
    public void A_past_epoch_is_the_state_that_was_there(int epoch)
    {
        var again = FigureSamples.Past.At(epoch);
        Assert.Equal(FigureSamples.At(epoch).Model, again.Model);
        Assert.Equal(FigureSamples.At(epoch).Training, again.Training);
        Assert.Equal(Regions(FigureSamples.At(epoch)).ToJson(), FigureSamples.Past.Draw(epoch, Regions).ToJson());
    }

    [Fact]
    public void Past_epochs_come_in_order_and_make_the_animation_that_was_not_recorded()
    {
        Assert.Equal([0, 2, 5], FigureSamples.Past.At(5, 0, 2, 2).Select(state => state.Epoch));
        Assert.Equal(FigureSamples.Until(6).Where(state => state.Epoch % 2 == 0).Animate(Regions),
            FigureSamples.Past.Animate([2, 4, 6], Regions));
    }

    [Fact]
    public void An_epoch_that_the_run_does_not_come_to_is_refused()
    {
        var past = FigureSamples.Past with { Run = start => FigureSamples.Past.Run(start).Take(3) };
        Assert.StartsWith("epoch 4 was asked for, the run ends after epoch 3",
            Assert.Throws<ArgumentOutOfRangeException>(() => past.At(4)).Message, StringComparison.Ordinal);
        Assert.StartsWith("epoch -1 was asked for, the run starts at 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => past.At(-1)).Message, StringComparison.Ordinal);
    }
}
