using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// For one class of several: a row's loss is −ln ŷ[label], where ŷ are probabilities that add up to 1.
/// Accuracy counts the rows whose greatest output is at the label.
/// </summary>
/// <remarks>
/// After <see cref="Softmax"/> both are computed as one from the logits z: loss = ln Σe^z − z[label], gradient (softmax(z) − onehot)/n.
/// That is exact for any logits. On probabilities from elsewhere ŷ is clipped to 1e-7 … 1 − 1e-7, as Keras and
/// "Neural Networks from Scratch" do.
/// </remarks>
public sealed record CategoricalCrossEntropy : Loss
{
    private const double Clip = 1e-7;

    /// <summary>Whether the network ends in logits instead of probabilities: the softmax is then part of the loss.</summary>
    public bool FromLogits { get; init; }

    internal override bool IsRowwise => FromLogits;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        targets is not ClassLabels labels
            ? Wrong($"{Kind} takes class labels, the data has {targets}: make them ClassLabels, or use MeanSquaredError")
        : labels.Classes != outputs
            ? Wrong($"labels have {labels.Classes} classes, the network ends in {outputs}: end it in Dense({labels.Classes}) and Softmax")
        : FromLogits && range != OutputRange.Any
            ? Wrong($"{Kind} with FromLogits takes any numbers, the network ends in probabilities: leave its last activation out, or FromLogits")
        : !FromLogits && range == OutputRange.Any
            ? Wrong($"{Kind} takes probabilities, the network ends in any numbers: end it in Softmax, or set FromLogits")
        : Right;

    /// <inheritdoc/>
    public override Loss? Absorb(Layer last) => last is Softmax && !FromLogits ? this with { FromLogits = true } : null;

    /// <inheritdoc/>
    public override long Judged(int rows, int outputs) => rows;

    /// <inheritdoc/>
    public override long Evaluate<T>(in Pass<T> pass, Matrix<T> prediction, Targets targets, Span<T> rowLosses, Span<T> gradient)
    {
        var (n, classes) = (prediction.Rows, prediction.Columns);
        var labels = ((ClassLabels)targets).Values;
        return FromLogits
            ? SoftmaxRows.CrossEntropy(pass.Team, prediction.Values, labels, 1.0 / Math.Max(n, pass.BatchRows), rowLosses, gradient, n, classes)
            : OfProbabilities(prediction, labels, rowLosses, gradient);
    }

    private static long OfProbabilities<T>(Matrix<T> prediction, ReadOnlySpan<int> labels, Span<T> rowLosses, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (least, greatest, n) = (T.CreateTruncating(Clip), T.CreateTruncating(1 - Clip), T.CreateTruncating(prediction.Rows));
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
