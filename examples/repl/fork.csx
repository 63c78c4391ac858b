// Fork a run: from one state, forty more epochs as it was and forty at a lower rate. The state in the middle stays what it was.
//   dotnet run -c Release --project examples/repl -- examples/repl/fork.csx
#load "setup.csx"

using System;
using System.Linq;
using FunctionalNN;

var before = trained.Model;
var slower = trained with { Optimizer = new Adam(0.002) };

var same = trained.Epochs(batches, loss).Validate(heldOut).Take(40).ToArray();
var fork = slower.Epochs(batches, loss).Validate(heldOut).Take(40).ToArray();

Console.WriteLine();
Console.WriteLine(
    $"| epoch | loss at rate {trained.LearningRate} | held-out accuracy | loss at rate {slower.LearningRate} | held-out accuracy |");
Console.WriteLine("| ---: | ---: | ---: | ---: | ---: |");
foreach (var (left, right) in same.Zip(fork).Where((_, i) => i % 10 == 9))
{
    Console.WriteLine(
        $"| {left.Epoch} | {left.Training.Loss:F4} | {Accuracy(left):P1} | {right.Training.Loss:F4} | {Accuracy(right):P1} |");
}

var straight = network.Initialize(seed: 7).Train(new Adam(0.02), seed: 7).Epochs(batches, loss).Take(60).Last();
Console.WriteLine();
Console.WriteLine($"The state that both came from is as it was: {before.Equals(trained.Model)}");
Console.WriteLine($"20 epochs and 40 more are 60 in one go, to the last bit: {straight.Model.Equals(same[^1].Model)}");
Console.WriteLine($"The fork is another model: {!fork[^1].Model.Equals(same[^1].Model)}");

static double Accuracy(TrainingState<float> state) => state.Validation.Map(metrics => metrics.Accuracy).IfNone(0);
