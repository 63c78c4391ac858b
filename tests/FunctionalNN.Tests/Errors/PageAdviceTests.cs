using System.Text.RegularExpressions;

namespace FunctionalNN.Tests;

/// <summary>Every message of docs/errors.md has a run here that does what it advises, and works.</summary>
public sealed class PageAdviceTests : IDisposable
{
    private static readonly CategoricalCrossEntropy Loss = new();
    private readonly TemporaryFolder folder = new();

    private static DataSet<float> Moons { get; } = Generate.Moons(samples: 60, noise: 0.2, seed: 1);

    private static DataSet<float> Numbered { get; } =
        new(Moons.Inputs, new RealTargets<float>(Matrix.Create(Moons.Count, 1, (row, _) => row % 2f)));

    public void Dispose() => folder.Dispose();

    /// <summary>How a message begins, and what follows its advice.</summary>
    private (string Begins, Action Follow)[] Table =>
    [
        ("layer 1 (Dense), input width 2: 0 outputs",
            () => Run([new Dense(1), new Dropout(0.3), new Dense(2), new Softmax()], Moons, Loss)),
        ("the data has 2 columns, the network takes 3", () => Run([new Dense(2), new Softmax()], Moons, Loss)),
        ("labels have 5 classes", () => Run([new Dense(5), new Softmax()], Generate.Spiral(samples: 20, classes: 5, seed: 0), Loss)),
        ("CategoricalCrossEntropy takes probabilities", () => Run([new Dense(2), new Softmax()], Moons, Loss)),
        ("CategoricalCrossEntropy takes probabilities", () => Run([new Dense(2)], Moons, Loss with { FromLogits = true })),
        ("CategoricalCrossEntropy with FromLogits takes", () => Run([new Dense(2)], Moons, Loss with { FromLogits = true })),
        ("CategoricalCrossEntropy with FromLogits takes", () => Run([new Dense(2), new Softmax()], Moons, Loss)),
        ("the targets are one column of whole numbers", () => Run([new Dense(2), new Softmax()], Numbered.ToClassLabels(), Loss)),
        ("MeanSquaredError takes real targets", () => Run([new Dense(2), new Softmax()], Moons, Loss)),
        ("MeanSquaredError takes real targets", () => Run([new Dense(1)], Numbered, new MeanSquaredError())),
        ("BinaryCrossEntropy of labels takes one output", () => Run([new Dense(1), new Sigmoid()], Moons, new BinaryCrossEntropy())),
        ("BinaryCrossEntropy of labels takes one output", () => Run([new Dense(2), new Softmax()], Moons, Loss)),
        ("3 rows of inputs but 2 targets",
            () => _ = new DataSet<float>(Matrix.Zeros<float>(3, 2), new ClassLabels([0, 1, 0], classes: 2))),
        ("row 2 has the label 3, expected 0 to 2", () => _ = new ClassLabels([0, 1, 2], classes: 3)),
        ("33 rows in batches of 32", () => _ = Start([new Dense(4), new BatchNormalization(), new Dense(2), new Softmax()])
            .Epochs(Moons.Take(33).Shuffled(11), Loss).First()),
        ("the learning rate is -0.01", () => _ = Start(Classifier, new Adam(0.01) { Beta1 = 0.9, Epsilon = 0 })),
        ("Freeze names dense3", () => _ = Start(Classifier, new Adam().Freeze("dense2"))),
        ("ReduceOnPlateau looks at the ValidationLoss",
            () => _ = Start(Classifier, new Adam().ReduceOnPlateau()).Epochs(Moons.Shuffled(32), Loss, heldOut: Moons).First()),
        ("ReduceOnPlateau looks at the ValidationLoss",
            () => _ = Start(Classifier, new Adam().ReduceOnPlateau() with { Metric = PlateauMetric.TrainingLoss })
                .Epochs(Moons.Shuffled(32), Loss).First()),
        ("StopEarly watches the validation loss", () => _ = Epochs().Validate(Moons).Take(2).StopEarly(patience: 2).Last()),
        ("the patience is 0 epochs", () => _ = Epochs().Validate(Moons).Take(2).StopEarly(patience: 1).Last()),
        ("a network is fitted on training data", () => Run(Classifier, Split().Training, Loss)),
        ("a network is fitted on training data", () => Run(Classifier, Split().Test.AsTraining(), Loss)),
        ("a scaler is fitted on training data", () => Scaler.Standard(Split().Training)),
        ("a scaler is fitted on training data", () => Scaler.Standard(Split().Test.AsTraining())),
        ("these rows were scaled by numbers taken", () => Run(Classifier, Scaler.Standard(Split().Training).Apply(Split().Training), Loss)),
        ("the model has learned from all rows", () =>
        {
            var (training, test) = Moons.Split(testFraction: 0.25, seed: 1);
            Start(Classifier).Epochs(training.Shuffled(32), Loss).First().Model.Evaluate(test, Loss);
        }),
        ("the model's output 0 for row 0 is NaN", () => Model.PredictClasses(Matrix.Row(0.5f, 1f))),
        ("the rows are 3 wide", () => Model.Predict(Matrix.Row(1f, 2f))),
        ("there is no [\"dense3\", \"weights\"]", () => _ = Model.Parameters["dense2", "weights"]),
        ("[\"dense1\", \"weights\"] is 2 × 8", () => Model.With("dense1", "weights", Matrix.Zeros<float>(2, 8))),
        ("nowhere.safetensors: there is no such file", () => _ = FunctionalNN.Model.Load<float>(Saved()).OrThrow()),
        ("notes.safetensors, byte 0", () => _ = FunctionalNN.Model.Load<float>(Saved()).OrThrow()),
        ("model.safetensors, byte 785", () => _ = FunctionalNN.Model.Load<float>(Saved()).OrThrow()),
        ("model.safetensors: the file holds a model and no training state",
            () => _ = FunctionalNN.Model.Load<float>(Saved()).OrThrow().Train(new Adam()).Epochs(Moons.Shuffled(32), Loss).First()),
        ("houses.csv, line 3", () => Read("rooms,price\n3,250\n4,many\n", new CsvOptions { Label = "price" })),
        ("houses.csv, line 1", () => Read("rooms,price\n3,250\n4,many\n", new CsvOptions { Label = "price" })),
        ("prices.csv, line 2", () => Read("price;sold\n1.200,50 €;yes\n980,00 €;no\n",
            new CsvOptions { Label = "sold", Separator = ';', DecimalMark = ',', ThousandsMark = '.', Units = ["€"] })),
        ("prices.csv, line 2", () => Read("price;sold\n1.200,50 €;yes\n980,00 €;no\n",
            new CsvOptions { Label = "sold", Separator = ';', Categories = ["price"] })),
        ("gaps.csv, line 4", () => Read("rooms,kind\n3,flat\n5,house\n4,?\n",
            new CsvOptions { Label = "kind", MissingValues = ["?"], Missing = Missing.DropRow })),
        ("gaps.csv, line 4", () => Read("rooms,kind\n3,flat\n5,house\n4,?\n", new CsvOptions { Label = "kind", Categories = ["kind"] })),
        ("iris.csv, line 1", () => Read("5.1,3.5,setosa\n4.9,3.0,setosa\n6.2,2.2,virginica\n",
            new CsvOptions { Label = ^1, HasHeader = false })),
        ("iris.csv, line 1", () => Read("5.1,3.5,setosa\n4.9,3.0,setosa\n6.2,2.2,virginica\n",
            new CsvOptions { Label = ^1, HasHeader = true })),
        ("model.safetensors is a pointer of Git LFS", () => _ = FunctionalNN.Model.Load<float>(Saved()).OrThrow()),
        ("the inputs of the data are x, z", () => _ = Start(Classifier).Epochs(Moons.WithInputNames("x", "y").Shuffled(32), Loss).First()
            .Model.Evaluate(Moons.WithInputNames("x", "y"), Loss)),
    ];

    private static Layer[] Classifier => [new Dense(8), new Relu(), new Dense(2), new Softmax()];

    private static Model<float> Model => Start(Classifier).Model;

    [Fact]
    public void Every_message_of_the_page_has_advice_that_works()
    {
        var table = Table;
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "errors.md")).ReplaceLineEndings("\n");
        string[] messages = [.. Regex.Matches(page, "```text\n[A-Za-z]+Exception: ([^`]+)```").Select(match => match.Groups[1].Value)];
        Assert.True(messages.Length >= 30, $"{messages.Length} messages were found");
        Assert.DoesNotContain(messages, message => !table.Any(row => message.StartsWith(row.Begins, StringComparison.Ordinal)));
        Assert.Empty(table.Where(row => !messages.Any(message => message.StartsWith(row.Begins, StringComparison.Ordinal)))
            .Select(row => row.Begins));
        foreach (var (begins, follow) in table)
        {
            if (Record.Exception(follow) is { } fault)
            {
                Assert.Fail($"{begins}: {fault.Message}");
            }
        }
    }

    private static TrainingState<float> Start(Layer[] layers, Optimizer? optimizer = null) =>
        new Network(2, [.. layers]).Initialize(seed: 7).Train(optimizer ?? new Adam(0.01), seed: 7);

    private static void Run(Layer[] layers, DataSet<float> data, Loss loss) => _ = Start(layers).Epochs(data.Shuffled(32), loss).First();

    private static IEnumerable<TrainingState<float>> Epochs() => _ = Start(Classifier).Epochs(Moons.Shuffled(32), Loss);

    private static (DataSet<float> Training, DataSet<float> Test) Split() => Moons.Split(testFraction: 0.25, seed: 1);

    private string Saved()
    {
        Model.Save(folder["model.safetensors"]).OrThrow();
        return folder["model.safetensors"];
    }

    private void Read(string text, CsvOptions options)
    {
        File.WriteAllText(folder["table.csv"], text);
        _ = Csv.Read(folder["table.csv"], options).OrThrow();
    }
}
