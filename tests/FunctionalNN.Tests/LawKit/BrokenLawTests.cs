using System.Text.RegularExpressions;

namespace FunctionalNN.Tests;

/// <summary>The kit finds planted faults, by the law that they break, and shows the smallest case of it.</summary>
[Collection(nameof(AllThreads))]
public sealed partial class BrokenLawTests
{
    private const string Case = "gradient 3540950409922450192,12821327955647588535,3";

    private static readonly LawSettings Some = new() { Cases = 20 };

    [Fact]
    public void A_wrong_gradient_is_found_and_made_small()
    {
        // One case of many: shrinking ends where every simpler case holds, for most cases at the smallest.
        var broken = Assert.Throws<LawBrokenException>(() => Laws.Layer(new HalfSlope(), Some with { Largest = 1, Replay = Case }));
        Assert.Equal("gradient", broken.Law);
        Assert.StartsWith("HalfSlope breaks the law \"gradient\": back-propagation equals central differences.", broken.Message,
            StringComparison.Ordinal);
        Assert.Contains("WRONG", broken.Finding, StringComparison.Ordinal);
        Assert.Contains(broken.Counterexample.Network.Layers, layer => layer is HalfSlope);
        Assert.InRange(broken.Counterexample.Data.Rows, 1, 3);
        Assert.InRange(broken.Counterexample.Network.Layers.Length, 1, 3);
        Assert.InRange(broken.Counterexample.Network.Inputs, 1, 3);
        Assert.Matches(ReplayLine(), broken.Message);
    }

    [Fact]
    public void A_replay_fails_on_the_same_case()
    {
        var broken = Assert.Throws<LawBrokenException>(() => Laws.Layer(new HalfSlope(), Some with { Largest = 1 }));
        var again = Assert.Throws<LawBrokenException>(() => Laws.Layer(new HalfSlope(), new LawSettings { Replay = broken.Replay }));
        Assert.Equal((broken.Law, broken.Counterexample, broken.Finding), (again.Law, again.Counterexample, again.Finding));
    }

    [Fact]
    public void A_layer_that_counts_its_calls_is_no_function() => AssertBreaks("purity", () => Laws.Layer(new Counting(), Some));

    [Fact]
    public void A_layer_that_overflows_is_not_finite()
    {
        AssertBreaks("finite", () => Laws.Layer(new NaiveSigmoid(), Some));
        Assert.Equal(9, Laws.Layer(new NaiveSigmoid(), Some with { Largest = 1 }).Laws.Length);
    }

    [Fact]
    public void A_layer_that_depends_on_how_work_is_cut_depends_on_threads() =>
        AssertBreaks("threads", () => Laws.Layer(new CutDependent(), Some with { Without = ["gradient"] }));

    [Fact]
    public void A_layer_that_looks_at_the_other_rows_in_prediction_is_found() =>
        AssertBreaks("rows", () => Laws.Layer(new Centred(), Some));

    [Fact]
    public void A_layer_that_predicts_otherwise_than_it_says_is_found() =>
        AssertBreaks("prediction", () => Laws.Layer(new ForgotFrozen(), Some));

    [Fact]
    public void A_loss_that_climbs_is_found() => AssertBreaks("gradient", () => Laws.Loss(new ClimbingAbsoluteError(), Some));

    [Fact]
    public void A_loss_that_counts_rows_by_position_is_found() => AssertBreaks("order", () => Laws.Loss(new PositionLoss(), Some));

    [Theory]
    [InlineData(nameof(Fault.Climbs), "downhill")]
    [InlineData(nameof(Fault.DividesByGradient), "finite")]
    [InlineData(nameof(Fault.DependsOnPlace), "places")]
    [InlineData(nameof(Fault.CountsCalls), "purity")]
    public void A_faulty_optimizer_is_found(string fault, string law) =>
        AssertBreaks(law, () => Laws.Optimizer(new FaultyDescent(Enum.Parse<Fault>(fault)), Some));

    [Fact]
    public void What_cannot_be_tried_is_said()
    {
        Assert.Equal(
            "Widthless takes no width from 1 to 1024: 1 is not a width that I like",
            Assert.Throws<ArgumentException>(() => Laws.Layer(new Widthless())).Message);
        Assert.Equal(
            "Picky accepts none of the targets that the laws know (Labels, Reals, Probabilities, Distributions, Counts) under any of the "
                + "endings Dense, Softmax, Sigmoid, Softplus, LogSoftmax, Tanh: not these",
            Assert.Throws<ArgumentException>(() => Laws.Loss(new Picky())).Message);
        Assert.Equal(
            "there is no law \"gradients\" here; there is finite, purity, places, downhill, precision, fold, resume, threads",
            Assert.Throws<ArgumentException>(() => Laws.Optimizer(new Adam(), new LawSettings { Without = ["gradients"] })).Message);
        Assert.Equal(
            "\"gradient\" does not replay anything: give what the message of a broken law ends with, such as \"gradient 123,457,12\"",
            Assert.Throws<ArgumentException>(() => Laws.Layer(new Relu(), new LawSettings { Replay = "gradient" })).Message);
    }

    private static void AssertBreaks(string law, Func<LawReport> laws)
    {
        var broken = Assert.Throws<LawBrokenException>(laws);
        Assert.True(broken.Law == law, broken.Message);
    }

    [GeneratedRegex("""Try this case again with Laws\.Layer\(layer, new LawSettings \{ Replay = "gradient \d+,\d+,\d+" \}\)$""")]
    private static partial Regex ReplayLine();
}
