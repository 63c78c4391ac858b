using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
public sealed record BinaryCrossEntropy : ElementLoss
{
    private const double Clip = 1e-7;

    /// <summary>Whether the network ends in logits instead of probabilities: the sigmoid is then part of the loss.</summary>
    public bool FromLogits { get; init; }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        ProblemWith(Kind, range, targets, FromLogits) is { } problem ? Wrong(problem) : FitsTwoClasses(outputs, targets, FromLogits ? "Dense(1)" : "Dense(1) and Sigmoid");

    /// <inheritdoc/>
    public override Loss? Absorb(Layer last) => last is Sigmoid && !FromLogits ? this with { FromLogits = true } : null;

    /// <inheritdoc/>
    protected override void Terms<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> losses)
    {
        if (FromLogits)
        {
            Elementwise.Zip(default(LogitTerm<T>), prediction, target, losses);
        }
        else
        {
            Elementwise.Zip(default(Term<T>), prediction, target, losses);
        }
    }

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes)
    {
        if (FromLogits)
        {
            Elementwise.Zip(new LogitSlope<T>(scale), prediction, target, slopes);
        }
        else
        {
            Elementwise.Zip(new Slope<T>(scale), prediction, target, slopes);
        }
    }

    /// <inheritdoc/>
    protected override int CountRight<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T tolerance) =>
        Elementwise.Count(new SameSide<T>(FromLogits ? T.Zero : T.CreateTruncating(0.5), T.CreateTruncating(0.5)), prediction, target);

    /// <summary>What is wrong with the network's last layer or the targets' numbers for a cross-entropy of yes-or-no answers; null when nothing is.</summary>
    internal static string? ProblemWith(string kind, OutputRange range, Targets targets, bool fromLogits) =>
        fromLogits && !range.MayBeLogits
            ? $"{kind} with FromLogits takes any numbers, the network ends in {range.InWords}: leave its last activation out{range.OrFromLogits}"
        : !fromLogits && !range.IsProbability
            ? $"{kind} takes probabilities, the network ends in {range.InWords}: end it in Sigmoid{range.OrSetFromLogits}"
        : TargetRows.ProblemOutside(kind, targets, 0, 1, "each is the answer no or yes, or how sure it is; for other numbers use MeanSquaredError");

    private readonly struct LogitTerm<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> z, Vector512<T> y)
        {
            var positive = Vector512.ConditionalSelect(Vector512.LessThan(z, Vector512<T>.Zero), Vector512<T>.Zero, z);
            return positive - (z * y) + Exponential<T>.Log(Vector512<T>.One + Exponential<T>.Exp(-Vector512.Abs(z)));
        }
    }

    private readonly struct LogitSlope<T>(T scale) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> z, Vector512<T> y) => (Exponential<T>.Sigmoid(z) - y) * Vector512.Create(scale);
    }

    private readonly struct Term<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y)
        {
            var p = Clipped(x);
            return -((y * Exponential<T>.Log(p)) + ((Vector512<T>.One - y) * Exponential<T>.Log(Vector512<T>.One - p)));
        }
    }

    private readonly struct Slope<T>(T scale) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y)
        {
            var p = Clipped(x);
            return (p - y) / (p * (Vector512<T>.One - p)) * Vector512.Create(scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Clipped<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var low = Vector512.ConditionalSelect(Vector512.LessThan(x, Lanes<T>.Of(Clip)), Lanes<T>.Of(Clip), x);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(low, Lanes<T>.Of(1 - Clip)), Lanes<T>.Of(1 - Clip), low);
    }
}
