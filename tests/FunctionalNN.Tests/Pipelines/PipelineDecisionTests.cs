using System.Text;

namespace FunctionalNN.Tests;

/// <summary>Temperature, threshold, explanations and quantities.</summary>
public sealed class PipelineDecisionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void No_other_threshold_costs_less_on_the_validation_rows()
    {
        var (pipeline, parts) = Trained();
        foreach (var cost in (MistakeCost[])[new(1, 1), new(1, 10), new(5, 1), new(0, 1), new(1, 0)])
        {
            var tuned = pipeline.WithThreshold(parts.Validation, cost);
            var least = CostOf(tuned, parts.Validation, cost);
            Assert.All(Enumerable.Range(0, 101), step => Assert.True(
                least <= CostOf(pipeline with { Decision = new Decision(step / 100.0) }, parts.Validation, cost)
                    + 1e-9, $"{cost} at {step}"));
        }

        Assert.Contains("10 a miss on", pipeline.WithThreshold(parts.Validation, new MistakeCost(1, 10)).Decision.ToString(),
            StringComparison.Ordinal);
        var f1 = ((ClassificationReport)pipeline.WithThresholdForF1(parts.Validation).Report(parts.Validation)).Confusion.ScoresOf(1).F1;
        Assert.All(Enumerable.Range(1, 99), step => Assert.True(f1 >= ((ClassificationReport)(pipeline with
        {
            Decision = new Decision(step / 100.0),
        }).Report(parts.Validation)).Confusion.ScoresOf(1).F1 - 1e-12));
    }

    [Fact]
    public void No_other_temperature_makes_the_validation_rows_likelier()
    {
        var (pipeline, parts) = Trained(epochs: 60);
        var calibrated = pipeline.Calibrated(parts.Validation);
        Assert.All((double[])[0.2, 0.5, 0.9, 1, 1.1, 2, 5], temperature => Assert.True(
            CrossEntropy(calibrated, parts.Validation) <= CrossEntropy(pipeline with { Temperature = temperature }, parts.Validation)
                + 1e-9));
        Assert.Equal(pipeline.Predict(parts.Test).Select(one => one.Class), calibrated.Predict(parts.Test).Select(one => one.Class));
        Assert.All(calibrated.Predict(parts.Test), one => Assert.Equal(1, one.Probabilities.Sum(each => each.Probability), 1e-12));
        Assert.Throws<InvalidOperationException>(() => pipeline.WithThresholdForF1(parts.Validation).Calibrated(parts.Validation));
    }

    [Fact]
    public void An_explanation_is_by_column_and_adds_up_for_a_linear_model()
    {
        var table = Table.Read(folder.Write("q.csv", Encoding.UTF8.GetBytes(Quantities()))).OrThrow();
        var (train, test) = table.Split("y", 0.25, seed: 1);
        var recipe = TableRecipe.Propose(train, "y").OrThrow();
        Assert.True(recipe.Target!.IsQuantity);
        var fresh = Pipeline.Of<double>(recipe.Fit(train).OrThrow(), [], seed: 1);
        var pipeline = fresh.With(fresh.Epochs(train, new Adam(0.05)).Take(300).Last());
        var report = (RegressionReport)pipeline.Report(test);
        Assert.True(report.R2 > 0.999, $"{report}");

        // A linear model: the contributions are exactly the distance from the output of the mean row.
        var explanation = pipeline.Explain(test.Row(0));
        var inputs = pipeline.Encoding.Matrix<double>(train).OrThrow();
        var mean = Enumerable.Range(0, inputs.Rows).Average(row => pipeline.Predict(train.Row(row)).Value);
        Assert.Equal(pipeline.Predict(test.Row(0)).Value - mean, explanation.Contributions.Sum(one => one.Contribution), 1e-6);
        Assert.Equal(["a", "c"], explanation.Contributions.Select(one => one.Column).Order());
        Assert.Equal("a", pipeline.Importance(test).Ranked().First().Name);
        Assert.True(pipeline.Verify(train).IsSame);
        pipeline.Save(folder["q.safetensors"]).OrThrow();
        Assert.Equal(pipeline, Pipeline.Load<double>(folder["q.safetensors"]).OrThrow());
    }

    [Fact]
    public void One_sigmoid_output_decides_between_two_classes_too()
    {
        var (other, parts) = Trained();
        var network = new Network(other.Encoding.Width, [new Dense(4), new Relu(), new Dense(1), new Sigmoid()]);
        var fresh = new Pipeline<float>(other.Encoding, network.Initialize(seed: 1));
        var pipeline = fresh.With(fresh.Epochs(parts.Training, new Adam(0.01)).Take(3).Last());
        var prediction = pipeline.Predict(parts.Test.Row(0));
        Assert.Equal(["no", "yes"], prediction.Probabilities.Select(one => one.Name));
        Assert.Equal(1, prediction.Probabilities.Sum(one => one.Probability), 1e-12);
        Assert.Contains("asks for 2 outputs", Assert.Throws<ArgumentException>(() => new Pipeline<float>(other.Encoding,
            new Network(other.Encoding.Width, [new Dense(3), new Softmax()]).Initialize(seed: 1))).Message, StringComparison.Ordinal);
        Assert.Contains("end it in Softmax", Assert.Throws<ArgumentException>(() => new Pipeline<float>(other.Encoding,
            new Network(other.Encoding.Width, [new Dense(2)]).Initialize(seed: 1))).Message, StringComparison.Ordinal);
        Assert.Contains($"the columns become {other.Encoding.Width} inputs", Assert.Throws<ArgumentException>(() => new Pipeline<float>(
            other.Encoding, new Network(2, [new Dense(2), new Softmax()]).Initialize(seed: 1))).Message, StringComparison.Ordinal);
    }

    private static double CostOf(Pipeline<float> pipeline, Table rows, MistakeCost cost) => Enumerable.Range(0, rows.Count).Sum(row =>
        (pipeline.Predict(rows.Row(row)).Class, rows.Row(row)["churned"]) switch
        {
            ("yes", "no") => cost.FalseAlarm,
            ("no", "yes") => cost.Miss,
            _ => 0,
        });

    private static double CrossEntropy(Pipeline<float> pipeline, Table rows) => pipeline.Predict(rows).Index().Sum(one =>
        -Math.Log(one.Item.Probabilities.First(each => each.Name == (string?)rows.Row(one.Index)["churned"]).Probability));

    private static string Quantities()
    {
        var (key, text) = (new Key(5), new StringBuilder("a,c,y\n"));
        for (var i = 0; i < 200; i++)
        {
            var (a, c) = (key.Below(1000, i) / 100.0, key.Fold(i).Below(3, 0));
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{a},c{c},{100 + (7 * a) + (5 * c)}\n");
        }

        return text.ToString();
    }

    private (Pipeline<float> Pipeline, TableParts Parts) Trained(int epochs = 5) => Customers.Trained(
        Table.Read(folder.Write("c.csv", Encoding.UTF8.GetBytes(Customers.Csv(300, 2)))).OrThrow(), epochs);
}
