using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Binary cross-entropy that pays less heed to what is already right (Lin et al., 2017, arXiv 1708.02002). With the probability p that is given to
/// the right answer: ℓ = −α·(1 − p)^γ·ln p, averaged over outputs and rows. Targets as for <see cref="BinaryCrossEntropy"/>; between 0 and 1 the losses
/// of both answers are mixed.
/// </summary>
/// <remarks>
/// With the logit x of the right answer and softplus s(x) = ln(1 + eˣ): ℓ = α·e^(−γ·s(x))·s(−x),
/// ℓ′ = −α·e^(−γ·s(x))·(γ·σ(x)·s(−x) + σ(−x)): exact for any logits, and what follows <see cref="Sigmoid"/> is computed so. Probabilities from elsewhere are
/// clipped to 1e-7 … 1 − 1e-7. γ = 2 and no α as in Keras; torchvision's sigmoid_focal_loss has α = 0.25.
/// </remarks>
public sealed record BinaryFocalCrossEntropy : ElementLoss
{
    private const double Clip = 1e-7;

    /// <summary>γ ≥ 0: how much less what is right counts. 0 gives the plain cross-entropy.</summary>
    public double Gamma { get; init; } = 2;

    /// <summary>The weight of the answer yes, 0 to 1, where no has one minus it; null gives both 1.</summary>
    public double? Alpha { get; init; }

    /// <summary>Whether the network ends in logits instead of probabilities: the sigmoid is then part of the loss.</summary>
    public bool FromLogits { get; init; }

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        !(double.IsFinite(Gamma) && Gamma >= 0) ? Wrong(string.Create(CultureInfo.InvariantCulture, $"{Kind} has γ = {Gamma}: give a finite number of 0 or more, such as 2"))
        : Alpha is not (null or (>= 0 and <= 1)) ? Wrong(string.Create(CultureInfo.InvariantCulture, $"{Kind} has α = {Alpha}: give a number from 0 to 1, or null for none"))
        : BinaryCrossEntropy.ProblemWith(Kind, range, targets, FromLogits) is { } problem ? Wrong(problem)
        : FitsTwoClasses(outputs, targets, FromLogits ? "Dense(1)" : "Dense(1) and Sigmoid");

    /// <inheritdoc/>
    public override Loss? Absorb(Layer last) => last is Sigmoid && !FromLogits ? this with { FromLogits = true } : null;

    /// <inheritdoc/>
    protected override void Terms<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> losses) =>
        Elementwise.Zip(new Term<T>(WeightsOf<T>(), FromLogits), prediction, target, losses);

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) =>
        Elementwise.Zip(new Slope<T>(WeightsOf<T>(), FromLogits, scale), prediction, target, slopes);

    /// <inheritdoc/>
    protected override int CountRight<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T tolerance) =>
        Elementwise.Count(new SameSide<T>(FromLogits ? T.Zero : T.CreateTruncating(0.5), T.CreateTruncating(0.5)), prediction, target);

    private (T Gamma, T Yes, T No) WeightsOf<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (T.CreateTruncating(Gamma), T.CreateTruncating(Alpha ?? 1), T.CreateTruncating(1 - Alpha ?? 1));

    private readonly struct Term<T>((T Gamma, T Yes, T No) weights, bool isLogit) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y)
        {
            var z = isLogit ? x : LogitOf(x).Logit;
            var yes = Vector512.Create(weights.Yes) * y * Focal(z, weights.Gamma);
            return Lanes<T>.MultiplyAdd(Vector512.Create(weights.No) * (Vector512<T>.One - y), Focal(-z, weights.Gamma), yes);
        }
    }

    private readonly struct Slope<T>((T Gamma, T Yes, T No) weights, bool isLogit, T scale) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y)
        {
            var (z, chain) = isLogit ? (x, Vector512<T>.One) : LogitOf(x);
            var yes = Vector512.Create(weights.Yes) * y * FocalSlope(z, weights.Gamma);
            var no = Vector512.Create(weights.No) * (Vector512<T>.One - y) * FocalSlope(-z, weights.Gamma);
            return (yes - no) * chain * Vector512.Create(scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Focal<T>(Vector512<T> x, T gamma)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Exponential<T>.Exp(Vector512.Create(-gamma) * NearZero<T>.Softplus(x)) * NearZero<T>.Softplus(-x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> FocalSlope<T>(Vector512<T> x, T gamma)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var softened = Vector512.Create(gamma) * Exponential<T>.Sigmoid(x) * NearZero<T>.Softplus(-x);
        return -Exponential<T>.Exp(Vector512.Create(-gamma) * NearZero<T>.Softplus(x)) * (softened + Exponential<T>.Sigmoid(-x));
    }

    /// <summary>The logit of a probability, clipped, and its derivative 1/(p·(1 − p)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<T> Logit, Vector512<T> Slope) LogitOf<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var p = Vector512.ConditionalSelect(Vector512.LessThan(x, Lanes<T>.Of(Clip)), Lanes<T>.Of(Clip), x);
        p = Vector512.ConditionalSelect(Vector512.GreaterThan(p, Lanes<T>.Of(1 - Clip)), Lanes<T>.Of(1 - Clip), p);
        var rest = Vector512<T>.One - p;
        return (Exponential<T>.Log(p) - Exponential<T>.Log(rest), Vector512<T>.One / (p * rest));
    }
}
