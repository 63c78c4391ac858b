using BenchmarkDotNet.Attributes;
using FunctionalNN;

namespace FunctionalNN.Benchmarks;

/// <summary>What surrounds the products: softmax with its loss, column sums, dropout, batch normalisation, updates and the
/// gather.</summary>
[MemoryDiagnoser]
public class LoopBenchmarks
{
    private const int Parameters = 101_770;
    private readonly Block<float> x = ProductBenchmarks.Filled(65_536);
    private readonly Block<float> y = ProductBenchmarks.Filled(65_536);
    private readonly Block<float> z = ProductBenchmarks.Filled(65_536);
    private readonly Block<float> row0 = ProductBenchmarks.Filled(512);
    private readonly Block<float> row1 = ProductBenchmarks.Filled(512);
    private readonly Block<float> row2 = ProductBenchmarks.Filled(512);
    private readonly int[] labels = new int[300];
    private readonly Layout layout = new Network(784, [new Dense(128), new Dense(10)]).ParameterLayout;
    private readonly BatchReader<float> reader = new();
    private readonly Epoch<float> epoch =
        new DataSet<float>(new ByteRows<float>(new byte[60_000 * 784], 784), new ClassLabels(new int[60_000], 10)).Shuffled(128)
            .Epoch(new Key(1), 0);
    private int batch;

    /// <summary>128 rows of 10 classes.</summary>
    [Benchmark]
    public int SoftmaxCrossEntropy128x10() =>
        SoftmaxRows.CrossEntropy(Team.Single, x.Span[..1280], labels.AsSpan(0, 128), 1.0, row0.Span[..128], z.Span[..1280], 128, 10);

    /// <summary>300 rows of 3 classes.</summary>
    [Benchmark]
    public int SoftmaxCrossEntropy300x3() =>
        SoftmaxRows.CrossEntropy(Team.Single, x.Span[..900], labels, 1.0, row0.Span[..300], z.Span[..900], 300, 3);

    /// <summary>A bias gradient.</summary>
    [Benchmark]
    public void ColumnSums256x256() => ColumnSums.Run<float>(Team.Single, x.Span, row0.Span[..256], 256, 256);

    /// <summary>A mask over 65,536 numbers.</summary>
    [Benchmark]
    public void Dropout128x512() => RandomMask.Apply<float>(Team.Single, new Key(1), 0.2, x.Span, z.Span);

    /// <summary>Moments and output.</summary>
    [Benchmark]
    public void BatchNormalizationForward256x256() =>
        BatchMoments.Forward<float>(Team.Single, x.Span, row0.Span[..256], row1.Span[..256], 1e-5, z.Span, row0.Span[256..],
            row1.Span[256..], row2.Span[256..], 256, 256);

    /// <summary>All three gradients.</summary>
    [Benchmark]
    public void BatchNormalizationBackward256x256() =>
        BatchMoments.Backward<float>(Team.Single, x.Span, row0.Span[..256], row1.Span[..256], row2.Span[..256], y.Span, row0.Span[256..],
            row1.Span[256..], z.Span, 256, 256);

    /// <summary>A shuffled batch of images, from bytes.</summary>
    [Benchmark]
    public object Gather128x784() => reader.Read(epoch, batch++ % 400, Team.Single);

    /// <summary>One update of every optimizer that needs no setting.</summary>
    [Benchmark]
    [ArgumentsSource(nameof(Optimizers))]
    public bool Update101770(UpdateCase update) => update.Run();

    /// <summary>The optimizers.</summary>
    public IEnumerable<UpdateCase> Optimizers() =>
        new Optimizer[]
        {
            new Sgd(0.1), new Sgd(0.1) { Momentum = 0.9 }, new Sgd(0.1) { Momentum = 0.9, Nesterov = true }, new Adagrad(), new RmsProp(),
            new RmsProp { Centered = true, Momentum = 0.9 },
            new Adadelta(), new Adam(), new Adam { AmsGrad = true }, new AdamW(), new NAdam(), new Lion(), new Rprop(),
            new Adam().ClipByGlobalNorm(1), new Adam().AverageWeights(),
        }.Select(optimizer => new UpdateCase(optimizer, layout));

    /// <summary>An optimizer with its vectors.</summary>
    public sealed class UpdateCase
    {
        private readonly Optimizer optimizer;
        private readonly ParameterVector<float> gradient;
        private readonly ParameterVector<float> parameters;
        private readonly Moments<float> moments;

        internal UpdateCase(Optimizer optimizer, Layout layout)
        {
            this.optimizer = optimizer;
            (gradient, parameters) = (ParameterVector<float>.Zeros(layout).Thaw(), ParameterVector<float>.Zeros(layout).Thaw());
            moments = optimizer.InitialMoments(parameters).Thaw(optimizer, parameters, 0);
        }

        /// <inheritdoc/>
        public override string ToString() => $"{optimizer.Kind}, {optimizer.MomentCount} moments, {Parameters} parameters";

        internal bool Run() => optimizer.Advance(Team.Single, 1, gradient, parameters, moments);
    }
}
