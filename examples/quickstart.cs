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
Console.WriteLine("The class that the network sees at each place, dark, and the training points, bright:");
DrawRegions(trained.Model, training);

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
    AnsiConsole.Progress().AutoRefresh(false).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(context =>
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

// The class that the model sees at each place of the plane, dark; the training points on top, bright.
static void DrawRegions(Model<float> model, DataSet<float> data)
{
    const int Size = 36;
    float At(int pixel) => ((pixel + 0.5f) / Size * 2.2f) - 1.1f;
    int Pixel(float x) => Math.Clamp((int)((x + 1.1f) / 2.2f * Size), 0, Size - 1);

    var regions = model.PredictClasses(Matrix.Create(Size * Size, 2, (row, column) => column == 0 ? At(row % Size) : -At(row / Size)));
    var points = new int?[Size * Size];
    var labels = (ClassLabels)data.Targets;
    for (var row = 0; row < data.Count; row += 3)
    {
        var point = data.InputsOf(row);
        points[(Pixel(-point[0, 1]) * Size) + Pixel(point[0, 0])] = labels[row];
    }

    if (!AnsiConsole.Profile.Capabilities.Ansi)
    {
        for (var y = 0; y < Size; y++)
        {
            Console.WriteLine(string.Concat(Enumerable.Range(0, Size).Select(x => points[(y * Size) + x] is { } label ? $"{"ABC"[label]} " : $"{".:+"[regions[(y * Size) + x]]} ")));
        }

        return;
    }

    // Colours that people with any kind of colour vision tell apart (blue, orange and purple).
    Color[] bright = [new(95, 175, 255), new(255, 175, 0), new(215, 135, 215)];
    Color[] dark = [new(0, 95, 135), new(135, 95, 0), new(95, 0, 95)];
    var canvas = new Canvas(Size, Size);
    for (var i = 0; i < points.Length; i++)
    {
        canvas.SetPixel(i % Size, i / Size, points[i] is { } label ? bright[label] : dark[regions[i]]);
    }

    AnsiConsole.Write(canvas);
}

int Option(string name, int otherwise)
{
    var index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length && int.TryParse(args[index + 1], out var value) && value > 0 ? value : otherwise;
}
