using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// How far the predicted distribution ŷ is from the target distribution t: a row's loss is Σ tⱼ·ln(tⱼ/ŷⱼ), with 0·ln 0 = 0; ∂L/∂ŷ = −t/ŷ/n.
/// It is the cross-entropy less the entropy of t, so its gradient is the same and it is 0 where ŷ = t. The sum over the row is averaged
/// over the rows, as in Keras; PyTorch calls that reduction="batchmean".
/// </summary>
/// <remarks>
/// After <see cref="Softmax"/> both are computed as one from the logits. Probabilities from elsewhere are clipped to 1e-7 … 1, as in Keras.
/// Accuracy counts the rows whose greatest output is where the greatest target is.
/// </remarks>
public sealed record KullbackLeibler : Loss
{
    internal static Schema Schema => Schema.Of("KullbackLeibler", new KullbackLeibler())
        .With("fromLogits", loss => loss.FromLogits, (loss, value) => loss with { FromLogits = value });

    private const double Clip = 1e-7;

    /// <summary>Whether the network ends in logits, or in logarithms of probabilities, instead of probabilities.</summary>
    public bool FromLogits { get; init; }

    internal override bool IsRowwise => true;

    /// <inheritdoc/>
    public override OutputReading Reads => FromLogits ? OutputReading.ClassLogits : OutputReading.ClassProbabilities;

    /// <inheritdoc/>
    public override string? Unit => "nats";

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        TargetRows.ProblemAsClasses(Kind, targets, outputs, takesDistributions: true, FromLogits ? "" : " and Softmax") is { } problem
            ? Wrong(problem)
        : FromLogits && range.IsProbability
            ? Wrong($"{Kind} with FromLogits takes any numbers, the network ends in probabilities: leave its last activation "
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
        var (n, k) = (prediction.Rows, prediction.Columns);
        var batch = Math.Max(n, pass.BatchRows);
        var rows = TargetRows.Distributions(pass, targets, k);
        if (FromLogits)
        {
            SoftTargetRows.CrossEntropy(pass.Team, prediction.Values, rows.Values, 1.0 / batch, rowLosses, gradient, n, k);
        }
        else
        {
            CategoricalCrossEntropy.OfProbabilities(prediction, rows, batch, Clip, 1, rowLosses, gradient);
        }

        for (var row = 0; row < n; row++)
        {
            foreach (var t in rows.Row(row))
            {
                rowLosses[row] += t > T.Zero ? t * T.Log(t) : T.Zero;
            }
        }

        return TargetRows.CountSamePeak(prediction, rows, rowLosses);
    }
}
