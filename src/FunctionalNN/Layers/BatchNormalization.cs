using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy, 2015, arXiv 1502.03167). In training, with mean μ and variance σ² of each column over the batch:
/// x̂ = (x − μ)/√(σ² + ε), y = γ·x̂ + β, and the running statistics move: running ← momentum·running + (1 − momentum)·batch.
/// In prediction the running statistics stand for μ and σ².
/// dβ = Σdy, dγ = Σdy·x̂, dx = γ/(n·√(σ² + ε)) · (n·dy − dβ − x̂·dγ).
/// x, y: [n × w]; γ, β, μ, σ²: [1 × w].
/// </summary>
/// <remarks>
/// The batch is normalised by its biased variance (÷ n) everywhere; systems differ in ε, momentum and in the variance that they
/// remember. The defaults are PyTorch's; <see cref="Keras"/> is the other convention.
/// </remarks>
public sealed record BatchNormalization : Layer
{
    /// <summary>ε = 1e-5, momentum 0.9 (PyTorch writes 0.1), unbiased running variance: the default here and in PyTorch and Flux.</summary>
    public static BatchNormalization PyTorch { get; } = new();

    /// <summary>ε = 1e-3, momentum 0.99, biased running variance: Keras.</summary>
    public static BatchNormalization Keras { get; } = new() { Epsilon = 1e-3, Momentum = 0.99, RemembersUnbiasedVariance = false };

    /// <summary>A system's batch normalisation with its defaults.</summary>
    /// <exception cref="ArgumentException">The book and scikit-learn have none.</exception>
    public static BatchNormalization Like(Dialect dialect) => dialect switch
    {
        Dialect.Keras => Keras,
        Dialect.PyTorch => PyTorch,
        _ => throw Dialects.Without(dialect, "batch normalisation"),
    };

    /// <summary>ε > 0, added to the variance.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>The weight of the old running value, 0 ≤ momentum ≤ 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether the running variance takes the batch's variance ÷ (n − 1) instead of ÷ n.</summary>
    public bool RemembersUnbiasedVariance { get; init; } = true;

    /// <summary>Two: one row has no variance.</summary>
    public override int LeastRows => 2;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        !(Epsilon > 0 && double.IsFinite(Epsilon)) ? Wrong(string.Create(CultureInfo.InvariantCulture, $"ε is {Epsilon}, expected a number above 0, such as 1e-5"))
        : Momentum is not (>= 0 and <= 1) ? Wrong(string.Create(CultureInfo.InvariantCulture, $"the momentum is {Momentum}, expected 0 to 1: it is the weight of the old running value"))
        : Right(inputs);

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Parameters(int inputs) =>
        [new Slot("gamma", 1, inputs) { Initializer = Initializer.Ones }, new Slot("beta", 1, inputs)];

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Statistics(int inputs) =>
        [new Slot("mean", 1, inputs), new Slot("variance", 1, inputs) { Initializer = Initializer.Ones }];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch has one row.</exception>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        var (n, width) = (input.Rows, input.Columns);
        if (n < LeastRows)
        {
            throw new ArgumentException($"batch normalisation of {n} row: a batch needs 2 rows or more to have a variance; choose a batch size that leaves no single row over");
        }

        var output = pass.Rent(n, width, out var y);
        var mean = pass.Rent(1, width, out var batchMean);
        pass.Rent(1, width, out var batchVariance);
        var scale = pass.Rent(1, width, out var inverse);
        BatchMoments.Forward(pass.Team, input.Values, pass.Parameter(0).Values, pass.Parameter(1).Values, Epsilon, y, batchMean, batchVariance, inverse, n, width);
        Remember(pass.NextStatistic(0), batchMean, 1);
        Remember(pass.NextStatistic(1), batchVariance, RemembersUnbiasedVariance ? n / (n - 1.0) : 1);
        return new Memory<T>(input, mean, scale, output);
    }

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
    {
        var output = pass.Rent(input.Rows, input.Columns, out var y);
        ReadOnlySpan<T> gamma = pass.Parameter(0).Values, beta = pass.Parameter(1).Values;
        ReadOnlySpan<T> mean = pass.Statistic(0).Values, variance = pass.Statistic(1).Values;
        var epsilon = T.CreateTruncating(Epsilon);
        for (var i = 0; i < y.Length; i++)
        {
            var j = i % input.Columns;
            y[i] = T.FusedMultiplyAdd((input.Values[i] - mean[j]) / T.Sqrt(variance[j] + epsilon), gamma[j], beta[j]);
        }

        return output;
    }

    private void Remember<T>(Span<T> running, ReadOnlySpan<T> batch, double correction)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var keep = T.CreateTruncating(Momentum);
        var take = T.CreateTruncating((1 - Momentum) * correction);
        for (var j = 0; j < running.Length; j++)
        {
            running[j] = T.FusedMultiplyAdd(take, batch[j], keep * running[j]);
        }
    }

    private sealed record Memory<T>(Matrix<T> Input, Matrix<T> Mean, Matrix<T> Scale, Matrix<T> Output) : Cache<T>(Output)
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
