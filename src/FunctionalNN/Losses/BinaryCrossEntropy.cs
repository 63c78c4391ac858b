using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// For two classes, or several yes-or-no answers: ℓ = −y·ln ŷ − (1 − y)·ln(1 − ŷ), averaged over outputs and rows.
/// Takes labels of two classes with one output, or real targets from 0 to 1. Accuracy counts the outputs on the right side of ½.
/// </summary>
/// <remarks>
/// After <see cref="Sigmoid"/> both are computed as one from the logits z: ℓ = max(z, 0) − z·y + ln(1 + e^(−|z|)), ℓ′ = σ(z) − y,
/// exact for any logits. On probabilities from elsewhere ŷ is clipped to 1e-7 … 1 − 1e-7, as Keras and
/// "Neural Networks from Scratch" do.
/// </remarks>
public sealed record BinaryCrossEntropy : ElementLoss<BinaryCrossEntropy.Rule>
{
    internal static Schema Schema => Schema.Of("BinaryCrossEntropy", new BinaryCrossEntropy())
        .With("fromLogits", loss => loss.FromLogits, (loss, value) => loss with { FromLogits = value });

    private const double Clip = 1e-7;

    /// <summary>Whether the network ends in logits instead of probabilities: the sigmoid is then part of the loss.</summary>
    public bool FromLogits { get; init; }

    /// <inheritdoc/>
    public override OutputReading Reads => FromLogits ? OutputReading.AnswerLogits : OutputReading.AnswerProbabilities;

    /// <inheritdoc/>
    public override string? Unit => "nats";

    /// <inheritdoc/>
    public override double Baseline(Targets targets) => Math.Log(2);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        ProblemWith(Kind, range, targets, FromLogits) is { } problem
            ? Wrong(problem)
            : FitsTwoClasses(outputs, targets, FromLogits ? "Dense(1)" : "Dense(1) and Sigmoid");

    /// <inheritdoc/>
    public override Loss? Fuse(Layer last) => last is Sigmoid && !FromLogits ? this with { FromLogits = true } : null;

    /// <inheritdoc/>
    protected override Rule Formula => new(FromLogits);

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) =>
        Elementwise.Zip(new Slope(FromLogits, double.CreateTruncating(scale)), prediction, target, slopes);

    /// <inheritdoc/>
    protected override int CountRight<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T tolerance) =>
        Elementwise.Count(new SameSide<T>(FromLogits ? T.Zero : T.CreateTruncating(0.5), T.CreateTruncating(0.5)), prediction, target);

    /// <summary>What is wrong with the network's last layer or the targets' numbers for a cross-entropy of yes-or-no answers; null when
    /// nothing is.</summary>
    internal static string? ProblemWith(string kind, OutputRange range, Targets targets, bool fromLogits) =>
        fromLogits && !range.MayBeLogits
            ? $"{kind} with FromLogits takes any numbers, the network ends in {range.InWords}: leave its last activation "
                + $"out{range.OrFromLogits}"
        : !fromLogits && !range.IsProbability
            ? $"{kind} takes probabilities, the network ends in {range.InWords}: end it in Sigmoid{range.OrSetFromLogits}"
        : TargetRows.ProblemOutside(kind, targets, 0, 1,
            "each is the answer no or yes, or how sure it is; for other numbers use MeanSquaredError");

    /// <summary>ℓ = −y·ln ŷ − (1 − y)·ln(1 − ŷ), or the same from logits.</summary>
    public readonly struct Rule(bool fromLogits) : IBinaryFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S>
        {
            if (fromLogits)
            {
                return S.Max(x, 0) - (x * y) + S.Log(1 + S.Exp(-S.Abs(x)));
            }

            var p = Clipped(x);
            return -((y * S.Log(p)) + ((1 - y) * S.Log(1 - p)));
        }
    }

    private readonly struct Slope(bool fromLogits, Setting scale) : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S>
        {
            if (fromLogits)
            {
                return (S.Sigmoid(x) - y) * scale;
            }

            var p = Clipped(x);
            return (p - y) / (p * (1 - p)) * scale;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Clipped<S>(S x)
        where S : struct, IReal<S> => S.Min(S.Max(x, Clip), 1 - Clip);
}
