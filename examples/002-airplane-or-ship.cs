#!/usr/bin/env dotnet
#:project Reproduction/Reproduction.csproj

// Seed 002: airplane or ship, 3072-15-1 with ReLU and sigmoid, minibatches of 200, velocity as a moving average of gradients, λW and λb
// added to the gradients. Then past it: a wider network, mirrored and moved pictures, stopped on a development part.
// With --convolutional three networks of convolutions, seeds 1 to 3.
//   dotnet run -c Release examples/002-airplane-or-ship.cs -- --data DIR [--convolutional] [--short]

using FunctionalNN;
using FunctionalNN.Examples;

var isConvolutional = args.Contains("--convolutional");
var example = Example.Start(args, $"Seed 002: airplane or ship, {(isConvolutional ? "convolutions" : "3072-15-1")}");
var (all, test) = example.Find("cifar-10-batches-bin") is { } cifar
    ? Example.OrStop(Cifar10.Load(cifar).Map(sets => (Pair(sets.Training), Pair(sets.Test))))
    : example.Folder("cifar-airplane-ship",
        "Or unpack cifar-10-binary.tar.gz of https://www.cs.toronto.edu/~kriz/cifar.html in DIR, "
            + "to DIR/cifar-10-batches-bin.") is var folder
        ? (Read(folder, "train"), Read(folder, "test"))
        : default;
Console.WriteLine($"train: {all}{Environment.NewLine}test:  {test}{Environment.NewLine}");

if (isConvolutional)
{
    return Convolutional();
}

// Z1 = x·W1 + b1, A1 = ReLU(Z1), Z2 = A1·W2 + b2, A2 = σ(Z2); loss = −1/N Σ (y log A2 + (1 − y) log(1 − A2)).
// Pixels are standardised by the training rows' mean and spread, in a layer that is part of the model.
var network = new Network(inputs: 3072, [new Normalization(), new Dense(15), new Relu(), new Dense(1), new Sigmoid()]);
var loss = new BinaryCrossEntropy();
Console.WriteLine(network.ParameterLayout);

// vW = 0.8·vW + 0.2·(dW + λW), W = W − 0.01·vW, and the same for b.
var optimizer = new Sgd(0.01) { Momentum = 0.8, Form = MomentumForm.Average }.DecayGradient(1e-4);

var (epochs, seeds) = example.Either((50, 5), (1, 1));
var runs = Search.Over(
    Enumerable.Range(0, seeds),
    seed => network.Initialize(seed).Adapt(all, Parallelism.None).Train(optimizer, seed).Epochs(all.Shuffled(200), loss, Parallelism.None),
    epochs,
    metric: state => -state.Epoch);
var reached = runs.Trials.Select(trial => trial.Best.Match(state => state.Model.Evaluate(test, loss).Accuracy, () => double.NaN)).ToArray();
Console.WriteLine();
Console.WriteLine($"test accuracy after {epochs} epochs, of each seed: {string.Join(" ", reached.Select(accuracy => $"{accuracy:F4}"))}");

// Nothing below looks at the test rows before its last line: a tenth of the training rows says when to stop.
var (train, development) = all.Split(testFraction: 0.1, seed: 0);
var stopped = network.Initialize(seed: 0).Adapt(train)
    .Train(optimizer, seed: 0)
    .Epochs(train.Shuffled(200), loss)
    .Validate(development)
    .Take(example.Either(200, 2))
    .StopEarly(patience: 20, metric: Watched.ValidationErrorRate)
    .Last();
Console.WriteLine();
Console.WriteLine($"the seed's network: {stopped}");

// Past it, in settings that a fifth of the training rows, held out, chose.
var size = new ImageSize(32, 32) { Channels = 3 };
var wide = new Network(inputs: 3072,
[
    new Normalization(),
    new Dense(512), new BatchNormalization(), new Relu(), new Dropout(0.4),
    new Dense(128), new BatchNormalization(), new Relu(), new Dropout(0.4),
    new Dense(1), new Sigmoid(),
]);
var batches = train.Shuffled(100).Augmented(new RandomFlip(size), new RandomShift(size, 1) { Background = 0.5 });
var rounds = example.Either(40, 1);
var beyond = wide.Initialize(seed: 0).Adapt(train)
    .Train(new Adam(new CosineDecay(1e-3, rounds * (long)batches.Epoch(default, 0).Count)).DecayWeights(0.05, Slots.BiasesAndScales),
        seed: 0)
    .Epochs(batches, loss)
    .Validate(development)
    .Do(state =>
    {
        if (state.Epoch % 10 == 0)
        {
            Console.WriteLine(state);
        }
    })
    .Take(rounds)
    .StopEarly(patience: 30, metric: Watched.ValidationErrorRate)
    .Last();
Console.WriteLine($"a wider one:        {beyond}");
Console.WriteLine();
Console.WriteLine(beyond.Model.Report(test));

return example.End(
    new Result("test accuracy after 50 epochs, seeds 0 … 4, mean", "–", reached.Average(), Band.AtLeast(0.79)),
    new Result("the least of the five", "–", reached.Min(), Band.None),
    new Result("test accuracy, the same network stopped on a development part", "–", stopped.Model.Evaluate(test, loss).Accuracy,
        Band.AtLeast(0.80)),
    new Result("test accuracy, wider with dropout, flips and shifts, stopped on a development part", "–",
        beyond.Model.Evaluate(test, loss).Accuracy, Band.AtLeast(0.82)));

int Convolutional()
{
    var pictures = new ImageSize(32, 32) { Channels = 3 };
    var convolutions = new Network(pictures,
    [
        Filters(16), new BatchNormalization(), new Relu(), new MaxPooling(2),
        Filters(32), new BatchNormalization(), new Relu(), new MaxPooling(2),
        Filters(64), new BatchNormalization(), new Relu(), new MaxPooling(2),
        Filters(64), new BatchNormalization(), new Relu(), new GlobalAveragePooling(),
        new Dropout(0.2), new Dense(2), new Softmax(),
    ]);
    Console.WriteLine(convolutions);
    var augmented = all.Shuffled(64).Augmented(new RandomFlip(pictures), new RandomShift(pictures, 3) { Background = 0.5 });
    var passes = example.Either(16, 1);
    var error = new CategoricalCrossEntropy();
    var accuracies = new List<double>();
    for (var seed = 1; seed <= example.Either(3, 1); seed++)
    {
        var decayed = new Adam(new CosineDecay(3e-3, passes * (long)augmented.Epoch(default, 0).Count)).DecayWeights(0.05);
        var state = convolutions.Initialize(seed).Train(decayed, seed).Epochs(augmented, error).Take(passes).Last();
        accuracies.Add(state.Model.Evaluate(test, error).Accuracy);
        Console.WriteLine($"seed {seed}: {state}; test accuracy {accuracies[^1]:F4}");
    }

    var code = example.End(
        new Result($"test accuracy of convolutions after {passes} epochs, mean of seeds 1 … 3", "–", accuracies.Average(),
            Band.AtLeast(0.93)),
        new Result("the least of the three", "–", accuracies.Min(), Band.None));
    Console.WriteLine($"test accuracy {accuracies.Average():F4}");
    return code;
}

// The two classes as IDX files: rows of 3072 bytes, and labels 0 and 1.
// A picture stands in the file plane after plane, all red, all green, all blue; networks take pixel after pixel.
static DataSet<float> Read(string folder, string part)
{
    var read = Example.OrStop(IdxFile.ReadImages(
        Path.Combine(folder, $"{part}-images-idx2-ubyte.gz"), Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"), ["airplane", "ship"]));
    var (planes, pixels) = ((ByteRows<float>)read.Inputs, new byte[read.Count * 3072]);
    for (var i = 0; i < pixels.Length; i++)
    {
        pixels[i] = planes.Row(i / 3072)[(i % 3 * 1024) + (i % 3072 / 3)];
    }

    return new DataSet<float>(new ByteRows<float>(pixels, 3072).As(new ImageSize(32, 32, 3)), read.Targets);
}

// The same two out of CIFAR-10's ten.
static DataSet<float> Pair(DataSet<float> ten)
{
    var labels = (ClassLabels)ten.Targets;
    var (airplane, ship) = (Cifar10.ClassNames.IndexOf("airplane"), Cifar10.ClassNames.IndexOf("ship"));
    int[] rows = [.. Enumerable.Range(0, ten.Count).Where(row => labels[row] == airplane || labels[row] == ship)];
    return new DataSet<float>(ten.Pick(rows).Inputs,
        new ClassLabels([.. rows.Select(row => labels[row] == ship ? 1 : 0)], 2, "airplane", "ship"));
}

static Convolution Filters(int count) => new(count, kernel: 3) { Padding = Padding.Same };
