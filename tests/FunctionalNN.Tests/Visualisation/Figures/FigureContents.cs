using System.Text.Json;

namespace FunctionalNN.Tests;

/// <summary>Whether figures show what is so.</summary>
public class FigureContents
{
    [Fact]
    public void Regions_show_the_class_of_the_greatest_output_with_other_inputs_at_their_mean()
    {
        // Class 1 where x + y + z > 0; the mean of z is −2, so where x + y > 2.
        var network = new Network(3, [new Dense(2), new Softmax()]);
        var model = network.Initialize(1).With("dense1", "weights", Matrix.Of(new[,] { { 0f, 1f }, { 0f, 1f }, { 0f, 1f } }));
        var data = new DataSet<float>(Matrix.Of(new[,] { { -5f, -5f, -4f }, { 5f, 5f, 0f } }), new ClassLabels([0, 1], 2));
        var figure = Figure.DecisionRegions(model, data, resolution: 11);
        var regions = Json(figure).GetProperty("data")[0];
        var (from, step) = (regions.GetProperty("x0").GetDouble(), regions.GetProperty("dx").GetDouble());
        Assert.Equal(-5.6, from, 1e-4);
        for (var row = 0; row < 11; row++)
        {
            for (var column = 0; column < 11; column++)
            {
                var sum = (2 * from) + ((row + column) * step);
                Assert.Equal(sum > 2 ? 1 : 0, (int)regions.GetProperty("z")[row][column].GetDouble());
            }
        }

        Assert.Equal("Strong colours: the model is sure. The third input is at its mean.", figure.Note);
    }

    [Fact]
    public void A_surface_has_the_model_s_outputs()
    {
        var model = new Network(2, [new Dense(1)]).Initialize(3);
        var surface = Json(Figure.Surface(model, FigureSamples.HillData, resolution: 5)).GetProperty("data")[0];
        for (var row = 0; row < 5; row++)
        {
            for (var column = 0; column < 5; column++)
            {
                var (x, y) = (surface.GetProperty("x")[column].GetSingle(), surface.GetProperty("y")[row].GetSingle());
                Assert.Equal(model.Predict(Matrix.Row(x, y))[0, 0], surface.GetProperty("z")[row][column].GetDouble(), 1e-3);
            }
        }
    }

    [Fact]
    public void Probabilities_of_all_classes_add_up_to_one()
    {
        var surfaces = Json(FigureSamples.Draw("probabilities", 100)).GetProperty("data");
        Assert.Equal(3, surfaces.GetArrayLength());
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(1, surfaces.EnumerateArray().Sum(surface => surface.GetProperty("z")[i][19 - i].GetDouble()), 0.002);
        }
    }

    [Fact]
    public void Curves_have_a_point_for_each_epoch_and_none_for_the_state_that_closes()
    {
        var states = FigureSamples.Past.Run(FigureSamples.Start).Take(6).StopEarly(patience: 50).ToList();
        Assert.Equal(7, states.Count);
        var figure = Figure.LearningCurves(states);
        var lines = Json(figure).GetProperty("data");
        Assert.Equal([1.0, 2, 3, 4, 5, 6], Numbers(lines[0], "x"));
        Assert.Equal(states.Take(6).Select(state => Math.Round(state.Training.Loss, 3)),
            Numbers(lines[0], "y").Select(value => Math.Round(value, 3)));
        Assert.Equal(states.Take(6).Select(state => Math.Round(100 * state.Validation.IfNone(default(Metrics)).Accuracy, 2)),
            Numbers(lines[3], "y").Select(value => Math.Round(value, 2)));
        Assert.StartsWith("The run ended with best state, epoch ", figure.Note, StringComparison.Ordinal);
        Assert.Equal("loss (nats)",
            Json(figure).GetProperty("layout").GetProperty("yaxis").GetProperty("title").GetProperty("text").GetString());
    }

    [Fact]
    public void A_run_without_epochs_has_no_curves() => Assert.Equal(
        "the run \"empty\" has no epoch to draw: give the states of one epoch or more",
        Assert.Throws<ArgumentException>(() =>
            Figure.LearningCurves(("empty", Array.Empty<TrainingState<float>>().AsEnumerable()))).Message);

    [Fact]
    public void A_run_that_diverged_says_so_and_shows_what_came_before()
    {
        var states = FigureSamples.HillData.Shuffled(10) is var batches
            ? new Network(2, [new Dense(8), new Dense(1)]).Initialize(1).Train(new Sgd(1)).Epochs(batches, new MeanSquaredError()).Take(50)
                .ToList()
            : [];
        Assert.True(states[^1].Divergence.IsSome);
        var earlier = FigureSamples.Until(3).Append(states[^1] with { Model = FigureSamples.Start.Model });
        Assert.StartsWith("The run diverged at step ", Figure.LearningCurves(earlier).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_confusion_matrix_has_shares_for_colours_and_counts_for_texts()
    {
        var trace = Json(Figure.Confusion(ConfusionMatrix.Of([0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1], 2, default, "cat", "dog")))
            .GetProperty("data")[0];
        Assert.Equal("[[75,25],[0,100]]", trace.GetProperty("z").GetRawText());
        Assert.Equal("""[["3","1"],["0","2"]]""", trace.GetProperty("text").GetRawText());
        Assert.Equal("""["cat","dog"]""", trace.GetProperty("y").GetRawText());
    }

    [Fact]
    public void A_ROC_curve_keeps_its_corners_and_names_its_area()
    {
        // Positives 0.9 and 0.4, negatives 0.6 and 0.1: of four pairs three are in order.
        var report = ClassificationReport.Of(Matrix.Column(0.9, 0.6, 0.4, 0.1), new ClassLabels([1, 0, 1, 0], 2));
        var curve = Json(Figure.Roc(report)).GetProperty("data")[1];
        Assert.Equal("class 1, area 0.750", curve.GetProperty("name").GetString());
        Assert.Equal([0.0, 0, 50, 50, 100], Numbers(curve, "x"));
        Assert.Equal([0.0, 50, 50, 100, 100], Numbers(curve, "y"));
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("activations")]
    [InlineData("gradients")]
    public void The_bars_of_a_histogram_are_all_numbers(string kind) => Assert.All(
        Json(FigureSamples.Draw(kind, 100)).GetProperty("data").EnumerateArray(),
        bars => Assert.Equal(100, Numbers(bars, "y").Sum(), 1e-2));

    [Fact]
    public void Outputs_of_the_last_layer_are_the_predictions()
    {
        var model = FigureSamples.At(100).Model;
        var inputs = FigureSamples.Spiral.InputsOf(0, 1, 2);
        Assert.Equal(model.Predict(inputs), model.Outputs(inputs)[^1].Output);
    }

    [Fact]
    public void Mistakes_are_those_of_the_report_and_the_surest_come_first()
    {
        var figure = FigureSamples.Draw("mistakes", 0);
        var wrong = int.Parse(figure.Title.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var texts = Json(figure).GetProperty("data")[2].GetProperty("text").EnumerateArray().Select(text => text.GetString()!).ToArray();
        Assert.Equal(Math.Min(16, wrong), texts.Length);
        Assert.All(texts, text => Assert.Matches("^✗ (upright|level|slanting)<br>\\d+ %<br>is (upright|level|slanting)$", text));
        var shares = texts.Select(text => int.Parse(text.Split("<br>")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();
        Assert.Equal(shares.OrderDescending(), shares);
    }

    [Fact]
    public void Pictures_of_another_size_are_refused() => Assert.Equal(
        "the figure takes pictures of 5 × 5, the rows are 36 wide: give the size of yours",
        Assert.Throws<ArgumentException>(() =>
            Figure.Images(new Network(36, [new Dense(3), new Softmax()]).Initialize(1), FigureSamples.Bars, new ImageSize(5, 5))).Message);

    [Fact]
    public void A_diagram_connects_every_pair_of_drawn_units()
    {
        var network = new Network(3, [new Dense(4), new Relu(), new Dense(2)]);
        var traces = Json(Figure.Diagram(network)).GetProperty("data");
        Assert.Equal([3 * 4, 4 * 2], traces.EnumerateArray().Take(2).Select(edges => edges.GetProperty("x").GetArrayLength() / 3));
        Assert.Equal(3 + 4 + 2, traces[2].GetProperty("x").GetArrayLength());
        Assert.Equal(12 + 8,
            Figure.Diagram(network.Initialize(1)).Traces.SkipLast(1)
                .Sum(edges => JsonDocument.Parse(edges["x"]!.ToString()).RootElement.GetArrayLength() / 3));
    }

    [Fact]
    public void An_input_that_is_not_there_is_named() => Assert.StartsWith(
        "the axis shows input 2, the data has 2, counted from 0",
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Figure.DecisionRegions(FigureSamples.Start.Model, FigureSamples.Spiral, y: 2)).Message,
        StringComparison.Ordinal);

    private static JsonElement Json(Figure figure) => JsonDocument.Parse(figure.ToJson()).RootElement;

    private static double[] Numbers(JsonElement trace, string name) =>
        [.. trace.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
