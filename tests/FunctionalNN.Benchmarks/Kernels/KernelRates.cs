using System.Diagnostics;
using System.Globalization;
using FunctionalNN;

namespace FunctionalNN.Benchmarks;

/// <summary>
/// The rate of each kernel at the shapes of the workloads, best of many short runs, beside the machine's peak as measured in the same
/// process: <c>kernels [--threads N]</c>. For medians, spreads and allocations see the BenchmarkDotNet classes.
/// </summary>
internal static class KernelRates
{
    public static void Run(int threads)
    {
        using var team = Team.Lease(new Parallelism(threads));
        Console.WriteLine(Machine.Line());
        var peak = PeakRate.Measure() * team.Threads;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{team.Threads} threads; multiply-adds on full registers: {peak:F0} GFLOP/s"));
        foreach (var (n, inputs, outputs) in new[] { (128, 784, 128), (128, 128, 128), (128, 784, 512), (128, 512, 512), (256, 784, 256),
            (256, 256, 256), (512, 1024, 2048), (512, 2048, 2048), (10_000, 784, 512), (200, 3072, 15), (128, 128, 10), (41_000, 784, 10),
            (300, 2, 64), (300, 64, 3) })
        {
            var flops = 2.0 * n * inputs * outputs;
            Print($"forward {n}x{inputs}x{outputs}", flops, peak, () => Forward(team, n, inputs, outputs));
            Print($"weights {n}x{inputs}x{outputs}", flops, peak,
                () => Product.WeightGradient(team, X(n * inputs), Z(n * outputs), W(inputs * outputs), n, inputs, outputs));
            Print($"inputs  {n}x{inputs}x{outputs}", flops, peak,
                () => Product.InputGradient(team, Z(n * outputs), W(inputs * outputs), X(n * inputs), n, inputs, outputs));
        }

        Print("one row 784x512", 2.0 * 784 * 512, peak, () => Forward(team, 1, 784, 512));
        foreach (var (n, k) in new[] { (128, 10), (300, 3), (41_000, 10) })
        {
            var labels = new int[n];
            Nanoseconds($"softmax and cross-entropy {n}x{k}", n, "row",
                () => SoftmaxRows.CrossEntropy(team, X(n * k), labels, 1.0, W(n), Z(n * k), n, k));
        }

        foreach (var (n, k) in new[] { (128, 128), (128, 10), (256, 256), (300, 64) })
        {
            Nanoseconds($"column sums {n}x{k}", n * k, "number", () => ColumnSums.Run(team, X(n * k), W(k), n, k));
        }

        Nanoseconds("dropout 128x512", 128 * 512, "number", () => RandomMask.Apply(team, new Key(1), 0.2, X(128 * 512), Z(128 * 512)));
        Nanoseconds("batch-norm forward 256x256", 256 * 256, "number",
            () => BatchMoments.Forward(team, X(65536), W(256), W(256), 1e-5, Z(65536), W(256), V(256), V(256), 256, 256));
        Nanoseconds("batch-norm backward 256x256", 256 * 256, "number",
            () => BatchMoments.Backward(team, X(65536), W(256), W(256), W(256), Z(65536), V(256), V(256), Y(65536), 256, 256));
        foreach (var (width, optimizer) in Enumerable.Range(0, 2).Select(i => i == 0 ? 16 : 128)
            .SelectMany(width => Optimizers.Select(optimizer => (width, optimizer))))
        {
            var layout = new Network(784, [new Dense(width), new Dense(10)]).ParameterLayout;
            var (parameters, gradient) = (ParameterVector<float>.Zeros(layout).Thaw(), ParameterVector<float>.Zeros(layout).Thaw());
            var moments = optimizer.InitialMoments(parameters).Thaw(optimizer, parameters, 0);
            Nanoseconds($"update {optimizer.Kind} {optimizer.MomentCount} moments {layout.Count}", layout.Count, "parameter",
                () => optimizer.Advance(team, 1, gradient, parameters, moments));
        }

        var images = new DataSet<float>(new ByteRows<float>(new byte[60_000 * 784], 784), new ClassLabels(new int[60_000], 10));
        var (epoch, reader, at) = (images.Shuffled(128).Epoch(new Key(1), 0), new BatchReader<float>(), 0);
        Nanoseconds("gather from bytes 128x784", 128 * 784, "number", () => reader.Read(epoch, at++ % 400, team));
    }

    private static readonly Optimizer[] Optimizers =
    [
        new Adam(), new Sgd(0.1), new Sgd(0.1) { Momentum = 0.9 }, new Sgd(0.1) { Momentum = 0.9, Nesterov = true }, new Adagrad(),
        new RmsProp(), new RmsProp { Centered = true, Momentum = 0.9 },
        new Adadelta(), new Adam { AmsGrad = true }, new AdamW(), new NAdam(), new Lion(), new Rprop(), new Adam().ClipByValue(1),
        new Adam().ClipByNorm(1), new Adam().ClipByGlobalNorm(1),
        new Adam().DecayGradient(0.01), new Adam().DecayWeights(0.01), new Adam().Accumulate(1), new Adam().AverageWeights(),
        new Adam().Freeze("*.bias"), new Adam().For("*.bias", new Sgd(0.1)),
    ];

    private static readonly Dictionary<(string, int), Block<float>> Blocks = [];

    private static Span<float> X(int count) => Of("x", count);

    private static Span<float> W(int count) => Of("w", count);

    private static Span<float> Z(int count) => Of("z", count);

    private static Span<float> V(int count) => Of("v", count);

    private static Span<float> Y(int count) => Of("y", count);

    private static Span<float> Of(string name, int count)
    {
        if (!Blocks.TryGetValue((name, count), out var block))
        {
            Blocks[(name, count)] = block = Block<float>.AllocatePinned(count);
            for (var i = 0; i < count; i++)
            {
                block.Span[i] = (float)((i % 17) - 8) / 64;
            }
        }

        return block.Span;
    }

    private static void Forward(Team team, int n, int inputs, int outputs) =>
        Product.Forward(team, X(n * inputs), W(inputs * outputs), [], Z(n * outputs), n, inputs, outputs);

    private static void Print(string name, double flops, double peak, Action action)
    {
        var rate = Rate(flops, action);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-32} {rate,8:F0} GFLOP/s {rate / peak,6:P0} {flops / rate / 1000,10:F1} µs"));
    }

    private static void Nanoseconds(string name, int items, string item, Action action)
    {
        var seconds = Best(action);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-44} {seconds * 1e9 / items,8:F3} ns a {item} {seconds * 1e6,10:F2} µs"));
    }

    private static double Rate(double flops, Action action) => flops / Best(action) / 1e9;

    /// <summary>The best of many runs of about a millisecond: what the kernel takes when nothing disturbs it.</summary>
    private static double Best(Action action)
    {
        for (var i = 0; i < 30; i++)
        {
            action();
        }

        var (start, best) = (Stopwatch.GetTimestamp(), double.PositiveInfinity);
        var once = Math.Max(1e-7, Time(action, 3));
        var count = (int)Math.Clamp(0.001 / once, 1, 10_000);
        do
        {
            best = Math.Min(best, Time(action, count));
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 0.25);

        return best;
    }

    private static double Time(Action action, int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / count;
    }
}
