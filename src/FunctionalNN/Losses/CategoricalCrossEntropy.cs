using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// For one class of several: a row's loss is −ln ŷ[label], where ŷ are probabilities that add up to 1. Targets are class labels, or real
/// targets each of whose rows is a distribution t (one-hot or softer): the row's loss is then −Σ tⱼ·ln ŷⱼ.
/// Accuracy counts the rows whose greatest output is at the label, or where the greatest target is.
/// </summary>
/// <remarks>
/// After <see cref="Softmax"/> both are computed as one from the logits z: loss = ln Σe^z − z[label], gradient (softmax(z) − onehot)/n.
/// That is exact for any logits. On probabilities from elsewhere ŷ is clipped to 1e-7 … 1 − 1e-7, as Keras and
/// "Neural Networks from Scratch" do. Label smoothing is PyTorch's and Keras' (Szegedy et al., 2015, arXiv 1512.00567).
/// </remarks>
public sealed record CategoricalCrossEntropy : Loss
{
    internal static Schema Schema => Schema.Of("CategoricalCrossEntropy", new CategoricalCrossEntropy())
        .With("fromLogits", loss => loss.FromLogits, (loss, value) => loss with { FromLogits = value })
        .With("labelSmoothing", loss => loss.LabelSmoothing, (loss, value) => loss with { LabelSmoothing = value });

    private const double Clip = 1e-7;

    /// <summary>Whether the network ends in logits instead of probabilities: the softmax is then part of the loss.</summary>
    public bool FromLogits { get; init; }

    /// <summary>α, 0 ≤ α &lt; 1: each row's target t becomes (1 − α)·t + α/k over the k classes, so that no logit need grow without
    /// end.</summary>
    public double LabelSmoothing { get; init; }

    internal override bool IsRowwise => true;

    /// <inheritdoc/>
    public override OutputReading Reads => FromLogits ? OutputReading.ClassLogits : OutputReading.ClassProbabilities;

    /// <inheritdoc/>
    public override string? Unit => "nats";

    /// <inheritdoc/>
    public override double Baseline(Targets targets) => targets is ClassLabels labels ? Math.Log(labels.Classes) : double.NaN;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        LabelSmoothing is not (>= 0 and < 1)
            ? Wrong($"{Kind} has a label smoothing of {LabelSmoothing}: give a number from 0 up to, not including, 1")
        : TargetRows.ProblemAsClasses(Kind, targets, outputs, takesDistributions: true, FromLogits ? "" : " and Softmax") is { } problem
            ? Wrong(problem)
        : FromLogits && !range.MayBeLogits
            ? Wrong($"{Kind} with FromLogits takes any numbers, the network ends in {range.InWords}: leave its last activation "
                + $"out{range.OrFromLogits}")
        : range == OutputRange.LogDistribution
            ? Wrong($"{Kind} takes probabilities, the network ends in their logarithms: use NegativeLogLikelihood, or end it in Softmax")
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
        var (n, classes, batch) = (prediction.Rows, prediction.Columns, Math.Max(prediction.Rows, pass.BatchRows));
        if (targets is ClassLabels labels && LabelSmoothing == 0)
        {
            return FromLogits
                ? SoftmaxRows.CrossEntropy(pass.Team, prediction.Values, labels.Values, 1.0 / batch, rowLosses, gradient, n, classes)
                : OfProbabilities(prediction, labels.Values, batch, rowLosses, gradient);
        }

        var rows = TargetRows.Distributions(pass, targets, classes, LabelSmoothing);
        if (FromLogits)
        {
            SoftTargetRows.CrossEntropy(pass.Team, prediction.Values, rows.Values, 1.0 / batch, rowLosses, gradient, n, classes);
        }
        else
        {
            OfProbabilities(prediction, rows, batch, Clip, 1 - Clip, rowLosses, gradient);
        }

        return TargetRows.CountSamePeak(prediction, rows, rowLosses);
    }

    /// <summary>A row's loss −Σ tⱼ·ln ŷⱼ with ŷ kept within bounds, and its gradient −t/ŷ/n.</summary>
    internal static void OfProbabilities<T>(Matrix<T> prediction, Matrix<T> targets, int batchRows, double least, double greatest,
        Span<T> rowLosses, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (low, high, n) = (T.CreateTruncating(least), T.CreateTruncating(greatest), T.CreateTruncating(batchRows));
        for (var row = 0; row < prediction.Rows; row++)
        {
            var sum = T.Zero;
            for (var j = 0; j < prediction.Columns; j++)
            {
                var (t, at) = (targets.Row(row)[j], (row * prediction.Columns) + j);
                var likelihood = T.Clamp(prediction.Values[at], low, high);
                sum = T.FusedMultiplyAdd(-t, T.Log(likelihood), sum);
                if (!gradient.IsEmpty)
                {
                    gradient[at] = -t / (likelihood * n);
                }
            }

            rowLosses[row] = sum;
        }
    }

    private static long OfProbabilities<T>(Matrix<T> prediction, ReadOnlySpan<int> labels, int batchRows, Span<T> rowLosses,
        Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (least, greatest, n) = (T.CreateTruncating(Clip), T.CreateTruncating(1 - Clip), T.CreateTruncating(batchRows));
        var right = 0L;
        gradient.Clear();
        for (var row = 0; row < prediction.Rows; row++)
        {
            var values = prediction.Row(row);
            var likelihood = T.Clamp(values[labels[row]], least, greatest);
            rowLosses[row] = -T.Log(likelihood);
            right += ArgMax.Of(values) == labels[row] && !T.IsNaN(likelihood) ? 1 : 0;
            if (!gradient.IsEmpty)
            {
                gradient[(row * prediction.Columns) + labels[row]] = T.NegativeOne / (likelihood * n);
            }
        }

        return right;
    }
}
