#!/usr/bin/env dotnet
#:project Reproduction/Reproduction.csproj

// Fashion-MNIST past 90 % in less than a minute on two cores, with dense layers alone: batch normalisation, dropout, mirrored pictures,
// decoupled weight decay, a cosine schedule, and four networks that vote. The book's setting is in 001-fashion-mnist.cs.
// With --convolutional one network of convolutions; --quick takes a smaller one for fewer epochs.
//   dotnet run -c Release examples/fashion-mnist.cs [-- --data DIR] [--convolutional [--quick]] [--short] [--choose]
// Without --data it looks in the cache folder, then downloads the four original files and checks their SHA-256.

using System.Diagnostics;
using FunctionalNN;
using FunctionalNN.Examples;

var isConvolutional = args.Contains("--convolutional");
var example = Example.Start(args, $"Past the seeds: Fashion-MNIST, {(isConvolutional ? "convolutions" : "dense layers alone")}");
var (all, test) = Example.OrStop(FashionMnist.Load(await example.Folder("fashion-mnist", () => FashionMnist.Fetch())));

// The settings below were chosen with --choose: by 10,000 of the training rows, held out. The test rows are measured once, at the end.
var (train, measured) = example.Has("--choose")
    ? all.Split(testFraction: 1 / 6.0, seed: 1)
    : (example.IsShort ? all.Take(6_000) : all, test);
var loss = new CategoricalCrossEntropy();
var rows = example.Has("--choose") ? "held-out" : "test";
if (isConvolutional)
{
    return Convolutional();
}

var (epochs, members) = example.Either((20, 4), (1, 2));

var network = new Network(inputs: 784,
[
    new Dense(256), new BatchNormalization(), new Relu(), new Dropout(0.2),
    new Dense(256), new BatchNormalization(), new Relu(), new Dropout(0.2),
    new Dense(10), new Softmax(),
]);
var batches = train.Shuffled(128).Augmented(new RandomFlip(new ImageSize(28, 28)));
var optimizer = new Adam(new CosineDecay(2e-3, epochs * (long)batches.Epoch(default, 0).Count)).DecayWeights(0.01);

// One network a core, two at a time on two cores.
var watch = Stopwatch.StartNew();
var runs = Search.Over(
    Enumerable.Range(1, members),
    seed => network.Initialize(seed).Train(optimizer, seed).Epochs(batches, loss, Parallelism.None),
    epochs,
    metric: state => -state.Epoch); // the last state counts as the best
watch.Stop();
var busy = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

Console.WriteLine(network);
Console.WriteLine(batches);
var alone = runs.Trials.SelectMany(trial => trial.Best.AsEnumerable()).Select(state => state.Model.Evaluate(measured, loss).Accuracy)
    .ToArray();
var ensemble = runs.Ensemble(members);
Console.WriteLine();
Console.WriteLine($"each network alone: {string.Join(" ", alone.Select(accuracy => $"{accuracy:F4}"))}");
Console.WriteLine(ensemble);
Console.WriteLine(ClassificationReport.Of(ensemble.Predict(measured.InputsOf([.. Enumerable.Range(0, measured.Count)])),
    (ClassLabels)measured.Targets));

return example.End(
    new Result($"{rows} accuracy of four networks, seeds 1 … 4", "0.897 (SVC), 0.8833 (MLP 256-128-100)",
        ensemble.Evaluate(measured, loss).Accuracy, Band.AtLeast(0.90)),
    new Result($"{rows} accuracy of one, mean of the four", "–", alone.Average(), Band.AtLeast(0.90)),
    new Result("processor time / 2: seconds on two quiet cores", "–", busy / 2, Band.AtMost(60)) { Format = "F1" },
    new Result("seconds as measured, with whatever else ran", "–", watch.Elapsed.TotalSeconds, Band.None) { Format = "F1" });

int Convolutional()
{
    var size = new ImageSize(28, 28);
    var isQuick = example.Has("--quick");
    var network = isQuick
        ? new Network(size,
        [
            Filters(32), new BatchNormalization(), new Relu(), new MaxPooling(2),
            Filters(64), new BatchNormalization(), new Relu(), new MaxPooling(2),
            new Dropout(0.2), new Dense(128), new BatchNormalization(), new Relu(), new Dropout(0.3), new Dense(10), new Softmax(),
        ])
        : new Network(size,
        [
            Filters(32), new BatchNormalization(), new Relu(), new MaxPooling(2),
            Filters(64), new BatchNormalization(), new Relu(),
            Filters(64), new BatchNormalization(), new Relu(), new MaxPooling(2),
            new Dropout(0.2), new Dense(128), new BatchNormalization(), new Relu(), new Dropout(0.3), new Dense(10), new Softmax(),
        ]);
    var epochs = example.Either(isQuick ? 6 : 10, 1);
    var batches = train.Shuffled(128).Augmented(new RandomFlip(size));
    var optimizer = new Adam(new CosineDecay(3e-3, epochs * (long)batches.Epoch(default, 0).Count)).DecayWeights(0.02);
    Console.WriteLine(network);
    Console.WriteLine(batches);
    var watch = Stopwatch.StartNew();
    var last = network.Initialize(seed: 1).Train(optimizer, seed: 1).Epochs(batches, loss).Do(state => Console.WriteLine(state))
        .Take(epochs)
        .Last();
    var seconds = watch.Elapsed.TotalSeconds;
    var accuracy = last.Model.Evaluate(measured, loss).Accuracy;
    Console.WriteLine(last.Model.Report(measured));
    var code = example.End(
        new Result($"{rows} accuracy of one network of convolutions, {epochs} epochs",
            "–",
            accuracy, Band.AtLeast(isQuick ? 0.915 : 0.93)),
        new Result("seconds of training, with whatever else ran", "–", seconds, Band.None) { Format = "F1" });
    Console.WriteLine($"{rows} accuracy {accuracy:F4}");
    return code;
}

static Convolution Filters(int count) => new(count, kernel: 3) { Padding = Padding.Same };
