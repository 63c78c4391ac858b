#!/usr/bin/env dotnet
#:project Reproduction/Reproduction.csproj

// Regression from a table, the safe way: CSV → split → scale → look for mistakes → train → report. House prices in California, 1990.
//   dotnet run -c Release examples/tabular-housing.cs -- --data DIR [--short]

using FunctionalNN;
using FunctionalNN.Examples;

var example = Example.Start(args, "A table with missing values and a text column: house prices");
var folder =
    example.Folder("tabular",
        "It holds california-housing.csv: housing.csv of A. Géron's \"Hands-On Machine Learning\" (20,640 rows, 10 columns).");

// Text becomes one column a category; what is missing is filled in with means.
var table =
    Example.OrStop(Csv.Read(Path.Combine(folder, "california-housing.csv"),
        new CsvOptions { Targets = ["median_house_value"], Missing = Missing.Mean }));
Console.WriteLine(table);

// Split first: means and scales are then those of the training rows, and nothing has seen the others. The library refuses the other order.
var (train, development, test) = table.Split(validationFraction: 0.15, testFraction: 0.15, seed: 0);
var prices = Scaler.Targets(train);
var (scaledTrain, scaledDevelopment) = (prices.Apply(train), prices.Apply(development));

// The first layer scales the inputs and is saved with the model.
var network =
    new Network(inputs: train.Inputs.Width, [new Normalization(), new Dense(128), new Silu(), new Dense(128), new Silu(), new Dense(1)]);
var loss = new MeanSquaredError();
Console.WriteLine();
Console.WriteLine(Doctor.Examine(network, scaledTrain, loss, scaledDevelopment));

var epochs = example.Either(100, 3);
var batches = scaledTrain.Shuffled(64);
var optimizer = new Adam(new CosineDecay(3e-3, epochs * (long)batches.Epoch(default, 0).Count)).DecayWeights(0.01, Slots.BiasesAndScales);

TrainingState<float> Trained(int seed, Parallelism? parallelism = null) => network.Initialize(seed).Adapt(train, parallelism)
    .Train(optimizer, seed)
    .Epochs(batches, loss, parallelism)
    .Validate(scaledDevelopment, parallelism)
    .Take(epochs)
    .StopEarly(patience: 30)
    .Last();

TrainingState<float>[] runs =
    [.. Enumerable.Range(0, example.Either(3, 1)).AsParallel().AsOrdered().Select(seed => Trained(seed, Parallelism.None))];
foreach (var run in runs)
{
    Console.WriteLine(run);
}

// In dollars: the prediction scaled back, beside the prices themselves.
RegressionReport InDollars(Model<float> model, DataSet<float> rows) =>
    RegressionReport.Of(prices.Restore(model.Predict(rows.InputsOf([.. Enumerable.Range(0, rows.Count)]))),
        (RealTargets<float>)rows.Targets);

RegressionReport[] reports = [.. runs.Select(run => InDollars(run.Model, test))];
Console.WriteLine();
Console.WriteLine(reports[0]);
Console.WriteLine();
Console.WriteLine(PermutationImportance.Of(runs[0].Model, scaledDevelopment, repeats: 2, names: [.. table.InputNames]));

return example.End(
    new Result("test R², seeds 0 … 2, mean", "0.783 (MLPRegressor's defaults, other test rows)", reports.Average(report => report.R2),
        Band.AtLeast(0.79)),
    new Result("test error, root of the mean square, in dollars", "–", reports.Average(report => report.RootMeanSquaredError),
        Band.None) { Format = "F0" },
    new Result("mean distance to the price, in dollars", "–", reports.Average(report => report.MeanAbsoluteError),
        Band.None) { Format = "F0" });
