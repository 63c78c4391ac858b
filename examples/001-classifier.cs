#!/usr/bin/env dotnet
#:project Reproduction/Reproduction.csproj
#:project ../src/FunctionalNN.Dashboard/FunctionalNN.Dashboard.csproj

// Seed 001, "Building a neural network from scratch": the program of its README, line by line, with our words for it.
//   dotnet run -c Release examples/001-classifier.cs [-- --short] [--watch]
// With --watch the run is shown live in the browser: curves, decision regions, 3-D probabilities.

using FunctionalNN;
using FunctionalNN.Examples;

var example = Example.Start(args, "Seed 001: the README's classifier, 2-64-3 on a spiral");

// # X, y, X_val, y_val are the training and validation data
var data = Generate.Spiral(samples: 100, classes: 3, seed: 0);
var validation = Generate.Spiral(samples: 100, classes: 3, seed: 1);

// model = Model()
var penalty = Penalty.L2(5e-4);
Network Layers(Initializer initializer) => new(inputs: 2,
[
    // model.add(Layer_Dense(2, 64, weight_regularizer_l2=5e-4, bias_regularizer_l2=5e-4))
    new Dense(64) { WeightInitializer = initializer, WeightPenalty = penalty, BiasPenalty = penalty },
    new Relu(), //                                        model.add(Activation_ReLU())
    new Dense(3) { WeightInitializer = initializer }, //  model.add(Layer_Dense(64, 3))
    new Softmax(), //                                     model.add(Activation_Softmax())
]);

var network = Layers(Initializer.He);

// visualizer = Visualizer(…): any verb on the sequence of states; here a live page with --watch, and a line now and then.
using var dashboard = args.Contains("--watch") ? new Dashboard() : null;
IEnumerable<TrainingState<float>> Visualized(IEnumerable<TrainingState<float>> states) =>
    dashboard is null ? states : states.Watch(dashboard, validation, epochs: 1000);

void Show(TrainingState<float> state)
{
    if (state.Epoch % example.Either(200, 20) == 0)
    {
        Console.WriteLine(state);
    }
}

// model.set(loss=Loss_CategoricalCrossentropy(), optimizer=Optimizer_Adam(learning_rate=0.01, decay=5e-7), accuracy=Accuracy_Categorical(),
// visualizer=visualizer) model.finalize()
// model.train(X, y, epochs=1000, validation_data=(X_val, y_val))
IEnumerable<TrainingState<float>> Training(Model<float> model, Parallelism? parallelism = null) => model
    .Train(new Adam(0.01) { Decay = 5e-7 })
    .Epochs(data.FullBatch(), new CategoricalCrossEntropy(), parallelism)
    .Take(example.Either(1000, 60));

// The start of the book that the program comes from: 0.01·randn after seed 0, of which the data took 300 numbers.
var trained = Visualized(Training(Nnfs.Start(network, drawn: 300)).Validate(validation)).Do(Show).Last();
Console.WriteLine();
Console.WriteLine(trained.Model);
Console.WriteLine();
Console.WriteLine(trained.Model.Report(validation));

// The same from our own draws of 0.01·N(0, 1), and from He's larger weights, our default, with which this run of 1000 small steps comes
// less far.
double[] Accuracies(Network starting) => [.. Search
    .Over(Enumerable.Range(0, 5), seed => Training(starting.Initialize(seed), Parallelism.None), epochs: 1000, metric: Watched.TrainingLoss)
    .Trials.Select(trial => trial.Curve[^1].Training.Accuracy)];

var small = Initializer.Normal(0.01);
var (ours, he) = (Accuracies(Layers(small)), Accuracies(network));

dashboard?.WaitForEnter();
return example.End(
    new Result("training accuracy after 1000 epochs, NumPy's start of seed 0", "0.86333", trained.Training.Accuracy,
        Band.AtLeast(0.85)) { Format = "F5" },
    new Result("training loss without penalties, the same run", "0.39588", trained.Training.DataLoss,
        Band.Near(0.396, 0.03)) { Format = "F5" },
    new Result("training accuracy, our starts of 0.01·N(0, 1), seeds 0 … 4, mean", "0.86333", ours.Average(),
        Band.AtLeast(0.85)) { Format = "F5" },
    new Result("training accuracy, He's starts, seeds 0 … 4, mean", "–", he.Average(), Band.None) { Format = "F5" });
