#!/usr/bin/env dotnet
#:project Reproduction/Reproduction.csproj
#:package Spectre.Console

// Seeds 001 and 003: ten kinds of clothes from 28 × 28 images, in the setting of "Neural Networks from Scratch", chapter 19, and in ours:
// the image with the labelled probabilities beside it.
//   dotnet run -c Release examples/001-fashion-mnist.cs [-- --data DIR] [--short]
// Without --data it looks in the cache folder, then downloads the four original files and checks their SHA-256.

using System.Diagnostics;
using FunctionalNN;
using FunctionalNN.Examples;
using Spectre.Console;

var example = Example.Start(args, "Seed 001: Fashion-MNIST, 784-128-128-10, ten epochs");
var folder = await example.Folder("fashion-mnist", () => FashionMnist.Fetch());
var (epochs, rows, seeds) = example.Either((10, 60_000, 3), (1, 6_000, 1));

// The book scales pixels to −1 … 1; ours are 0 … 1.
var (bookTraining, bookTest) = Example.OrStop(FashionMnist.Load(folder, scale: 1 / 127.5, shift: -1));
var (training, test) = Example.OrStop(FashionMnist.Load(folder));

static Network Layers(Initializer initializer) => new(inputs: 784,
[
    new Dense(128) { WeightInitializer = initializer }, new Relu(),
    new Dense(128) { WeightInitializer = initializer }, new Relu(),
    new Dense(10) { WeightInitializer = initializer }, new Softmax(),
]);

// The book: weights 0.01·N(0, 1), Adam 0.001 with decay 0.001, batches of 128 in one order that is shuffled once.
Batches<float> Once(int seed) => bookTraining.Pick(new Key((ulong)seed).Permutation(bookTraining.Count).AsSpan(0, rows)).InOrder(128);
TrainingState<float>[] book =
    [.. Enumerable.Range(0, seeds)
        .Select(seed => Train($"the book's setting, seed {seed}", Layers(Initializer.Normal(0.01)), seed, Once(seed), bookTest))];

// Ours: He initialisation and a new order each epoch.
TrainingState<float>[] ours =
    [.. Enumerable.Range(0, seeds)
        .Select(seed => Train($"our default, seed {seed}", Layers(Initializer.He), seed, training.Take(rows).Shuffled(128), test))];

var model = ours[0].Model;
Console.WriteLine();
Console.WriteLine(model);
Show(model, test, [0, 1, 2]);
var probabilities = model.Predict(test.InputsOf(0));

return example.End(
    new Result($"test accuracy, the book's setting, mean of seeds 0 … 2", "0.87 … 0.88", book.Average(Accuracy), Band.AtLeast(0.865)),
    new Result("test loss, the book's setting, mean", "–", book.Average(Loss), Band.None),
    new Result($"test accuracy, He's start and a new order each epoch, mean of seeds 0 … 2", "–", ours.Average(Accuracy),
        Band.AtLeast(0.88)),
    new Result("the sum of the ten probabilities of the first image", "1", probabilities.Values.ToArray().Sum(),
        Band.Near(1, 1e-6)) { HoldsInShort = true });

TrainingState<float> Train(string name, Network network, int seed, Batches<float> batches, DataSet<float> heldOut)
{
    var watch = Stopwatch.StartNew();
    var last = network.Initialize(seed)
        .Train(new Adam(1e-3) { Decay = 1e-3 }, seed)
        .Epochs(batches, new CategoricalCrossEntropy())
        .Take(epochs)
        .Validate(heldOut)
        .Do(state => Console.Write($"{(state.Epoch == 1 ? $"{name}: test accuracy" : "")} {Accuracy(state):F4}"))
        .Last();
    Console.WriteLine($"; {watch.Elapsed.TotalSeconds / epochs:F2} s an epoch");
    return last;
}

static double Accuracy(TrainingState<float> state) => state.Validation.Match(metrics => metrics.Accuracy, () => double.NaN);

static double Loss(TrainingState<float> state) => state.Validation.Match(metrics => metrics.Loss, () => double.NaN);

// An image as the network sees it, with the probability of each class beside it.
static void Show(Model<float> model, DataSet<float> data, int[] rows)
{
    var labels = (ClassLabels)data.Targets;
    var probabilities = model.Predict(data.InputsOf(rows));
    for (var i = 0; i < rows.Length; i++)
    {
        var predicted = Enumerable.Range(0, labels.Classes).MaxBy(label => probabilities[i, label]);
        var chart = new BarChart().Width(44)
            .Label($"prediction {labels.NameOf(predicted)}, labelled {labels.NameOf(labels[rows[i]])}, in %").LeftAlignLabel();
        for (var label = 0; label < labels.Classes; label++)
        {
            chart.AddItem(labels.NameOf(label), Math.Round(100 * probabilities[i, label], 1),
                label == labels[rows[i]] ? Color.Green : Color.Grey);
        }

        Console.WriteLine();
        AnsiConsole.Write(new Grid().AddColumn().AddColumn(new GridColumn().PadLeft(3)).AddRow(Picture(data.InputsOf(rows[i])), chart));
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
        return isColoured
            ? $"[rgb({upper},{upper},{upper}) on rgb({lower},{lower},{lower})]▀[/]"
            : $"{" .:-=+*#%@"[(upper + lower) * 9 / 510]}";
    })))));
}
