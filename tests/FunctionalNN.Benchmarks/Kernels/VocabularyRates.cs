using System.Diagnostics;
using System.Globalization;
using FunctionalNN;

namespace FunctionalNN.Benchmarks;

/// <summary>What a number costs in each layer and each loss, on one thread, best of many short runs: <c>vocabulary</c>.</summary>
internal static class VocabularyRates
{
    private const int Rows = 128;
    private const int Width = 256;
    private const int Classes = 10;

    public static void Run()
    {
        Layer[] layers =
        [
            new Linear(), new Relu(), new Sigmoid(), new Tanh(), new LeakyRelu(), new Elu(), new Selu(), new Gelu(),
            new Gelu { IsApproximate = true }, new Silu(), new Softplus(), new HardSigmoid(),
            new PRelu(), PRelu.Like(Dialect.PyTorch), new Dropout(0.2), new GaussianNoise(0.1), new Softmax(), new LogSoftmax(),
            new BatchNormalization(),
            new LayerNormalization(), new Normalization(),
            new Sequence(new Relu(), new Relu()), new Residual(new Relu()),
        ];
        foreach (var layer in layers)
        {
            Time(layer);
        }

        Targets labels = new ClassLabels(new int[Rows], Classes), reals = Random(Rows, Classes, 0.1f, 0.5f);
        Targets distributions = new RealTargets<float>(Matrix.Create(Rows, Classes, (_, column) => column < 4 ? 0.25f : 0));
        (Loss Loss, Targets Targets)[] losses =
        [
            (new MeanSquaredError(), reals), (new MeanAbsoluteError(), reals), (new Huber(), reals), (new LogCosh(), reals),
            (new Poisson { FromLogarithms = true }, reals), (new Hinge(), reals), (new SquaredHinge(), reals),
            (new BinaryCrossEntropy { FromLogits = true }, reals), (new BinaryFocalCrossEntropy { FromLogits = true }, reals),
            (new CategoricalCrossEntropy { FromLogits = true }, labels),
            (new CategoricalCrossEntropy { FromLogits = true, LabelSmoothing = 0.1 }, labels),
            (new CategoricalCrossEntropy { FromLogits = true }, distributions),
            (new KullbackLeibler { FromLogits = true }, distributions), (new NegativeLogLikelihood(), labels),
            (new CategoricalFocalCrossEntropy { FromLogits = true }, labels), (new CategoricalHinge(), labels),
        ];
        foreach (var (loss, targets) in losses)
        {
            Time(loss, targets);
        }
    }

    private static void Time(Layer layer)
    {
        var model = new Network(Width, [layer]).Initialize(0);
        var (arena, statistics, gradient) = (new Arena<float>(), model.Statistics.Thaw(), new float[model.Parameters.Count]);
        var (x, dy) = (Random(Rows, Width, 1, 0).Values, Random(Rows, Width, 1, 0).Values);
        var (forward, both, predict) = (
            Best(() => Pass().Forward()),
            Best(() => Pass().Both()),
            Best(() => Pass().Infer()));
        Print(string.Create(CultureInfo.InvariantCulture, $"{layer.Kind} {layer.Details}"),
            $"forward {forward / (Rows * Width):F2}, backward {(both - forward) / (Rows * Width):F2}, prediction "
                + $"{predict / (Rows * Width):F2} ns a number");

        Calls Pass()
        {
            arena.Reset();
            return new Calls(layer, new Pass<float>(arena, Team.Single, model.Parameters, 0, statistics, 0, new Key(1), true), x, dy,
                gradient);
        }
    }

    private static void Time(Loss loss, Targets targets)
    {
        var (arena, empty, prediction) =
            (new Arena<float>(), ParameterVector<float>.Zeros(new Layout([])), Random(Rows, Classes, 1, 0).Values);
        var (rowLosses, gradient) = (new float[Rows], Block<float>.AllocatePinned(Rows * Classes));
        var time = Best(() =>
        {
            arena.Reset();
            loss.Evaluate(new Pass<float>(arena, Team.Single, empty, 0, empty, 0, default, false), prediction, targets, rowLosses,
                gradient.Span);
        });
        Print($"{loss.Kind}, {targets}", string.Create(CultureInfo.InvariantCulture, $"with gradient {time / Rows:F1} ns a row"));
    }

    private static double Best(Action action)
    {
        var best = double.PositiveInfinity;
        for (var run = 0; run < 60; run++)
        {
            const int Times = 20;
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Times; i++)
            {
                action();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Times);
        }

        return best;
    }

    private static RealTargets<float> Random(int rows, int columns, float spread, float middle) =>
        new(Matrix.Create(rows, columns, (row, column) => middle + (spread * (float)new Key(2).Normal((row * columns) + column))));

    private static void Print(string what, string cost) => Console.WriteLine($"{what,-60} {cost}");

    private readonly ref struct Calls(Layer layer, Pass<float> pass, Matrix<float> x, Matrix<float> dy, Span<float> gradient)
    {
        private readonly Pass<float> pass = pass;
        private readonly Span<float> gradient = gradient;

        public void Forward() => layer.Forward(pass, x);

        public void Infer() => layer.Infer(pass, x);

        public void Both() => layer.Forward(pass, x).Backward(pass, dy, gradient);
    }
}
