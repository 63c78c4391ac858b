#!/usr/bin/env dotnet
#:project ../src/FunctionalNN.Dashboard/FunctionalNN.Dashboard.csproj

// Trains on a spiral and shows it live in the browser: curves, what the network answers where, and how its layers do.
//   dotnet run -c Release examples/watch-spiral.cs [-- --short]

using FunctionalNN;

var isShort = args.Contains("--short");
var epochs = isShort ? 300 : 20_000;
var spiral = Generate.Spiral(samples: 300, classes: 3, seed: 0);
var heldOut = Generate.Spiral(samples: 300, classes: 3, seed: 1);

var network = new Network(inputs: 2, [new Dense(64), new Relu(), new Dense(64), new Relu(), new Dense(3), new Softmax()]);

using var dashboard = new Dashboard();

var trained = network.Initialize(seed: 7)
    .Train(new Adam(0.001) { Decay = 1e-4 }, seed: 7)
    .Epochs(spiral.Shuffled(batchSize: 64), new CategoricalCrossEntropy())
    .Validate(heldOut)
    .Take(epochs)
    .Watch(dashboard, heldOut, epochs)
    .Last();

Console.WriteLine(trained);

if (!isShort)
{
    dashboard.WaitForEnter();
}
