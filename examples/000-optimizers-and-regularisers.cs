#!/usr/bin/env dotnet
#:project Reproduction/Reproduction.csproj

// Seed 000: "a series of models, each composing of different optimization algorithms, regularization, and training processes", compared in
// one call. ReLU in all layers but the last, sigmoid there, minibatches; momentum, RMSprop and Adam, which move γ and β of batch
// normalisation like all else.
//   dotnet run -c Release examples/000-optimizers-and-regularisers.cs [-- --short]

using FunctionalNN;
using FunctionalNN.Examples;

var example = Example.Start(args, "Seed 000: momentum, RMSprop, Adam × L2, dropout, batch normalisation");

// Few and noisy points, so that regularisation has something to do.
var (train, heldOut) = (Generate.Moons(100, noise: 0.3, seed: 1), Generate.Moons(2000, noise: 0.3, seed: 2));

// L − 1 blocks of any width, then sigmoid.
static Network Layers(int[] widths, Func<int, Layer[]> block) => new(inputs: 2, [.. widths.SelectMany(block), new Dense(1), new Sigmoid()]);

int[] widths = [64, 64, 32];
(string Name, Network Network)[] networks =
[
    ("no regulariser", Layers(widths, width => [new Dense(width), new Relu()])),
    ("L2", Layers(widths, width => [new Dense(width) { WeightPenalty = Penalty.L2(2e-3) }, new Relu()])),
    ("dropout", Layers(widths, width => [new Dense(width), new Relu(), new Dropout(0.3)])),
    ("batch-norm", Layers(widths, width => [new Dense(width), new BatchNormalization(), new Relu()])),
];
(string Name, Optimizer Optimizer)[] optimizers =
[
    ("descent", new Sgd(0.1)),
    ("momentum", new Sgd(0.1) { Momentum = 0.9, Form = MomentumForm.Average }), // v = φ·v + (1 − φ)·dW
    ("RMSprop", new RmsProp(2e-3)),
    ("Adam", new Adam(5e-3)),
];

var comparison =
    Compare.Models(networks, optimizers, train.Shuffled(batchSize: 32), heldOut, new BinaryCrossEntropy(), epochs: example.Either(300, 10),
        seed: 1);
Console.WriteLine(comparison);

// Where each run ends when nobody stops it, and how far γ and β have come from 1 and 0.
var ends =
    comparison.Trials.Select(trial => (trial.Settings, End: trial.Curve[^1].Validation.Match(metrics => metrics.Loss, () => double.NaN)))
        .ToArray();
double Mean(string network) => ends.Where(run => run.Settings.NetworkName == network).Average(run => run.End);
Console.WriteLine();
Console.WriteLine(
    $"held-out loss after the last epoch, mean of the optimizers: "
        + $"{string.Join(", ", networks.Select(network => $"{network.Name} {Mean(network.Name):F3}"))}");

var normalised = comparison.Trials.Where(trial => trial.Settings.NetworkName == "batch-norm")
    .Select(trial => trial.Best.Match(state => state.Model.Parameters, () => throw new InvalidOperationException(trial.End))).ToArray();
var moved = normalised.Count(parameters => parameters.Layout.Placements
    .Where(placement => placement.Slot.Name is "gamma" or "beta")
    .All(placement => parameters[placement.Layer, placement.Slot.Name].Values.ToArray()
        .Any(value => value != (placement.Slot.Name == "gamma" ? 1 : 0))));
var accuracies =
    comparison.Trials.Select(trial =>
        trial.Best.Match(state => state.Validation.Match(metrics => metrics.Accuracy, () => double.NaN), () => double.NaN)).ToArray();

return example.End(
    new Result("runs of the 16 that learn: held-out accuracy 0.85 or more at their best epoch", "–",
        accuracies.Count(accuracy => accuracy >= 0.85), Band.AtLeast(16)) { Format = "F0" },
    new Result("runs with batch-norm in which γ and β of every layer moved, of 4", "–", moved, Band.AtLeast(4)) { Format = "F0",
        HoldsInShort = true },
    new Result("held-out accuracy of the best run", "–", accuracies.Max(), Band.AtLeast(0.90)),
    new Result("held-out loss at the last epoch, L2 over no regulariser", "–", Mean("L2") / Mean("no regulariser"),
        Band.AtMost(0.9)) { Format = "F2" },
    new Result("held-out loss at the last epoch, dropout over no regulariser", "–", Mean("dropout") / Mean("no regulariser"),
        Band.AtMost(0.9)) { Format = "F2" });
