// What a session begins with: two half moons, a network, and a state of its training.
//   dotnet run -c Release --project examples/repl        a session
//   dotnet script -i examples/repl/setup.csx             the same in dotnet-script
#load "library.csx"

using System;
using System.Linq;
using FunctionalNN;

var moons = Generate.Moons(samples: 300, noise: 0.2, seed: 0);
var (training, heldOut) = moons.Split(testFraction: 0.2, seed: 1);
var network = new Network(inputs: 2, [new Dense(16), new Relu(), new Dense(2), new Softmax()]);
var loss = new CategoricalCrossEntropy();
var batches = training.Shuffled(batchSize: 32);
var trained = network.Initialize(seed: 7)
    .Train(new Adam(0.02), seed: 7)
    .Epochs(batches, loss)
    .Validate(heldOut)
    .Take(20)
    .Last();

Console.WriteLine($"moons     {moons}");
Console.WriteLine($"trained   {trained}");
Console.WriteLine(
    "Try: trained.Model, trained.Model.Parameters, network, heldOut, GradientCheck.Of(network, loss, Generate.Moons<double>(5, 0.2, "
        + "seed: 0)); #exit ends.");
