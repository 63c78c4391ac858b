// What .ci/aot-test compiles ahead of time and compares with itself run by the just-in-time compiler: every line is the same to the last
// digit.
//   dotnet run -c Release --project tests/FunctionalNN.Aot -- STATE.safetensors

using System.Globalization;
using System.Numerics;
using FunctionalNN;

if (args is not [var path])
{
    Console.Error.WriteLine("the file of a training state is missing: see .ci/aot-test");
    return 1;
}

// Loads: a state that was saved long ago goes on from there.
var stored = TrainingState.Load<float>(path).OrThrow();
Console.WriteLine($"loaded: {stored.Model.ContentHash()} {stored}");

// Trains and predicts, in both element types, on one thread and on two.
Run<float>(threads: 1);
Run<float>(threads: 2);
Run<double>(threads: 1);
return 0;

static void Run<T>(int threads)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    var (learn, judge) = Generate.Spiral<T>(samples: 200, classes: 3, seed: 0).Split(testFraction: 0.25, seed: 1);
    var scaler = Scaler.Standard(learn);
    var network = new Network(inputs: 2,
    [
        new Dense(24) { WeightPenalty = Penalty.L2(1e-4) },
        new BatchNormalization(),
        new Relu(),
        new Dropout(0.1),
        new Residual([new Dense(24), new Gelu()]),
        new LayerNormalization(),
        new Dense(3),
        new Softmax(),
    ]);
    Optimizer[] optimizers =
    [
        new Sgd(new CosineDecay(0.1, 100)) { Momentum = 0.9 },
        new Adam(new LinearWarmUp(0.01, 20)).ClipByGlobalNorm(1).DecayWeights(1e-3).AverageWeights(0.9),
        new RmsProp(1e-3).ClipByValue(0.5).Accumulate(2),
    ];
    foreach (var optimizer in optimizers)
    {
        var state = network.Initialize<T>(seed: 7)
            .Train(optimizer, seed: 3)
            .Epochs(scaler.Apply(learn).Shuffled(batchSize: 32), new CategoricalCrossEntropy(), new Parallelism(threads))
            .Validate(scaler.Apply(judge))
            .Take(10)
            .Last();
        Console.WriteLine($"{typeof(T).Name}, {threads} threads, {state.Optimizer.Kind}: {state.Model.ContentHash()} {state}");
        Console.WriteLine($"  {Files(state)} {Digits(state.Model.Predict(judge.InputsOf(0)))}");
    }
}

// Through files and back: the state, and the model as ONNX and as C#.
static string Files<T>(TrainingState<T> state)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    var path = Path.GetTempFileName();
    try
    {
        state.Save(path).OrThrow();
        var same = TrainingState.Load<T>(path).OrThrow().Model.ContentHash() == state.Model.ContentHash();
        state.Model.SaveOnnx(path).OrThrow();
        return $"saved state {(same ? "equal" : "NOT EQUAL")}, ONNX {new FileInfo(path).Length} bytes, C# "
            + $"{state.Model.EmitCSharp("Spiral").OrThrow().Length} characters";
    }
    finally
    {
        File.Delete(path);
    }
}

static string Digits<T>(Matrix<T> matrix)
    where T : unmanaged, IFloatingPointIeee754<T> =>
        string.Join(' ', matrix.Values.ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
