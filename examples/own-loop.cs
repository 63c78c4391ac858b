#!/usr/bin/env dotnet
#:project ../src/FunctionalNN/FunctionalNN.csproj

// A training loop of your own: gradients of two losses, and an update with momentum, written out.
//   dotnet run -c Release examples/own-loop.cs [-- --short]
// Exits with 1 when the curve is not learned.

using FunctionalNN;

var epochs = args.Contains("--short") ? 60 : 300;
var (points, key) = (Generate.Sine(samples: 200), new Key(1));
var (squared, absolute) = (new MeanSquaredError(), new MeanAbsoluteError());
var model = new Network(inputs: 1, [new Dense(32), new Tanh(), new Dense(32), new Tanh(), new Dense(1)]).Initialize(seed: 1);
var start = model.Evaluate(points, squared).Loss;

var velocity = 0f * model.Parameters;
for (var epoch = 0; epoch < epochs; epoch++)
{
    foreach (var batch in points.Shuffled(20).Epoch(key, epoch))
    {
        var gradient = model.Gradient(batch, squared).Gradient + (0.1f * model.Gradient(batch, absolute).Gradient);
        velocity = (0.9f * velocity) + gradient;
        model = model with { Parameters = model.Parameters - (0.01f * velocity) };
    }
}

var end = model.Evaluate(points, squared).Loss;
Console.WriteLine($"mean squared error {start:F4} before, {end:F4} after {epochs} epochs");
return end < start / 10 ? 0 : 1;
