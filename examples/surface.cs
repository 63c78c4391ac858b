#!/usr/bin/env dotnet
#:project ../src/FunctionalNN/FunctionalNN.csproj
#:project ../src/FunctionalNN.Visualisation/FunctionalNN.Visualisation.csproj

// Fits a function of two variables, a ripple, from points with noise, and writes a page with its surface, to be turned with the mouse.
// Needs no download.
//   dotnet run -c Release examples/surface.cs [-- --short]

using FunctionalNN;

var epochs = args.Contains("--short") ? 20 : 200;
var data = Ripple(points: 1500, seed: 0);
var network = new Network(inputs: 2, [new Dense(64), new Tanh(), new Dense(64), new Tanh(), new Dense(1)]);

var states = network.Initialize(seed: 7)
    .Train(new Adam(0.003), seed: 7)
    .Epochs(data.Shuffled(batchSize: 64), new MeanSquaredError())
    .Take(epochs)
    .ToList();

Console.WriteLine(states[^1].Model);
Console.WriteLine(RegressionReport.Of(states[^1].Model, Ripple(points: 500, seed: 1)));

// The surface after each of some epochs, on a slider.
var page = new FigurePage("A ripple",
[
    states.Where(state => state.Epoch % (epochs / 20) == 0)
        .Animate(state => Figure.Surface(state.Model, data, names: ("x (m)", "y (m)", "height (m)"))),
    Figure.LearningCurves(states),
]);
Console.WriteLine();
Console.WriteLine($"Turn it in a browser: {page.Save(Path.Combine(Path.GetTempPath(), "functionalnn-surface.html")).OrThrow()}");

// z = cos(2r) / (1 + r), r = √(x² + y²), and a little noise.
static DataSet<float> Ripple(int points, int seed)
{
    var random = new Random(seed);
    var places = Matrix.Create(points, 2, (_, _) => (random.NextSingle() * 6) - 3);
    var heights = Matrix.Create(points, 1, (row, _) =>
    {
        var r = MathF.Sqrt((places[row, 0] * places[row, 0]) + (places[row, 1] * places[row, 1]));
        return (MathF.Cos(2 * r) / (1 + r)) + (0.1f * (random.NextSingle() - 0.5f));
    });
    return new DataSet<float>(places, new RealTargets<float>(heights));
}
