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

    /// <summary>A network for images in place of the widths.</summary>
    public Func<Network>? Images { get; init; }

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
        new("lenet", "mnist", [784, 10], 128, 1) { Optimizer = () => new Adam(1e-3), IsShuffled = true, Images = LeNet },
        new("vgg", "cifar2", [3072, 2], 64, 1) { Optimizer = () => new Adam(1e-3), IsShuffled = true, Images = SmallVgg },
        new("lenet-infer-1", "mnist", [784, 10], 1, 1000) { Images = LeNet },
        new("lenet-infer-1000", "mnist", [784, 10], 1000, 1) { Images = LeNet },
        new("wide", "wide", [1024, 2048, 2048, 10], 512, 1) { Optimizer = () => new Sgd(0.01), IsShuffled = true },
    ];

    public Loss Loss => IsBinary ? new BinaryCrossEntropy() : new CategoricalCrossEntropy();

    /// <summary>Multiply-adds count as two; products alone; no gradient with respect to the input.</summary>
    public double FlopsPerSample
    {
        get
        {
            if (Images is not null)
            {
                var network = Images();
                var all = network.Plan.Layers.Select((layer, i) => layer switch
                {
                    Dense dense => 2.0 * network.Widths[i] * dense.Outputs,
                    Convolution => 2.0 * network.Widths[i + 1] * network.ParameterLayout.Placements
                        .First(placement => placement.Layer == network.LayerNames[i] && placement.Slot.Name == "weights").Slot.Rows,
                    _ => 0,
                }).Where(flops => flops > 0).ToArray();
                return IsInference ? all.Sum() : (3 * all.Sum()) - all[0];
            }

            var products = Widths.Zip(Widths.Skip(1), (inputs, outputs) => 2.0 * inputs * outputs).ToArray();
            return IsInference ? products.Sum() : (3 * products.Sum()) - products[0];
        }
    }

    public Network Network()
    {
        if (Images is not null)
        {
            return Images();
        }

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

    /// <summary>28 × 28 → 32 3 × 3 → pool → 64 3 × 3 → pool → 128 → 10.</summary>
    private static Network LeNet() => new(new ImageSize(28, 28),
    [
        new Convolution(32, 3), new Relu(), new MaxPooling(2),
        new Convolution(64, 3), new Relu(), new MaxPooling(2),
        new Dense(128), new Relu(), new Dense(10), new Softmax(),
    ]);

    /// <summary>32 × 32 × 3 → 32 → 32 → pool → 64 → 64 → pool → 128 → 2, with windows of 3 × 3 and padding.</summary>
    private static Network SmallVgg() => new(new ImageSize(32, 32, 3),
    [
        Same(32), new Relu(), Same(32), new Relu(), new MaxPooling(2),
        Same(64), new Relu(), Same(64), new Relu(), new MaxPooling(2),
        new Dense(128), new Relu(), new Dense(2), new Softmax(),
    ]);

    private static Convolution Same(int filters) => new(filters, 3) { Padding = Padding.Same };
}
