#!/usr/bin/env dotnet
#:project Reproduction/Reproduction.csproj

// Classes of very different sizes, the safe way: CSV → split → scale → look for mistakes → train → report. Which red wines are very good (7
// or 8 of 10)?
//   dotnet run -c Release examples/tabular-wine-quality.cs -- --data DIR [--short]

using FunctionalNN;
using FunctionalNN.Examples;

var example = Example.Start(args, "Unequal classes: the one red wine in seven that is very good");
var folder =
    example.Folder("tabular",
        "It holds winequality-red.csv of UCI's \"Wine Quality\" with commas between the columns and underscores in their names (1599 "
            + "rows, 12 columns).");

var table = Example.OrStop(Csv.Read(Path.Combine(folder, "winequality-red.csv"), new CsvOptions { Label = "quality" }));
Console.WriteLine(table);

// Six qualities become two classes.
var qualities = (ClassLabels)table.Data.Targets;
var good =
    new ClassLabels([.. Enumerable.Range(0, qualities.Count).Select(row => int.Parse(qualities.NameOf(qualities[row])) >= 7 ? 1 : 0)], 2,
        "others", "very good");
var asRead = new DataSet<float>(table.Data.Inputs, good);

var network =
    new Network(inputs: asRead.Inputs.Width,
        [new Normalization(), new Dense(32) { WeightPenalty = Penalty.L2(1e-3) }, new Relu(), new Dropout(0.2), new Dense(1),
            new Sigmoid()]);
var loss = new BinaryCrossEntropy();

// A first look, at the file split as it is: wines that are in it more than once would be learned and measured by.
var hasty = asRead.Split(testFraction: 0.2, seed: 0);
Console.WriteLine();
Console.WriteLine(Doctor.Examine(network, hasty.Training, loss, hasty.Test));

// So the copies go before the split.
var data = asRead.Pick([.. Enumerable.Range(0, asRead.Count).DistinctBy(row => asRead.InputsOf(row))]);
var parts = data.Split(validationFraction: 0.2, testFraction: 0.2, seed: 0);
var (train, development, test) = parts;
Console.WriteLine();
Console.WriteLine(parts);
Console.WriteLine();
Console.WriteLine(Doctor.Examine(network, train, loss, test));

Model<float> Trained(DataSet<float> rows, int seed) => network.Initialize(seed).Adapt(train)
    .Train(new Adam(3e-3), seed)
    .Epochs(rows.Shuffled(32), loss)
    .Validate(development.Balanced())
    .Take(example.Either(200, 3))
    .StopEarly(patience: 30)
    .Last().Model;

// As it is, and with each class counting the same: the second finds more of the few.
ClassificationReport Report(DataSet<float> rows) =>
    Enumerable.Range(0, example.Either(5, 1)).Select(seed => ClassificationReport.Of(Trained(rows, seed), test))
        .Aggregate(ClassificationReport.Add);
var (plain, balanced) = (Report(train), Report(train.Balanced()));
Console.WriteLine();
Console.WriteLine($"As it is, five networks' reports added up:{Environment.NewLine}{plain}{Environment.NewLine}");
Console.WriteLine($"Balanced:{Environment.NewLine}{balanced}");

static double Recall(ClassificationReport report, int label) => report.Classes[label].Recall;
static double Both(ClassificationReport report) => (Recall(report, 0) + Recall(report, 1)) / 2;
return example.End(
    new Result("accuracy of always saying \"others\"", "–", plain.BaselineAccuracy, Band.None),
    new Result("test rows that are training rows too, after dropping copies", "–",
        Doctor.Examine(network, train, loss, test).Of(FindingKind.SharedRows).Length, Band.AtMost(0)) { Format = "F0",
            HoldsInShort = true },
    new Result("test accuracy as it is, seeds 0 … 4", "–", plain.Accuracy, Band.None),
    new Result("share of the very good wines found, as it is", "–", Recall(plain, 1), Band.None),
    new Result("share found with balanced classes", "–", Recall(balanced, 1), Band.AtLeast(0.70)),
    new Result("balanced accuracy, as it is", "–", Both(plain), Band.None),
    new Result("balanced accuracy, with balanced classes", "–", Both(balanced), Band.AtLeast(0.78)));
