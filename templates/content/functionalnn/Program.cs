using FunctionalNN;

var spiral = Generate.Spiral(samples: 200, classes: 3, seed: 0);
var (training, heldOut) = spiral.Split(testFraction: 0.2, seed: 1);

var network = new Network(inputs: 2, [new Dense(64), new Relu(), new Dense(64), new Relu(), new Dense(3), new Softmax()]);

var trained = network.Initialize(seed: 7)
    .Train(new Adam(0.01))
    .Epochs(training.Shuffled(batchSize: 32), new CategoricalCrossEntropy())
    .Validate(heldOut)
    .Take(300)
    .StopEarly(patience: 50)
    .Last();

Console.WriteLine(network);
Console.WriteLine(trained);
