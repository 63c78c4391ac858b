using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Whoever follows the advice of a message, whichever of several, comes to a run that works: no advice leads on to an error that
/// it has caused.</summary>
public class AdviceLaws
{
    private const int MaxSteps = 4;

    /// <summary>Something that may not go together.</summary>
    public sealed record Attempt(int Inputs, Layer[] Layers, Loss Loss, DataSet<float> Data, int Choice)
    {
        public override string ToString() =>
            $"{Inputs} → {string.Join(" → ", Layers.Select(layer => layer is Dense dense ? $"Dense({dense.Outputs})" : layer.Kind))}, "
                + $"{Loss}, {Data}, way {Choice}";

        public static Arbitrary<Attempt> Any() => Arb.From(
            from inputs in Gen.Elements(2, 2, 3)
            from width in Gen.Choose(1, 4)
            from last in Gen.Elements<Layer?>(null, new Softmax(), new Sigmoid(), new LogSoftmax(), new Tanh(), new Relu(), new Softplus())
            from loss in Gen.Elements<Loss>(
                new CategoricalCrossEntropy(), new CategoricalCrossEntropy { FromLogits = true }, new BinaryCrossEntropy(),
                new BinaryCrossEntropy { FromLogits = true }, new NegativeLogLikelihood(),
                new KullbackLeibler(), new CategoricalFocalCrossEntropy(), new MeanSquaredError(), new Huber(), new CategoricalHinge(),
                new Hinge())
            from data in Gen.Elements(Datas)
            from choice in Gen.Choose(0, 3)
            where width > 1 || last is not (Softmax or LogSoftmax)
            select new Attempt(inputs, last is null ? [new Dense(width)] : [new Dense(width), last], loss, data, choice));

        private static DataSet<float>[] Datas { get; } =
        [
            Rows(new ClassLabels([0, 1, 0, 1, 1, 0], 2)), Rows(new ClassLabels([0, 1, 2, 1, 2, 0], 3)), Rows(Real(1, (row, _) => row % 3)),
            Rows(Real(1, (row, _) => row % 2)),
            Rows(Real(1, (row, _) => row + 0.5f)), Rows(Real(2, (row, column) => row + (0.5f * column))),
            Rows(Real(3, (row, column) => row % 3 == column ? 1 : 0)),
        ];

        private static DataSet<float> Rows(Targets targets) => new(Matrix.Create(6, 2, (row, column) => (row * 0.3f) - column), targets);

        private static RealTargets<float> Real(int width, Func<int, int, float> value) => new(Matrix.Create(6, width, value));
    }

    [Property(MaxTest = 1500, Arbitrary = [typeof(Attempt)])]
    public void Advice_leads_to_a_run(Attempt attempt)
    {
        var way = new List<string>();
        for (var steps = 0; steps <= MaxSteps; steps++)
        {
            if (Fault(attempt) is not { } message)
            {
                return;
            }

            way.Add($"{attempt}{Environment.NewLine}    {message}");
            attempt = Followed(attempt, message.Split(Environment.NewLine)[0])
                ?? throw new InvalidOperationException($"no advice was found in \"{message}\"");
        }

        Assert.Fail(string.Join(Environment.NewLine, way));
    }

    [Fact]
    public void Numbers_of_classes_are_told_to_become_labels()
    {
        var data =
            new DataSet<float>(Matrix.Create(90, 2, (row, column) => (float)(row % (column + 3))),
                new RealTargets<float>(Matrix.Create(90, 1, (row, _) => (float)(row % 3))));
        var state = new Network(2, [new Dense(8), new Relu(), new Dense(3), new Softmax()]).Initialize(seed: 1).Train(new Adam());
        Assert.Equal(
            "the targets are one column of whole numbers from 0 to 2, which seem to be the numbers of classes: make them class labels "
                + "with data.ToClassLabels()",
            Assert.Throws<ArgumentException>(() => state.Epochs(data.Shuffled(16), new CategoricalCrossEntropy())).Message);
        Assert.Single(state.Epochs(data.ToClassLabels().Shuffled(16), new CategoricalCrossEntropy()).Take(1));
        Assert.Equal(["a", "b", "c"], data.ToClassLabels(3, "a", "b", "c").ClassNames.ToArray());
        Assert.StartsWith("row 1 has the target 0.5",
            Assert.Throws<ArgumentException>(() =>
                new DataSet<float>(Matrix.Zeros<float>(2, 1), new RealTargets<float>(Matrix.Column(1f, 0.5f))).ToClassLabels()).Message,
                    StringComparison.Ordinal);
        Assert.StartsWith("class labels are made of one column",
            Assert.Throws<ArgumentException>(() => Generate.Moons(2, 0, 1).ToClassLabels()).Message, StringComparison.Ordinal);
    }

    private static string? Fault(Attempt attempt)
    {
        try
        {
            _ = new Network(attempt.Inputs, [.. attempt.Layers]).Initialize(1).Train(new Sgd(0.001))
                .Epochs(attempt.Data.FullBatch(), attempt.Loss).First();
            return null;
        }
        catch (ArgumentException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>The attempt with one of the ways that a message offers taken.</summary>
    private static Attempt? Followed(Attempt attempt, string message)
    {
        var advice = message[(message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..];
        var ways = advice.Split("; ")[^1].Split(", or ");
        var way = ways[attempt.Choice % ways.Length];
        if (message.Contains("ToClassLabels()", StringComparison.Ordinal))
        {
            attempt = attempt with { Data = attempt.Data.ToClassLabels() };
        }

        var before = attempt;
        if (Regex.Match(message, @"new Network\(inputs: (\d+)") is { Success: true } inputs)
        {
            return attempt with { Inputs = Number(inputs) };
        }

        foreach (var loss in new Loss[] { new CategoricalCrossEntropy(), new MeanSquaredError(), new NegativeLogLikelihood(), new Hinge() })
        {
            attempt = way.Contains($"use {loss.Kind}", StringComparison.Ordinal) ? attempt with { Loss = loss } : attempt;
        }

        attempt = way.Contains("leave its last activation out", StringComparison.Ordinal) ? attempt with { Layers = attempt.Layers[..1] }
            : way.Contains("FromLogits", StringComparison.Ordinal) ? attempt with
            {
                Loss = attempt.Loss switch
                {
                    CategoricalCrossEntropy loss => loss with { FromLogits = !loss.FromLogits },
                    BinaryCrossEntropy loss => loss with { FromLogits = !loss.FromLogits },
                    KullbackLeibler loss => loss with { FromLogits = !loss.FromLogits },
                    CategoricalFocalCrossEntropy loss => loss with { FromLogits = !loss.FromLogits },
                    var other => other,
                }
            }
            : attempt;
        if (Regex.Match(way, @"Dense\((\d+)\)( and (\w+))?") is { Success: true } end)
        {
            attempt = attempt with { Layers = [new Dense(Number(end)), .. Last(end.Groups[3].Value)] };
        }
        else if (Regex.Match(way, @"end it in (\w+)") is { Success: true } last)
        {
            attempt = attempt with { Layers = [attempt.Layers[0], .. Last(last.Groups[1].Value)] };
        }

        if (way.Contains("make them RealTargets", StringComparison.Ordinal) && attempt.Data.Targets is ClassLabels labels)
        {
            attempt =
                attempt with
                {
                    Data =
                    new DataSet<float>(attempt.Data.Inputs,
                        new RealTargets<float>(Matrix.Create(labels.Count, 1, (row, _) => (float)labels[row])))
                };
        }

        return ReferenceEquals(attempt, before) && !message.Contains("ToClassLabels()", StringComparison.Ordinal) ? null : attempt;
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private static Layer[] Last(string kind) => kind switch
    {
        "Softmax" => [new Softmax()],
        "Sigmoid" => [new Sigmoid()],
        "LogSoftmax" => [new LogSoftmax()],
        "Softplus" => [new Softplus()],
        _ => [],
    };
}
