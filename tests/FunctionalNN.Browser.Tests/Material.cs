namespace FunctionalNN.Browser.Tests;

/// <summary>Small runs to draw.</summary>
internal static class Material
{
    public static DataSet<float> Spiral { get; } = Generate.Spiral(samples: 60, classes: 3, seed: 0);

    public static DataSet<float> HeldOut { get; } = Generate.Spiral(samples: 60, classes: 3, seed: 1);

    public static IEnumerable<TrainingState<float>> Run { get; } =
        new Network(2, [new Dense(32), new Relu(), new Dense(32), new Relu(), new Dense(3), new Softmax()])
        .Initialize(seed: 7).Train(new Adam(0.01) { Decay = 1e-3 }, seed: 7).Epochs(Spiral.Shuffled(32), new CategoricalCrossEntropy())
        .Validate(HeldOut);

    /// <summary>A file that goes with the test.</summary>
    public static string Temporary(string name) => Path.Combine(Directory.CreateTempSubdirectory("functionalnn-").FullName, name);
}
