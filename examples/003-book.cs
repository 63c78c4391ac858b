#!/usr/bin/env dotnet
#:project Reproduction/Reproduction.csproj

// Seed 003: "Neural Networks from Scratch in Python" (Kinsley and Kukieła, 2020), chapter by chapter, with the book's printed numbers
// beside ours.
//   dotnet run -c Release examples/003-book.cs [-- --chapter 14] [--short]

using System.Globalization;
using FunctionalNN;
using FunctionalNN.Examples;

var example = Example.Start(args, "Seed 003: Neural Networks from Scratch, chapters 3, 10, 11, 14, 15, 16, 17, 18");

// The book counts from 0: what it prints for epoch 10000 is measured just before the 10001st update.
var last = example.Either(10_000, 50);
var spiral = Generate.Spiral(100, 3, seed: 0);
var (classes, yesOrNo) = (new CategoricalCrossEntropy(), new BinaryCrossEntropy());
var l2 = Penalty.L2(5e-4);

(int Number, Func<Result[]> Run)[] chapters =
[
    (3, Chapter3), (10, Chapter10), (11, Chapter11), (14, Chapter14), (15, Chapter15), (16, Chapter16), (17, Chapter17), (18, Chapter18),
];
var chosen = example.Option("--chapter") is { } chapter ? int.Parse(chapter, CultureInfo.InvariantCulture) : 0;
return example.End([.. chapters.Where(each => chosen == 0 || each.Number == chosen).SelectMany(each => each.Run())]);

// A dense layer's forward pass on five points.
Result[] Chapter3()
{
    double[] printed =
    [
        0, 0, 0, -1.0475188e-04, 1.1395361e-04, -4.7983500e-05, -2.7414842e-04, 3.1729150e-04, -8.6921798e-05,
        -4.2188365e-04, 5.2666257e-04, -5.5912682e-05, -5.7707680e-04, 7.1401405e-04, -8.9430439e-05,
    ];
    var output = Nnfs.Start(new Network(2, [new Dense(3)]), drawn: 300).Predict(spiral.InputsOf(0, 1, 2, 3, 4));
    Console.WriteLine($"Chapter 3: the first five rows of dense1.output{Environment.NewLine}{output}");

    // The book multiplies in float64 and rounds once to float; one float is 6e-8 of the number.
    var furthest = printed.Zip(output.Values.ToArray(), (theirs, ours) => theirs == 0 ? Math.Abs(ours) : Math.Abs((ours / theirs) - 1))
        .Max();
    return [new("ch. 3: dense1.output[:5], greatest relative distance to the 15 printed numbers", "0", furthest,
        Band.AtMost(2e-7)) { Format = "0.0E-0", HoldsInShort = true }];
}

// The ladder of optimizers on the spiral, each at its epoch 10000; means of six starts, since single runs lie far apart.
Result[] Chapter10()
{
    var start = Nnfs.Start(Spiral(64), drawn: 300).Train(new Sgd(1)).Epochs(spiral.FullBatch(), classes).Take(101).ToArray();
    (string Name, Optimizer Optimizer, string Measured, Band Band)[] ladder =
    [
        ("descent, rate 1", new Sgd(1), ".61", Band.Between(0.62, 0.82)),
        ("… decay 1e-3", new Sgd(1) { Decay = 1e-3 }, ".68", Band.Between(0.64, 0.74)),
        ("… momentum 0.5", new Sgd(1) { Decay = 1e-3, Momentum = 0.5 }, ".797", Band.Between(0.76, 0.89)),
        ("… momentum 0.9", new Sgd(1) { Decay = 1e-3, Momentum = 0.9 }, ".727", Band.Between(0.70, 0.95)),
        ("Adagrad, decay 1e-4", Adagrad.Like(Dialect.Book) with { Decay = 1e-4 }, ".863", Band.Between(0.70, 0.90)),
        ("RMSprop, rate 0.02, ρ 0.999", RmsProp.Like(Dialect.Book) with { LearningRate = 0.02, Decay = 1e-5, Rho = 0.999 }, ".887",
            Band.Between(0.75, 0.92)),
        ("Adam, rate 0.02", Adam.Like(Dialect.Book) with { LearningRate = 0.02, Decay = 1e-5 }, ".963", Band.Between(0.92, 0.98)),
    ];
    var runs = Search.Over(
        from rung in ladder from seed in Enumerable.Range(0, example.Either(6, 1)) select (rung.Name, rung.Optimizer, seed),
        setting => Spiral(64).Initialize(setting.seed).Train(setting.Optimizer).Epochs(spiral.FullBatch(), classes, Parallelism.None),
        last,
        metric: Watched.TrainingErrorRate);
    Console.WriteLine($"{Environment.NewLine}Chapter 10: accuracy in training as it goes, the first start of each optimizer");
    Chart(ladder.Select(rung =>
        (rung.Name,
            runs.Trials.First(trial => trial.Settings.Name == rung.Name).Curve.Select(point => point.Training.Accuracy).ToArray())));
    return
    [
        new("ch. 10: accuracy at epoch 0", "0.360", start[0].Training.Accuracy, Band.Near(0.360, 0.002)) { Format = "F3",
            HoldsInShort = true },
        new("ch. 10: loss at epoch 0", "1.099", start[0].Training.Loss, Band.Near(1.099, 0.002)) { Format = "F3", HoldsInShort = true },
        new("ch. 10: descent at rate 1, accuracy at epoch 100", "0.400", start[100].Training.Accuracy,
            Band.Near(0.400, 0.002)) { Format = "F3", HoldsInShort = true },
        new("ch. 10: descent at rate 1, loss at epoch 100", "1.087", start[100].Training.Loss, Band.Near(1.087, 0.002)) { Format = "F3",
            HoldsInShort = true },
        .. ladder.Select(rung => new Result(
            $"ch. 10 ladder: {rung.Name}, accuracy at epoch 10000, mean of 6 starts",
            $"– ({rung.Measured} in one run elsewhere)",
            runs.Trials.Where(trial => trial.Settings.Name == rung.Name).Average(trial => trial.Curve[^1].Training.Accuracy),
            rung.Band) { Format = "F3" }),
    ];
}

// Out of sample: what the network of chapter 10 is worth on points that it has not seen.
Result[] Chapter11() =>
    Categorical("11", Spiral(64), new Adam(0.05) { Decay = 5e-7 }, spiral, seeds: 6, ".983 / .074", Band.AtLeast(0.95), ".803 / .858",
        Band.AtLeast(0.78));

Result[] Chapter14() =>
[
    .. Categorical("14", Spiral(64, l2), new Adam(0.02) { Decay = 5e-7 }, spiral, seeds: 6, ".947 / .217", Band.Near(0.947, 0.02),
        ".830 / .435", Band.AtLeast(0.82)),
    .. Categorical("14, 512 wide", Spiral(512, l2), new Adam(0.02) { Decay = 5e-7 }, spiral, seeds: 2, "–", Band.AtLeast(0.95), "–",
        Band.AtLeast(0.82)),
];

// The book's own setting swings from epoch to epoch: one number of it says little.
Result[] Chapter15() =>
    Categorical("15", Spiral(64, l2, dropout: 0.1), new Adam(0.05) { Decay = 5e-5 }, Generate.Spiral(1000, 3, seed: 0), seeds: 4,
        ".688 / .727", Band.None, ".757 / .712", Band.AtLeast(0.65));

// Two arms, one output: sigmoid and binary cross-entropy.
Result[] Chapter16()
{
    var two = Generate.Spiral(100, 2, seed: 0);
    var network = new Network(2, [Small(64, l2), new Relu(), Small(1), new Sigmoid()]);
    var states = Nnfs.Start(network, drawn: 200).Train(new Adam(1e-3) { Decay = 5e-7 }).Epochs(two.FullBatch(), yesOrNo).Take(601)
        .ToArray();
    (int Epoch, double Accuracy, double Loss)[] printed =
        [(100, 0.630, 0.674), (200, 0.625, 0.669), (300, 0.650, 0.664), (500, 0.675, 0.647), (600, 0.720, 0.632)];
    var furthest = printed.Max(row => Math.Abs(states[row.Epoch].Training.Loss - row.Loss));
    var furthestAccuracy = printed.Max(row => Math.Abs(states[row.Epoch].Training.Accuracy - row.Accuracy));

    // What follows depends on the last bit of each number: runs from the book's start with every weight moved to the next float, up or
    // down.
    var ends =
        Ends(network, new Adam(1e-3) { Decay = 5e-7 }, two, yesOrNo, seeds: 24,
            start: seed => Nnfs.Wobbled(Nnfs.Start(network, drawn: 200), seed));
    Print("16", ends);
    double[] accuracies = [.. ends.Select(end => end.Validation.Accuracy)];
    return
    [
        new("ch. 16: loss at epochs 100, 200, 300, 500, 600, greatest distance to print", "0", furthest,
            Band.AtMost(0.002)) { HoldsInShort = true },
        new("ch. 16: accuracy at these epochs, greatest distance to print", "0", furthestAccuracy,
            Band.AtMost(0.0051)) { HoldsInShort = true },
        new("ch. 16: training accuracy at epoch 10000, mean of 24 starts that differ in the last bit", ".965 / .219",
            ends.Average(end => end.Training.Accuracy), Band.AtLeast(0.90)) { Format = "F3" },
        new("ch. 16: validation accuracy, the best of the 24", ".945 / .207", accuracies.Max(), Band.AtLeast(0.92)) { Format = "F3" },
        new("ch. 16: validation accuracy, the mean of the 24", "–", accuracies.Average(), Band.None) { Format = "F3" },
        new("ch. 16: validation accuracy, the worst of the 24", "–", accuracies.Min(), Band.None) { Format = "F3" },
    ];
}

// A sine wave through two layers of 64: it starts to learn only when weights or rate are large enough. The error jumps from epoch to epoch:
// medians of the last 101.
Result[] Chapter17()
{
    var sine = Generate.Sine();
    Result Fit(string what, float scale, Optimizer optimizer, string published, Band band)
    {
        var ends = Nnfs.Start(new Network(1, [new Dense(64), new Relu(), new Dense(64), new Relu(), new Dense(1)]), drawn: 0, scale)
            .Train(optimizer).Epochs(sine.FullBatch(), new MeanSquaredError(), Parallelism.None).Take(last + 1).Skip(last - 100)
            .Select(state => state.Training).OrderBy(metrics => metrics.Loss).ToArray();
        var median = ends[ends.Length / 2];
        Console.WriteLine(
            $"Chapter 17, {what}: error {median.Loss:0.00E-0}, from {ends[0].Loss:0.00E-0} to {ends[^1].Loss:0.00E-0}; accuracy "
                + $"{median.Accuracy:F3}");
        return new Result($"ch. 17: mean squared error, {what}", published, median.Loss, band) { Format = "0.00E-0" };
    }

    return
    [
        Fit("weights 0.1·N(0, 1), rate 0.005", 0.1f, new Adam(0.005) { Decay = 1e-3 }, "–", Band.AtMost(2e-6)),
        Fit("weights 0.01·N(0, 1), rate 0.005", 0.01f, new Adam(0.005) { Decay = 1e-3 }, "–", Band.AtMost(2e-6)),
        Fit("weights 0.01·N(0, 1), rate 0.001: stuck, as in the book", 0.01f, new Adam(0.001) { Decay = 1e-3 }, "–",
            Band.Near(0.0307, 0.001)),
    ];
}

// The Model class with validation data: here the same four words as everywhere above. Its last program, at a fifth of the epochs.
Result[] Chapter18() =>
    Categorical("18, 512 wide, dropout 0.1, 3 × 1000 points, 2000 epochs", Spiral(512, l2, dropout: 0.1), new Adam(0.05) { Decay = 5e-5 },
        Generate.Spiral(1000, 3, seed: 0), seeds: 2, "–", Band.None, "–", Band.AtLeast(0.65), until: Math.Min(last, 2000));

static Dense Small(int width, Penalty? penalty = null) =>
    new(width) { WeightInitializer = Initializer.Normal(0.01), WeightPenalty = penalty ?? Penalty.None,
        BiasPenalty = penalty ?? Penalty.None };

static Network Spiral(int width, Penalty? penalty = null, double dropout = 0) =>
    new(2, [Small(width, penalty), new Relu(), .. dropout > 0 ? [new Dropout(dropout)] : Array.Empty<Layer>(), Small(3), new Softmax()]);

// The book's start first, then our own: what each has at the last epoch, in training and on the points that the book draws next.
(Metrics Training, Metrics Validation)[] Ends(Network network, Optimizer optimizer, DataSet<float> data, Loss loss, int seeds,
    int? until = null, Func<int, Model<float>>? start = null)
{
    var arms = ((ClassLabels)data.Targets).Classes;
    var weights = network.ParameterLayout.Placements.Where(placement => placement.Slot.Name == "weights")
        .Sum(placement => placement.Slot.Count);
    var heldOut = Nnfs.Spiral(100, arms, drawn: data.Count + weights);
    start ??= seed => seed == 0 ? Nnfs.Start(network, drawn: data.Count) : network.Initialize(seed);
    return [.. Search.Over(
        Enumerable.Range(0, example.Either(seeds, 1)),
        seed => start(seed).Train(optimizer, seed).Epochs(data.FullBatch(), loss, Parallelism.None),
        epochs: (until ?? last) + 1,
        metric: state => -state.Epoch) // the last state counts as the best
        .Trials.Select(trial =>
            trial.Best.Match(state => (state.Training, state.Model.Evaluate(heldOut, loss)),
                () => throw new InvalidOperationException(trial.End)))];
}

Result[] Categorical(string chapter, Network network, Optimizer optimizer, DataSet<float> data, int seeds, string printedTraining,
    Band training, string printedValidation, Band validation, int? until = null)
{
    var ends = Ends(network, optimizer, data, classes, seeds, until);
    Print(chapter, ends);
    return
    [
        new($"ch. {chapter}: training accuracy, mean of {seeds} starts", printedTraining, ends.Average(end => end.Training.Accuracy),
            training) { Format = "F3" },
        new($"ch. {chapter}: validation accuracy, mean of {seeds} starts", printedValidation, ends.Average(end => end.Validation.Accuracy),
            validation) { Format = "F3" },
    ];
}

static void Print(string chapter, (Metrics Training, Metrics Validation)[] ends)
{
    Console.WriteLine($"{Environment.NewLine}Chapter {chapter}, accuracy and loss of each start, the book's first:");
    foreach (var (training, validation) in ends)
    {
        Console.WriteLine($"  training {training}; validation {validation}");
    }
}

// One line a curve, from ⅓ to 1.
static void Chart(IEnumerable<(string Name, double[] Curve)> curves)
{
    const int Width = 50;
    foreach (var (name, curve) in curves)
    {
        var bars = Enumerable.Range(1, Width).Select(i => curve[Math.Max(0, (i * curve.Length / Width) - 1)])
            .Select(accuracy => "▁▂▃▄▅▆▇█"[(int)Math.Clamp((accuracy - (1 / 3.0)) * 12, 0, 7)]);
        Console.WriteLine($"{name,-28} {string.Concat(bars)} {curve[^1]:F3}");
    }
}
