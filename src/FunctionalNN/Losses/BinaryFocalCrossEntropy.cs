using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Binary cross-entropy that pays less heed to what is already right (Lin et al., 2017, arXiv 1708.02002). With the probability p that is
/// given to the right answer: ℓ = −α·(1 − p)^γ·ln p, averaged over outputs and rows. Targets as for <see cref="BinaryCrossEntropy"/>;
/// between 0 and 1 the losses of both answers are mixed.
/// </summary>
/// <remarks>
/// With the logit x of the right answer and softplus s(x) = ln(1 + eˣ): ℓ = α·e^(−γ·s(x))·s(−x),
/// ℓ′ = −α·e^(−γ·s(x))·(γ·σ(x)·s(−x) + σ(−x)): exact for any logits, and what follows <see cref="Sigmoid"/> is computed so. Probabilities
/// from elsewhere are clipped to 1e-7 … 1 − 1e-7. γ = 2 and no α as in Keras; torchvision's sigmoid_focal_loss has α = 0.25.
/// </remarks>
public sealed record BinaryFocalCrossEntropy : ElementLoss<BinaryFocalCrossEntropy.Rule>
{
    internal static Schema Schema => Schema.Of("BinaryFocalCrossEntropy", new BinaryFocalCrossEntropy())
        .With("gamma", loss => loss.Gamma, (loss, value) => loss with { Gamma = value })
        .With("alpha", loss => loss.Alpha, (loss, value) => loss with { Alpha = value })
        .With("fromLogits", loss => loss.FromLogits, (loss, value) => loss with { FromLogits = value });

    private const double Clip = 1e-7;

    /// <summary>γ ≥ 0: how much less what is right counts. 0 gives the plain cross-entropy.</summary>
    public double Gamma { get; init; } = 2;

    /// <summary>The weight of the answer yes, 0 to 1, where no has one minus it; null gives both 1.</summary>
    public double? Alpha { get; init; }

    /// <summary>Whether the network ends in logits instead of probabilities: the sigmoid is then part of the loss.</summary>
    public bool FromLogits { get; init; }

    /// <inheritdoc/>
    public override OutputReading Reads => FromLogits ? OutputReading.AnswerLogits : OutputReading.AnswerProbabilities;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        !(double.IsFinite(Gamma) && Gamma >= 0)
            ? Wrong($"{Kind} has γ = {Gamma}: give a finite number of 0 or more, such as 2")
        : Alpha is not (null or (>= 0 and <= 1))
            ? Wrong($"{Kind} has α = {Alpha}: give a number from 0 to 1, or null for none")
        : BinaryCrossEntropy.ProblemWith(Kind, range, targets, FromLogits) is { } problem ? Wrong(problem)
        : FitsTwoClasses(outputs, targets, FromLogits ? "Dense(1)" : "Dense(1) and Sigmoid");

    /// <inheritdoc/>
    public override Loss? Fuse(Layer last) => last is Sigmoid && !FromLogits ? this with { FromLogits = true } : null;

    /// <inheritdoc/>
    protected override Rule Formula => new(Gamma, Alpha ?? 1, 1 - Alpha ?? 1, FromLogits);

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) =>
        Elementwise.Zip(new CalledBinaryFormula<Slope>(new(Gamma, Alpha ?? 1, 1 - Alpha ?? 1, FromLogits, double.CreateTruncating(scale))),
            prediction, target, slopes);

    /// <inheritdoc/>
    protected override int CountRight<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T tolerance) =>
        Elementwise.Count(new SameSide<T>(FromLogits ? T.Zero : T.CreateTruncating(0.5), T.CreateTruncating(0.5)), prediction, target);

    /// <summary>ℓ = α·e^(−γ·s(x))·s(−x) for the answer yes and the same for no.</summary>
    public readonly struct Rule(Setting gamma, Setting yes, Setting no, bool fromLogits) : IBinaryFormula
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S>
        {
            var z = fromLogits ? x : LogitOf(x);
            return S.MultiplyAdd(no * (1 - y), Focal(-z, gamma), yes * y * Focal(z, gamma));
        }
    }

    private readonly struct Slope(Setting gamma, Setting yes, Setting no, bool fromLogits, Setting scale) : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S y)
            where S : struct, IReal<S>
        {
            var (z, chain) = fromLogits ? (x, (S)1) : (LogitOf(x), LogitSlope(x));
            return ((yes * y * FocalSlope(z, gamma)) - (no * (1 - y) * FocalSlope(-z, gamma))) * chain * scale;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Focal<S>(S x, Setting gamma)
        where S : struct, IReal<S> => S.Exp(-(S)gamma * S.Softplus(x)) * S.Softplus(-x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S FocalSlope<S>(S x, Setting gamma)
        where S : struct, IReal<S>
    {
        var softened = gamma * S.Sigmoid(x) * S.Softplus(-x);
        return -S.Exp(-(S)gamma * S.Softplus(x)) * (softened + S.Sigmoid(-x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Clipped<S>(S x)
        where S : struct, IReal<S> => S.Min(S.Max(x, Clip), 1 - Clip);

    /// <summary>The logit of a probability, clipped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S LogitOf<S>(S x)
        where S : struct, IReal<S> => S.Log(Clipped(x)) - S.Log(1 - Clipped(x));

    /// <summary>The logit's derivative 1/(p·(1 − p)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S LogitSlope<S>(S x)
        where S : struct, IReal<S> => 1 / (Clipped(x) * (1 - Clipped(x)));
}
