using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy, 2015, arXiv 1502.03167). In training, with mean μ and variance σ² of each column over the batch:
/// x̂ = (x − μ)/√(σ² + ε), y = γ·x̂ + β, and the running statistics move: running ← momentum·running + (1 − momentum)·batch.
/// In prediction the running statistics stand for μ and σ²; <see cref="Adaptation.Recalibrate"/> replaces them by those of a whole data
/// set. dβ = Σdy, dγ = Σdy·x̂, dx = γ/(n·√(σ² + ε)) · (n·dy − dβ − x̂·dγ).
/// x, y: [n × w]; γ, β, μ, σ²: [1 × w]. Behind an image each channel is a column and each pixel a row: w channels, n images times pixels.
/// </summary>
/// <remarks>
/// The batch is normalised by its biased variance (÷ n) everywhere; systems differ in ε, momentum and in the variance that they
/// remember. The defaults are PyTorch's; <see cref="Like">Keras's</see> is the other convention.
/// </remarks>
public sealed record BatchNormalization : Layer, IFittedLayer
{
    internal static Schema Schema => SchemaOf("BatchNormalization", new BatchNormalization())
        .With("epsilon", layer => layer.Epsilon, (layer, value) => layer with { Epsilon = value })
        .With("momentum", layer => layer.Momentum, (layer, value) => layer with { Momentum = value })
        .With("average", layer => layer.Average, (layer, value) => layer with { Average = value })
        .With("remembersUnbiasedVariance", layer => layer.RemembersUnbiasedVariance,
            (layer, value) => layer with { RemembersUnbiasedVariance = value });

    /// <summary>ε = 1e-5, momentum 0.99 without the pull of the starting values, biased running variance: Equinox in its mode
    /// "batch".</summary>
    public static BatchNormalization Equinox { get; } =
        new() { Momentum = 0.99, Average = RunningAverage.Debiased, RemembersUnbiasedVariance = false };

    /// <summary>ε = 1e-5, the mean over all batches so far: PyTorch with momentum=None, and NeuralNetwork.NET.</summary>
    public static BatchNormalization Cumulative { get; } = new() { Average = RunningAverage.Cumulative };

    /// <summary>A system's batch normalisation with its defaults. PyTorch: ε = 1e-5, momentum 0.9 (PyTorch writes 0.1), unbiased running
    /// variance, the default here too. Keras: ε = 1e-3, momentum 0.99, biased running variance.</summary>
    /// <exception cref="ArgumentException">The book and scikit-learn have none.</exception>
    public static BatchNormalization Like(Dialect dialect) => dialect switch
    {
        Dialect.Keras => new BatchNormalization { Epsilon = 1e-3, Momentum = 0.99, RemembersUnbiasedVariance = false },
        Dialect.PyTorch => new BatchNormalization(),
        _ => throw Dialects.Without(dialect, "batch normalisation"),
    };

    /// <inheritdoc/>
    protected internal override string Details => $"ε {Epsilon}, momentum {Momentum}";

    /// <summary>ε > 0, added to the variance.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>The weight of the old running value, 0 ≤ momentum ≤ 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>How the batches are averaged.</summary>
    public RunningAverage Average { get; init; }

    /// <summary>Whether the running variance takes the batch's variance ÷ (n − 1) instead of ÷ n.</summary>
    public bool RemembersUnbiasedVariance { get; init; } = true;

    /// <summary>Two: one row has no variance.</summary>
    public override int MinRows => 2;

    /// <inheritdoc/>
    public override bool KeepsShape => true;

    internal override bool ActsOnChannels => true;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        !(Epsilon > 0 && double.IsFinite(Epsilon))
            ? Wrong($"ε is {Epsilon}, expected a number above 0, such as 1e-5")
        : Momentum is not (>= 0 and <= 1)
            ? Wrong($"the momentum is {Momentum}, expected 0 to 1: it is the weight of the old running value")
        : Right(inputs);

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Parameters(int inputs) =>
        [new Slot("gamma", 1, inputs) { Initializer = Initializer.Ones }, new Slot("beta", 1, inputs)];

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Statistics(int inputs) =>
        Average == RunningAverage.Exponential
            ? [new Slot("mean", 1, inputs), new Slot("variance", 1, inputs) { Initializer = Initializer.Ones }]
            : [new Slot("mean", 1, inputs), new Slot("variance", 1, inputs) { Initializer = Initializer.Ones }, new Slot("batches", 1, 1)];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch has one row.</exception>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        var (n, width) = (input.Rows, input.Columns);
        if (n < MinRows)
        {
            throw new ArgumentException(
                $"batch normalisation of {n} row: a batch needs 2 rows or more to have a variance; choose a batch size that leaves no "
                    + $"single row over");
        }

        var output = pass.Rent(n, width, out var y);
        var mean = pass.Rent(1, width, out var batchMean);
        pass.Rent(1, width, out var batchVariance);
        var scale = pass.Rent(1, width, out var inverse);
        BatchMoments.Forward(pass.Team, input.Values, pass.Parameter(0).Values, pass.Parameter(1).Values, Epsilon, y, batchMean,
            batchVariance, inverse, n, width);
        var keep = Keep(pass);
        Remember(pass.NextStatistic(0), batchMean, keep, 1);
        Remember(pass.NextStatistic(1), batchVariance, keep, Correction(n));
        return new BatchNormalizationCache<T>(input, mean, scale, output);
    }

    /// <inheritdoc/>
    public override unsafe Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
    {
        var output = pass.Rent(input.Rows, input.Columns, out var y);
        pass.Rent(1, input.Columns, out var factors);
        Factors(pass.Parameter(0).Values, pass.Statistic(1).Values, factors);

        fixed (T* centers = pass.Statistic(0).Values, pfactors = factors, shifts = pass.Parameter(1).Values)
        {
            Columnwise.Map(pass.Team, new Affine<T>(centers, pfactors, shifts), input.Values, input.Values, y, input.Columns);
        }

        return output;
    }

    /// <inheritdoc/>
    protected internal override Layer AsInference() => new InferenceBatchNormalization(this) { Name = Name };

    bool IFittedLayer.IsRunning => true;

    bool IFittedLayer.Scales<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second) => true;

    void IFittedLayer.Fit<T>(ColumnSummary summary, Span<T> first, Span<T> second)
    {
        for (var j = 0; j < first.Length; j++)
        {
            first[j] = T.CreateSaturating(summary.Means[j]);
            second[j] = T.CreateSaturating(summary.Variance(j) * (summary.Count > 1 ? Correction(summary.Count) : 1));
        }
    }

    /// <inheritdoc/>
    public override ColumnScaling<T> PredictedScaling<T>(IReadOnlyList<Matrix<T>> parameters, IReadOnlyList<Matrix<T>> statistics)
    {
        var factors = new T[parameters[0].Columns];
        Factors(parameters[0].Values, statistics[1].Values, factors);
        return new ColumnScaling<T>([.. statistics[0].Values], [.. factors], [.. parameters[1].Values]);
    }

    /// <summary>γ/√(σ² + ε).</summary>
    private void Factors<T>(ReadOnlySpan<T> gamma, ReadOnlySpan<T> variance, Span<T> factors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var epsilon = T.CreateTruncating(Epsilon);
        for (var j = 0; j < factors.Length; j++)
        {
            factors[j] = gamma[j] / T.Sqrt(variance[j] + epsilon);
        }
    }

    private double Correction(long n) => RemembersUnbiasedVariance ? n / (n - 1.0) : 1;

    /// <summary>
    /// The weight of the old running value. With t batches so far, this one included: 1 − 1/t for the mean over all batches, and
    /// 1 − (1 − m)/(1 − mᵗ) for the exponential one divided by the sum of its weights, 1 − mᵗ.
    /// </summary>
    private double Keep<T>(in Pass<T> pass)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Average == RunningAverage.Exponential)
        {
            return Momentum;
        }

        var batches = pass.NextStatistic(2);
        batches[0] += T.One;
        var t = double.CreateTruncating(batches[0]);
        return Average == RunningAverage.Cumulative || Momentum == 1 ? 1 - (1 / t) : 1 - ((1 - Momentum) / (1 - Math.Pow(Momentum, t)));
    }

    private static void Remember<T>(Span<T> running, ReadOnlySpan<T> batch, double old, double correction)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var keep = T.CreateTruncating(old);
        var take = T.CreateTruncating((1 - old) * correction);
        for (var j = 0; j < running.Length; j++)
        {
            running[j] = T.FusedMultiplyAdd(take, batch[j], keep * running[j]);
        }
    }

    private readonly unsafe struct Affine<T>(T* centers, T* factors, T* shifts) : IColumnFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Invoke<L>(L x, L z, int column, int lanes)
            where L : struct, ILanes<L, T> =>
            L.MultiplyAdd(x - L.LoadFirst(centers + column, lanes), L.LoadFirst(factors + column, lanes),
                L.LoadFirst(shifts + column, lanes));
    }

    private sealed record BatchNormalizationCache<T>(Matrix<T> Input, Matrix<T> Mean, Matrix<T> Scale, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var (n, width) = (Input.Rows, Input.Columns);
            var dx = Span<T>.Empty;
            var inputGradient = pass.NeedsInputGradient ? pass.Rent(n, width, out dx) : outputGradient;
            BatchMoments.Backward(
                pass.Team, Input.Values, Mean.Values, Scale.Values, pass.Parameter(0).Values, outputGradient.Values,
                parameterGradient[..width], parameterGradient[width..], dx, n, width);
            return inputGradient;
        }
    }
}
