#!/usr/bin/env dotnet
#:project Reproduction/Reproduction.csproj

// Seed 004: handwritten digits from a CSV file (label,pixel0,…,pixel783), a development part, 784-10-10-10, full-batch gradient descent,
// early stopping on the development part's accuracy, predictions, and the parameters saved on request.
//   dotnet run -c Release examples/004-digits-from-csv.cs -- --data DIR [--short] [--save digits.safetensors]

using FunctionalNN;
using FunctionalNN.Examples;

var example = Example.Start(args, "Seed 004: digits from a CSV file, 784-10-10-10, full-batch descent at rate 0.1");
var folder = example.Folder("digits-csv", "It holds digits.csv, digits.csv.gz or the train.csv of Kaggle's \"Digit Recognizer\".");
var file = ((string[])["digits.csv.gz", "digits.csv", "train.csv"]).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
    ?? Path.Combine(folder, "digits.csv");

// Pixels stay bytes and become 0 … 1 in the batch. The development part decides when to stop, the test part is measured once.
var digits = Example.OrStop(Csv.ReadBytes(file, new CsvOptions { Label = "label" }));
var parts = digits.Split(validationFraction: 0.1, testFraction: 0.1, seed: 0);
var (train, development, test) = (parts.Training.InMemory(), parts.Validation, parts.Test);
Console.WriteLine(parts);

var (loss, iterations) = (new CategoricalCrossEntropy(), example.Either(500, 20));

// W and b as the original draws them, between −½ and ½; ours are He's weights and zero biases.
Network Layers(Initializer weights, Initializer bias)
{
    Dense Layer(int width) => new(width) { WeightInitializer = weights, BiasInitializer = bias };
    return new Network(inputs: train.Inputs.Width, [Layer(10), new Relu(), Layer(10), new Relu(), Layer(10), new Softmax()]);
}

var original = Layers(Initializer.Uniform(0.5), Initializer.Uniform(0.5));
var ours = Layers(Initializer.He, Initializer.Zeros);

// W = W − α·dW, for all rows at once.
IEnumerable<TrainingState<float>> Descent(Network network, int seed, Parallelism? parallelism = null) =>
    network.Initialize(seed).Train(new Sgd(0.1)).Epochs(train.FullBatch(), loss, parallelism);

// After so many iterations, from five starts each.
double[] Accuracies(Network network) => [.. Search
    .Over(Enumerable.Range(0, example.Either(5, 2)), seed => Descent(network, seed, Parallelism.None), iterations,
        metric: Watched.TrainingLoss)
    .Trials.Select(trial => trial.Best.Match(state => state.Model.Evaluate(test, loss).Accuracy, () => double.NaN))];

var (theirs, he) = (Accuracies(original), Accuracies(ours));

// Stops when the development accuracy has not improved for 100 iterations, and gives the best.
var stopped = Descent(ours, seed: 0)
    .Validate(development)
    .Take(10 * iterations)
    .StopEarly(patience: 100, metric: Watched.ValidationErrorRate)
    .Last();
Console.WriteLine();
Console.WriteLine(stopped);
Console.WriteLine();
Console.WriteLine(stopped.Model.Report(test));

// make_predictions
var probabilities = stopped.Model.Predict(test.InputsOf([.. Enumerable.Range(0, 8)]));
var labels = (ClassLabels)test.Targets;
Console.WriteLine();
for (var row = 0; row < probabilities.Rows; row++)
{
    var digit = Enumerable.Range(0, 10).MaxBy(digit => probabilities[row, digit]);
    Console.WriteLine(
        $"test row {row}: predicted {digit} with probability {probabilities[row, digit]:F3}, labelled {labels.NameOf(labels[row])}");
}

// Saved if the user wants it; read back, it predicts to the same bits.
var path = example.Option("--save") ?? Path.GetTempFileName();
Example.OrStop(stopped.Model.Save(path));
var isSame = Example.OrStop(Model.Load<float>(path)).Predict(test.InputsOf([.. Enumerable.Range(0, test.Count)]))
    .Equals(stopped.Model.Predict(test.InputsOf([.. Enumerable.Range(0, test.Count)])));
if (example.Has("--save"))
{
    Console.WriteLine($"saved to {path}, {new FileInfo(path).Length} bytes");
}
else
{
    File.Delete(path);
}

return example.End(
    new Result($"test accuracy after 500 iterations, start U(−½, ½) of seeds 0 … 4, mean of 5, {train.Count} rows",
        "about 0.84 on 41,000 rows", theirs.Average(), Band.AtLeast(0.83)),
    new Result("the least of the five", "–", theirs.Min(), Band.None),
    new Result("the same with He's start, mean of 5", "– (0.904 on 41,000 rows elsewhere)", he.Average(), Band.AtLeast(0.88)),
    new Result("test accuracy, stopped on the development part's accuracy", "–", stopped.Model.Evaluate(test, loss).Accuracy,
        Band.AtLeast(0.90)),
    new Result("a model saved and read back predicts to the same bits", "–", isSame ? 1 : 0, Band.AtLeast(1)) { Format = "F0",
        HoldsInShort = true });
