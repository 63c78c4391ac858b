using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// For one class of several, from logarithms of probabilities ŷ: a row's loss is −ŷ[label], or −Σ tⱼ·ŷⱼ where the target is a distribution
/// t; ∂L/∂ŷ = −t/n. After <see cref="LogSoftmax"/> it is what <see cref="CategoricalCrossEntropy"/> is after <see cref="Softmax"/>, as
/// NLLLoss in PyTorch; the two are then computed as one from the logits. Accuracy counts the rows whose greatest output is where the
/// greatest target is.
/// </summary>
public sealed record NegativeLogLikelihood : Loss
{
    internal static Schema Schema => Schema.Of("NegativeLogLikelihood", new NegativeLogLikelihood());

    internal override bool IsRowwise => true;

    /// <inheritdoc/>
    public override OutputReading Reads => OutputReading.ClassProbabilities;

    /// <inheritdoc/>
    public override string? Unit => "nats";

    /// <inheritdoc/>
    public override double Baseline(Targets targets) => targets is ClassLabels labels ? Math.Log(labels.Classes) : double.NaN;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        TargetRows.ProblemAsClasses(Kind, targets, outputs, takesDistributions: true, " and LogSoftmax") is { } problem ? Wrong(problem)
        : range.IsProbability
            ? Wrong($"{Kind} takes logarithms of probabilities, the network ends in probabilities: use CategoricalCrossEntropy, or end it "
                + $"in LogSoftmax")
        : range != OutputRange.LogDistribution
            ? Wrong($"{Kind} takes logarithms of probabilities, the network ends in {range.InWords}: end it in LogSoftmax")
        : Right;

    /// <inheritdoc/>
    public override Loss? Fuse(Layer last) => last is LogSoftmax ? new CategoricalCrossEntropy { FromLogits = true } : null;

    /// <inheritdoc/>
    public override long Predictions(int rows, int outputs) => rows;

    /// <inheritdoc/>
    public override long Evaluate<T>(in Pass<T> pass, Matrix<T> prediction, Targets targets, Span<T> rowLosses, Span<T> gradient)
    {
        var rows = TargetRows.Distributions(pass, targets, prediction.Columns);
        var scale = T.One / T.CreateTruncating(Math.Max(prediction.Rows, pass.BatchRows));
        for (var row = 0; row < prediction.Rows; row++)
        {
            var sum = T.Zero;
            for (var j = 0; j < prediction.Columns; j++)
            {
                // 0·∞ = 0 here: what cannot be costs nothing where it is not asked for.
                var (t, at) = (rows.Row(row)[j], (row * prediction.Columns) + j);
                sum = t == T.Zero ? sum : T.FusedMultiplyAdd(-t, prediction.Values[at], sum);
                if (!gradient.IsEmpty)
                {
                    gradient[at] = -t * scale;
                }
            }

            rowLosses[row] = sum;
        }

        return TargetRows.CountSamePeak(prediction, rows, rowLosses);
    }
}
