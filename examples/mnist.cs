#!/usr/bin/env dotnet
#:project Reproduction/Reproduction.csproj

// MNIST, as scikit-learn's benchmark and Keras' example do it, and past them: pictures moved by a pixel, dropout, a cosine schedule.
// With --convolutional one network of convolutions.
//   dotnet run -c Release examples/mnist.cs [-- --data DIR] [--convolutional] [--short] [--choose]
// Without --data it looks in the cache folder, then downloads the four original files and checks their SHA-256.

using System.Diagnostics;
using FunctionalNN;
using FunctionalNN.Examples;

var isConvolutional = args.Contains("--convolutional");
var example = Example.Start(args, $"Past the seeds: MNIST, {(isConvolutional ? "convolutions" : "dense layers alone")}");
var (all, test) = Example.OrStop(Mnist.Load(await example.Folder("mnist", () => Mnist.Fetch())));

// Our settings were chosen with --choose: by 10,000 of the training rows, held out. The test rows are measured once, at the end of each
// run.
var (train, measured) = example.Has("--choose")
    ? all.Split(testFraction: 1 / 6.0, seed: 1)
    : (example.IsShort ? all.Take(6_000) : all, test);
var loss = new CategoricalCrossEntropy();

(double Error, double Seconds) Train(string name, Network network, Optimizer optimizer, Batches<float> batches, int epochs)
{
    var watch = Stopwatch.StartNew();
    var last = network.Initialize(seed: 1).Train(optimizer, seed: 1).Epochs(batches, loss).Take(example.Either(epochs, 1)).Last();
    var (seconds, metrics) = (watch.Elapsed.TotalSeconds, last.Model.Evaluate(measured, loss));
    Console.WriteLine($"{name}: {last}; then {metrics}; {seconds:F1} s");
    return (1 - metrics.Accuracy, seconds);
}

if (isConvolutional)
{
    // LeNet's shape with more filters and normalised batches; the last epochs' steps are small.
    var size = new ImageSize(28, 28);
    var lenet = new Network(size,
    [
        Filters(32), new BatchNormalization(), new Relu(), new MaxPooling(2),
        Filters(64), new BatchNormalization(), new Relu(), new MaxPooling(2),
        new Dropout(0.2), new Dense(128), new BatchNormalization(), new Relu(), new Dropout(0.3), new Dense(10), new Softmax(),
    ]);
    var moved = train.Shuffled(128).Augmented(new RandomShift(size, Pixels: 2), new RandomRotation(size, 8));
    var rounds = example.Either(15, 1);
    var cosine = new Adam(new CosineDecay(2e-3, rounds * (long)moved.Epoch(default, 0).Count)).DecayWeights(0.01);
    Console.WriteLine(lenet);
    var convolved = Train("convolutions", lenet, cosine, moved, rounds);
    var code = example.End(
        new Result($"test error, convolutions 32 and 64, {rounds} epochs", "–",
            convolved.Error,
            Band.AtMost(0.0045)),
        new Result("seconds for that, with whatever else ran", "–", convolved.Seconds, Band.None) { Format = "F1" });
    Console.WriteLine($"test accuracy {1 - convolved.Error:F4}");
    return code;
}

// bench_mnist.py: MLPClassifier with two layers of 100. It stops by itself, when the training loss has not improved for ten epochs. One fit
// a core.
double[] scikit = [.. Enumerable.Range(1, example.Either(4, 2)).AsParallel().AsOrdered().Select(seed =>
{
    var fitted = new MlpClassifier { HiddenLayerSizes = [100, 100], MaxIter = example.Either(400, 1), RandomState = seed }.Fit(train);
    return 1 - fitted.Score(measured);
})];
Console.WriteLine($"scikit-learn's benchmark, errors of seeds 1 …: {string.Join(" ", scikit.Select(error => $"{error:F4}"))}");

// mnist_mlp.py: 512-512, dropout 0.2, RMSprop.
static Network Wide() =>
    new(784, [new Dense(512), new Relu(), new Dropout(0.2), new Dense(512), new Relu(), new Dropout(0.2), new Dense(10), new Softmax()]);
var keras = Train("Keras' example", Wide(), RmsProp.Like(Dialect.Keras), train.Shuffled(128), epochs: 20);

// Ours.
var batches = train.Shuffled(128).Augmented(new RandomShift(new ImageSize(28, 28), Pixels: 1));
var optimizer = new Adam(new CosineDecay(1e-3, example.Either(20, 1) * (long)batches.Epoch(default, 0).Count)).DecayWeights(0.01);
var ours = Train("ours", Wide(), optimizer, batches, epochs: 20);

return example.End(
    new Result("test error, scikit-learn's bench_mnist.py: MLPClassifier, 100-100, Adam, mean of seeds 1 … 4", "0.0224", scikit.Average(),
        Band.AtMost(0.022)),
    new Result("test accuracy, Keras' mnist_mlp.py: 512-512, dropout, RMSprop, 20 epochs", "0.9840", 1 - keras.Error, Band.AtLeast(0.983)),
    new Result("test error, ours: the same layers, shifts by a pixel, Adam with a cosine, 20 epochs", "–", ours.Error, Band.AtMost(0.017)),
    new Result("seconds for that, with whatever else ran", "–", ours.Seconds, Band.None) { Format = "F1" });

static Convolution Filters(int count) => new(count, kernel: 3) { Padding = Padding.Same };
