using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Categorical cross-entropy that pays less heed to rows that are already right (Lin et al., 2017, arXiv 1708.02002). With the probability
/// p that is given to the right class: a row's loss is −α·(1 − p)^γ·ln p. γ = 2 and α = 0.25 as in Keras. Takes class labels.
/// Accuracy counts the rows whose greatest output is at the label.
/// </summary>
/// <remarks>
/// With ℓ = −ln p: ∂L/∂z = α·((1 − p)^γ + γ·(1 − p)^(γ − 1)·p·ℓ)·(softmax(z) − onehot)/n, so after <see cref="Softmax"/> it is the plain
/// cross-entropy of the logits z with a factor for each row, exact for any logits. Probabilities from elsewhere are clipped to 1e-7 … 1 −
/// 1e-7.
/// </remarks>
public sealed record CategoricalFocalCrossEntropy : Loss
{
    internal static Schema Schema => Schema.Of("CategoricalFocalCrossEntropy", new CategoricalFocalCrossEntropy())
        .With("gamma", loss => loss.Gamma, (loss, value) => loss with { Gamma = value })
        .With("alpha", loss => loss.Alpha, (loss, value) => loss with { Alpha = value })
        .With("fromLogits", loss => loss.FromLogits, (loss, value) => loss with { FromLogits = value });

    /// <summary>γ ≥ 0: how much less what is right counts. 0 gives α times the plain cross-entropy.</summary>
    public double Gamma { get; init; } = 2;

    /// <summary>α > 0: a factor of the whole.</summary>
    public double Alpha { get; init; } = 0.25;

    /// <summary>Whether the network ends in logits instead of probabilities: the softmax is then part of the loss.</summary>
    public bool FromLogits { get; init; }

    internal override bool IsRowwise => true;

    /// <inheritdoc/>
    public override OutputReading Reads => FromLogits ? OutputReading.ClassLogits : OutputReading.ClassProbabilities;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        !(double.IsFinite(Gamma) && Gamma >= 0)
            ? Wrong($"{Kind} has γ = {Gamma}: give a finite number of 0 or more, such as 2")
        : !(double.IsFinite(Alpha) && Alpha > 0)
            ? Wrong($"{Kind} has α = {Alpha}: give a finite number above 0, such as 0.25")
        : TargetRows.ProblemAsClasses(Kind, targets, outputs, takesDistributions: false, FromLogits ? "" : " and Softmax") is { } problem
            ? Wrong(problem)
        : FromLogits && !range.MayBeLogits
            ? Wrong($"{Kind} with FromLogits takes any numbers, the network ends in {range.InWords}: leave its last activation "
                + $"out{range.OrFromLogits}")
        : !FromLogits && !range.IsProbability
            ? Wrong($"{Kind} takes probabilities, the network ends in {range.InWords}: end it in Softmax{range.OrSetFromLogits}")
        : Right;

    /// <inheritdoc/>
    public override Loss? Fuse(Layer last) => last is Softmax && !FromLogits ? this with { FromLogits = true } : null;

    /// <inheritdoc/>
    public override long Predictions(int rows, int outputs) => rows;

    /// <inheritdoc/>
    public override long Evaluate<T>(in Pass<T> pass, Matrix<T> prediction, Targets targets, Span<T> rowLosses, Span<T> gradient)
    {
        var plain = new CategoricalCrossEntropy { FromLogits = FromLogits };
        var right = plain.Evaluate(pass, prediction, targets, rowLosses, gradient);
        var (gamma, alpha) = (T.CreateTruncating(Gamma), T.CreateTruncating(Alpha));
        for (var row = 0; row < prediction.Rows; row++)
        {
            // 1 − p = 1 − e^(−ℓ), without loss of digits where p is near 1; ℓ/(1 − p) goes to 1 there.
            var loss = rowLosses[row];
            var (p, rest) = (T.Exp(-loss), -T.ExpM1(-loss));
            var damping = T.Pow(rest, gamma);
            var ratio = rest == T.Zero ? T.One : loss / rest;
            var factor = alpha * damping * (T.One + (gamma * p * ratio));
            rowLosses[row] = alpha * damping * loss;
            if (!gradient.IsEmpty)
            {
                foreach (ref var slope in gradient.Slice(row * prediction.Columns, prediction.Columns))
                {
                    slope *= factor;
                }
            }
        }

        return right;
    }
}
