#!/usr/bin/env dotnet
#:project Reproduction/Reproduction.csproj
#:project ../src/FunctionalNN.Images/FunctionalNN.Images.csproj

// Trains a convolutional network on a folder of pictures, one sub-folder a class, and says what it takes a picture for.
//   dotnet run -c Release examples/own-pictures.cs [-- --folder DIR] [--predict FILE] [--side 32] [--grey] [--epochs 20] [--short]
// Without --folder it makes one in a temporary place: circles, squares and triangles of any size, colour and position on noisy paper.

using FunctionalNN;
using FunctionalNN.Examples;

var example = Example.Start(args, "Pictures of your own");
var side = int.Parse(example.Option("--side") ?? "32", System.Globalization.CultureInfo.InvariantCulture);
var size = new ImageSize(side, side) { Channels = example.Has("--grey") ? 1 : 3 };
var made = example.Option("--folder") is null ? Directory.CreateTempSubdirectory("own-pictures-").FullName : null;
try
{
    return Run(example.Option("--folder") ?? Shapes(Path.Combine(made!, "shapes")), example.Option("--predict"));
}
finally
{
    if (made is not null)
    {
        Directory.Delete(made, recursive: true);
    }
}

int Run(string folder, string? file)
{
    var data = Example.OrStop(ImageFolder.Read(folder, size));
    var (train, validation, test) = data.Split(validationFraction: 0.15, testFraction: 0.15, seed: 1);
    Console.WriteLine($"{folder}: {data}; classes {string.Join(", ", data.ClassNames)}");

    var network = new Network(size,
    [
        Filters(16), new BatchNormalization(), new Relu(), new MaxPooling(2),
        Filters(32), new BatchNormalization(), new Relu(), new MaxPooling(2),
        Filters(64), new BatchNormalization(), new Relu(), new GlobalAveragePooling(),
        new Dropout(0.2), new Dense(data.ClassNames.Length), new Softmax(),
    ]);
    Console.WriteLine(network);

    var epochs = int.Parse(example.Option("--epochs") ?? example.Either("20", "3"), System.Globalization.CultureInfo.InvariantCulture);
    var batches = train.Shuffled(32).Augmented(new RandomFlip(size), new RandomShift(size, side / 12) { Background = 1 });
    var loss = new CategoricalCrossEntropy();
    var best = network.Initialize(seed: 1)
        .Train(new Adam(new CosineDecay(1e-2, epochs * (long)batches.Epoch(default, 0).Count)), seed: 1)
        .Epochs(batches, loss)
        .Validate(validation)
        .Do(state => Console.WriteLine(state))
        .Take(epochs)
        .Best()
        .Last();
    Console.WriteLine(best.Model.Report(test));

    // A picture of your own, in three lines.
    var path = file ?? Example.OrStop(ImageFolder.Files(folder))[^1];
    var picture = Example.OrStop(Picture.Read(path, size));
    Console.WriteLine($"{Path.GetFileName(path)}: {best.Model.Predict(picture)}");

    var accuracy = best.Model.Evaluate(test, loss).Accuracy;
    var end = example.End(new Result("test accuracy on pictures that the run has not seen", "–", accuracy,
        made is null ? Band.None : Band.AtLeast(0.95)));
    Console.WriteLine(FormattableString.Invariant($"test accuracy {accuracy:F4}"));
    return end;
}

// 48 × 48 and coloured: reading brings them to the size asked for.
string Shapes(string folder)
{
    var drawn = new ImageSize(48, 48) { Channels = 3 };
    Example.OrStop(ImageFolder.Write(folder, Generate.Shapes(example.Either(600, 60), drawn, seed: 1), drawn));
    return folder;
}

static Convolution Filters(int count) => new(count, kernel: 3) { Padding = Padding.Same };
