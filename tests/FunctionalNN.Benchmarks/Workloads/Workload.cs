using FunctionalNN;

namespace FunctionalNN.Benchmarks;

/// <summary>One of the trainings (or predictions) that are measured beside the peers: the same layers, data, batch and optimizer.</summary>
internal sealed record Workload(string Name, string Data, int[] Widths, int Batch, int Timed)
{
    public Func<Optimizer>? Optimizer { get; init; }

    public bool IsShuffled { get; init; }

    public double Dropout { get; init; }

    public bool IsNormalized { get; init; }

    public bool IsBinary { get; init; }

    public double L2 { get; init; }

    /// <summary>How many dense layers have the penalty on their weights.</summary>
    public int PenalizedLayers { get; init; }

    public bool PenalizesBias { get; init; }

    public bool IsInference => Optimizer is null;

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("mnist-128", "mnist", [784, 128, 10], 128, 1) { Optimizer = () => new Adam(1e-3), IsShuffled = true },
        new("mnist-512x2", "mnist", [784, 512, 512, 10], 128, 1) { Optimizer = () => new Adam(1e-3), IsShuffled = true, Dropout = 0.2 },
        new("fashion-nnfs", "fashion-mnist", [784, 128, 128, 10], 128, 10) { Optimizer = () => new Adam(1e-3) { Decay = 1e-3 } },
        new("spiral", "spiral", [2, 64, 3], 300, 10_000) { Optimizer = () => new Adam(0.05) { Decay = 5e-7 }, L2 = 5e-4,
            PenalizedLayers = 1, PenalizesBias = true },
        new("digits-tiny", "digits", [784, 10, 10, 10], 41_000, 50) { Optimizer = () => new Sgd(0.1) },
        new("cifar2", "cifar2", [3072, 15, 1], 200, 10) { Optimizer = () => new Sgd(0.01) { Momentum = 0.8, Form = MomentumForm.Average },
            IsShuffled = true, IsBinary = true, L2 = 1e-4, PenalizedLayers = 2 },
        new("bn", "mnist", [784, 256, 256, 10], 256, 1) { Optimizer = () => new Adam(1e-3), IsShuffled = true, IsNormalized = true },
        new("infer-1", "mnist", [784, 512, 512, 10], 1, 2000),
        new("infer-10000", "mnist", [784, 512, 512, 10], 10_000, 1),
        new("wide", "wide", [1024, 2048, 2048, 10], 512, 1) { Optimizer = () => new Sgd(0.01), IsShuffled = true },
    ];

    public Loss Loss => IsBinary ? new BinaryCrossEntropy() : new CategoricalCrossEntropy();

    /// <summary>Multiply-adds count as two; products alone; no gradient with respect to the input.</summary>
    public double FlopsPerSample
    {
        get
        {
            var products = Widths.Zip(Widths.Skip(1), (inputs, outputs) => 2.0 * inputs * outputs).ToArray();
            return IsInference ? products.Sum() : (3 * products.Sum()) - products[0];
        }
    }

    public Network Network()
    {
        var layers = new List<Layer>();
        for (var i = 1; i < Widths.Length; i++)
        {
            var penalty = i <= PenalizedLayers ? Penalty.L2(L2) : Penalty.None;
            layers.Add(new Dense(Widths[i]) { WeightPenalty = penalty, BiasPenalty = PenalizesBias ? penalty : Penalty.None });
            if (i == Widths.Length - 1)
            {
                layers.Add(IsBinary ? new Sigmoid() : new Softmax());
                break;
            }

            if (IsNormalized)
            {
                layers.Add(new BatchNormalization());
            }

            layers.Add(new Relu());
            if (Dropout > 0)
            {
                layers.Add(new Dropout(Dropout));
            }
        }

        return new Network(Widths[0], [.. layers]);
    }
}
