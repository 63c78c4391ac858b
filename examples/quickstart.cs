#!/usr/bin/env dotnet
#:project ../src/FunctionalNN/FunctionalNN.csproj
#:project ../src/FunctionalNN.Visualisation/FunctionalNN.Visualisation.csproj
#:package Spectre.Console

// Trains a small network to tell three spiral arms apart, and draws what it learned, here and on a page for the browser. Needs no download.
//   dotnet run -c Release examples/quickstart.cs [-- --epochs 1500]

using System.Diagnostics;
using FunctionalNN;
using Spectre.Console;

var epochs = Option("--epochs", 1500);
var training = Generate.Spiral(samples: 300, classes: 3, seed: 0);
var heldOut = Generate.Spiral(samples: 300, classes: 3, seed: 1);

var network = new Network(inputs: 2,
[
    new Dense(64) { WeightPenalty = Penalty.L2(1e-4) },
    new Relu(),
    new Dense(3),
    new Softmax(),
]);

var watch = Stopwatch.StartNew();
var states = network.Initialize(seed: 7)
    .Train(new Adam(0.02) { Decay = 1e-4 }, seed: 7)
    .Epochs(training.Shuffled(batchSize: 64), new CategoricalCrossEntropy())
    .Validate(heldOut)
    .Take(epochs);

var seen = new List<TrainingState<float>>();
var trained = AnsiConsole.Profile.Capabilities.Interactive ? WithProgressBar(states.Do(seen.Add)) : WithLines(states.Do(seen.Add));

Console.WriteLine();
Console.WriteLine(trained.Model);
Console.WriteLine();
Console.WriteLine($"{epochs} epochs of {training.Count} points in {watch.Elapsed.TotalSeconds:F1} s");
Console.WriteLine(trained);
Console.WriteLine();
Console.WriteLine("The class that the network sees at each place, and the training points on it:");
Terminal.Regions(trained.Model, training).Print();

// A page with the curves of the run, and how the regions came to be: many pictures of the beginning, where most happens, and fewer later.
var moments = seen.Where(state => state.Epoch % Math.Max(1, state.Epoch <= epochs / 10 ? epochs / 300 : epochs / 30) == 0);
var page = new FigurePage("A spiral in three colours",
[
    moments.Animate(state => Figure.DecisionRegions(state.Model, training, resolution: 80)),
    Figure.LearningCurves(seen),
]);
Console.WriteLine();
Console.WriteLine($"Watch it learn, in a browser: {page.Save(Path.Combine(Path.GetTempPath(), "functionalnn-spiral.html")).OrThrow()}");

TrainingState<float> WithProgressBar(IEnumerable<TrainingState<float>> states)
{
    TrainingState<float>? last = null;
    AnsiConsole.Progress().AutoRefresh(false)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(context =>
    {
        var bar = context.AddTask("training", maxValue: epochs);
        foreach (var state in states)
        {
            last = state;
            bar.Description = $"loss {state.Training.Loss:F3}, held-out accuracy {Accuracy(state):P1}";
            bar.Increment(1);
            if (state.Epoch % 10 == 0 || state.Epoch == epochs)
            {
                context.Refresh();
            }
        }
    });
    return last!;
}

// When the output is a file or a pipe there is no bar to draw over: a line now and then instead.
TrainingState<float> WithLines(IEnumerable<TrainingState<float>> states) =>
    states.Do(state =>
    {
        if (state.Epoch == 1 || state.Epoch % Math.Max(1, epochs / 10) == 0)
        {
            Console.WriteLine($"epoch {state.Epoch,4}: loss {state.Training.Loss:F3}, held-out accuracy {Accuracy(state):P1}");
        }
    }).Last();

static double Accuracy(TrainingState<float> state) => state.Validation.Map(metrics => metrics.Accuracy).IfNone(0);

int Option(string name, int otherwise)
{
    var index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length && int.TryParse(args[index + 1], out var value) && value > 0 ? value : otherwise;
}
