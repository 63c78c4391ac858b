using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// For one class of several: a row's loss is max(0, 1 + ŷ[r] − ŷ[label]), where r is the greatest output beside the label; ∂L/∂ŷ is 1/n at
/// r and −1/n at the label where the loss is above 0, else 0 (Crammer and Singer, 2001). The same in Keras. Accuracy counts the rows whose
/// greatest output is at the label.
/// </summary>
public sealed record CategoricalHinge : Loss
{
    internal static Schema Schema => Schema.Of("CategoricalHinge", new CategoricalHinge());

    internal override bool IsRowwise => true;

    /// <inheritdoc/>
    public override OutputReading Reads => OutputReading.ClassScores;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        TargetRows.ProblemAsClasses(Kind, targets, outputs, takesDistributions: false, "") is { } problem ? Wrong(problem)
        : outputs < 2 ? Wrong($"{Kind} compares classes, and there is one: use Hinge with labels of two classes")
        : !range.MayBeLogits
            ? Wrong($"{Kind} takes any numbers, the network ends in {range.InWords}, which never reach the margin: leave its last "
                + $"activation out")
        : Right;

    /// <inheritdoc/>
    public override long Predictions(int rows, int outputs) => rows;

    /// <inheritdoc/>
    public override long Evaluate<T>(in Pass<T> pass, Matrix<T> prediction, Targets targets, Span<T> rowLosses, Span<T> gradient)
    {
        var labels = ((ClassLabels)targets).Values;
        var (right, scale) = (0L, T.One / T.CreateTruncating(Math.Max(prediction.Rows, pass.BatchRows)));
        gradient.Clear();
        for (var row = 0; row < prediction.Rows; row++)
        {
            var values = prediction.Row(row);
            var label = labels[row];
            var rival = label == 0 ? 1 : 0;
            for (var j = rival + 1; j < values.Length; j++)
            {
                // Written so that NaN comes through.
                rival = j == label || values[j] <= values[rival] || T.IsNaN(values[rival]) ? rival : j;
            }

            var lacking = T.One + values[rival] - values[label];
            rowLosses[row] = lacking <= T.Zero ? T.Zero : lacking;
            right += ArgMax.Of(values) == label && !T.IsNaN(lacking) ? 1 : 0;
            if (!gradient.IsEmpty && !(lacking <= T.Zero))
            {
                gradient[(row * values.Length) + rival] = scale;
                gradient[(row * values.Length) + label] = -scale;
            }
        }

        return right;
    }
}
