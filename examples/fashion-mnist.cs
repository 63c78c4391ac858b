#!/usr/bin/env dotnet
#:project ../src/FunctionalNN/FunctionalNN.csproj
#:package Spectre.Console

// Ten kinds of clothes from 28 × 28 images: the network of "Neural Networks from Scratch", chapter 19, and our own default.
//   dotnet run -c Release examples/fashion-mnist.cs [-- --data DIR] [--epochs 10] [--seed 1] [--rows 60000]
// Without --data it looks in the cache folder, then downloads the four original files and checks their SHA-256.

using System.Diagnostics;
using System.Globalization;
using FunctionalNN;
using Spectre.Console;

var epochs = int.Parse(Option("--epochs") ?? "10", CultureInfo.InvariantCulture);
var seed = int.Parse(Option("--seed") ?? "1", CultureInfo.InvariantCulture);
var rows = int.Parse(Option("--rows") ?? "60000", CultureInfo.InvariantCulture);

var fetched = Option("--data") is { } given ? given : (await FashionMnist.Fetch()).Match(folder => folder, Stop<string>);

// The book scales pixels to −1 … 1; ours are 0 … 1.
var (bookTraining, bookTest) = FashionMnist.Load(fetched, scale: 1 / 127.5, shift: -1).Match(sets => sets, Stop<(DataSet<float>, DataSet<float>)>);
var (training, test) = FashionMnist.Load(fetched).Match(sets => sets, Stop<(DataSet<float>, DataSet<float>)>);

Network Layers(Initializer initializer) => new(inputs: 784,
[
    new Dense(128) { WeightInitializer = initializer }, new Relu(),
    new Dense(128) { WeightInitializer = initializer }, new Relu(),
    new Dense(10) { WeightInitializer = initializer }, new Softmax(),
]);

// The book: weights 0.01·N(0, 1), Adam 0.001 with decay 0.001, batches of 128 in one order that is shuffled once.
var once = bookTraining.Pick(new Key((ulong)seed).Permutation(bookTraining.Count).AsSpan(0, Math.Min(rows, bookTraining.Count)));
var book = Train("the book's setting", Layers(Initializer.Normal(0.01)), new Adam(1e-3) { Decay = 1e-3 }, once.InOrder(128), bookTest);

// Ours: He initialisation and a new order each epoch.
var ours = Train("our default", Layers(Initializer.He), new Adam(1e-3) { Decay = 1e-3 }, training.Take(rows).Shuffled(128), test);

Console.WriteLine();
Console.WriteLine(ours.Model);
Console.WriteLine();
Show(ours.Model, test, [0, 1, 2]);
Console.WriteLine($"test accuracy: the book's setting {Accuracy(book):F4}, our default {Accuracy(ours):F4}");

TrainingState<float> Train(string name, Network network, Optimizer optimizer, Batches<float> batches, DataSet<float> heldOut)
{
    Console.WriteLine($"{name}: {batches}");
    var watch = Stopwatch.StartNew();
    var last = network.Initialize(seed)
        .Train(optimizer, seed)
        .Epochs(batches, new CategoricalCrossEntropy())
        .Do(_ => watch.Stop())
        .Validate(heldOut)
        .Do(state =>
        {
            Console.WriteLine($"  epoch {state.Epoch,2}: loss {state.Training.Loss:F4}, accuracy {state.Training.Accuracy:F4}, test accuracy {Accuracy(state):F4}");
            watch.Start();
        })
        .Take(epochs)
        .Last();
    watch.Stop();
    Console.WriteLine($"  {watch.Elapsed.TotalSeconds / epochs:F2} s an epoch");
    return last;
}

static double Accuracy(TrainingState<float> state) => state.Validation.Map(metrics => metrics.Accuracy).IfNone(0);

// An image as the network sees it, with the probability of each class beside it.
static void Show(Model<float> model, DataSet<float> data, int[] rows)
{
    var labels = (ClassLabels)data.Targets;
    var probabilities = model.Predict(data.InputsOf(rows));
    for (var i = 0; i < rows.Length; i++)
    {
        var chart = new BarChart().Width(44).Label($"labelled {labels.NameOf(labels[rows[i]])}").LeftAlignLabel();
        for (var label = 0; label < labels.Classes; label++)
        {
            chart.AddItem(labels.NameOf(label), Math.Round(100 * probabilities[i, label], 1), label == labels[rows[i]] ? Color.Green : Color.Grey);
        }

        AnsiConsole.Write(new Grid().AddColumn().AddColumn(new GridColumn().PadLeft(3)).AddRow(Picture(data.InputsOf(rows[i])), chart));
        Console.WriteLine();
    }
}

// Two pixels a character, one above the other.
static Markup Picture(Matrix<float> image)
{
    const int Side = 28;
    int Grey(int x, int y) => (int)(255 * Math.Clamp(image[0, (y * Side) + x], 0, 1));
    var isColoured = AnsiConsole.Profile.Capabilities.Ansi;
    return new Markup(string.Join('\n', Enumerable.Range(0, Side / 2).Select(y => string.Concat(Enumerable.Range(0, Side).Select(x =>
    {
        var (upper, lower) = (Grey(x, 2 * y), Grey(x, (2 * y) + 1));
        return isColoured ? $"[rgb({upper},{upper},{upper}) on rgb({lower},{lower},{lower})]▀[/]" : $"{" .:-=+*#%@"[(upper + lower) * 9 / 510]}";
    })))));
}

static T Stop<T>(LanguageExt.Common.Error error)
{
    Console.Error.WriteLine(error.Message);
    Environment.Exit(1);
    return default!;
}

string? Option(string name)
{
    var index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
}
