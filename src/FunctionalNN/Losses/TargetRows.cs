using System.Numerics;

namespace FunctionalNN;

/// <summary>What losses over the outputs of a row ask of their targets.</summary>
internal static class TargetRows
{
    /// <summary>How far from 1 the sum of a distribution may be: targets that were rounded are still distributions.</summary>
    private const double Slack = 1e-3;

    /// <summary>One distribution a row: one-hot for a label, real targets as they are; with smoothing α each number t becomes (1 − α)·t +
    /// α/k.</summary>
    public static Matrix<T> Distributions<T>(in Pass<T> pass, Targets targets, int columns, double smoothing = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (targets is RealTargets<T> given && smoothing == 0)
        {
            return given.Values;
        }

        var rows = pass.Rent(targets.Count, columns, out var values);
        var (kept, shared) = (T.CreateTruncating(1 - smoothing), T.CreateTruncating(smoothing / columns));
        if (targets is RealTargets<T> real)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = T.FusedMultiplyAdd(kept, real.Values.Values[i], shared);
            }
        }
        else
        {
            values.Fill(shared);
            var labels = ((ClassLabels)targets).Values;
            for (var row = 0; row < labels.Length; row++)
            {
                values[(row * columns) + labels[row]] += kept;
            }
        }

        return rows;
    }

    /// <summary>For how many rows both have the greatest number at the same place; a row whose loss is NaN is never right.</summary>
    public static long CountSamePeak<T>(Matrix<T> prediction, Matrix<T> targets, ReadOnlySpan<T> rowLosses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var right = 0L;
        for (var row = 0; row < prediction.Rows; row++)
        {
            right += ArgMax.Of(prediction.Row(row)) == ArgMax.Of(targets.Row(row)) && !T.IsNaN(rowLosses[row]) ? 1 : 0;
        }

        return right;
    }

    /// <summary>What is wrong with targets that are to be one class, or one distribution over the classes, a row; null when nothing
    /// is.</summary>
    /// <param name="kind">The loss.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="outputs">The width of the network's output.</param>
    /// <param name="takesDistributions">Whether a distribution a row will do.</param>
    /// <param name="ending">What the network is to end in for this loss after its last Dense, such as " and Softmax".</param>
    public static string? ProblemAsClasses(string kind, Targets targets, int outputs, bool takesDistributions, string ending) =>
        targets switch
        {
            ClassLabels { Classes: 1 } =>
                "the labels have one class: there is nothing to tell apart; say how many classes there are when the labels are made",
            ClassLabels labels when labels.Classes != outputs =>
                $"labels have {labels.Classes} classes, the network ends in {outputs}: end it in Dense({labels.Classes}){ending}",
            ClassLabels => null,
            RealTargets<float> real => ProblemAsNumbers(kind, real.Values, outputs, takesDistributions, ending),
            RealTargets<double> real => ProblemAsNumbers(kind, real.Values, outputs, takesDistributions, ending),
            _ => $"{kind} takes class labels or distributions, the data has {targets}",
        };

    /// <summary>What is wrong with real targets that are to lie in a range; null when nothing is.</summary>
    public static string? ProblemOutside(string kind, Targets targets, double least, double greatest, string fix) => targets switch
    {
        RealTargets<float> real => ProblemOutside(kind, real.Values, least, greatest, fix),
        RealTargets<double> real => ProblemOutside(kind, real.Values, least, greatest, fix),
        _ => null,
    };

    private static string? ProblemOutside<T>(string kind, Matrix<T> targets, double least, double greatest, string fix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < targets.Values.Length; i++)
        {
            var value = double.CreateSaturating(targets.Values[i]);
            if (!(value >= least && value <= greatest))
            {
                var range = double.IsPositiveInfinity(greatest) ? $"{least} up" : $"{least} to {greatest}";
                return $"{kind} takes targets from {range}, row {i / targets.Columns} has {value}: {fix}";
            }
        }

        return null;
    }

    private static string? ProblemAsNumbers<T>(string kind, Matrix<T> targets, int outputs, bool takesDistributions, string ending)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        GreatestWhole(targets) is { } greatest
            ? $"the targets are one column of whole numbers from 0 to {greatest}, which seem to be the numbers of classes: make them "
                    + $"class labels with data.ToClassLabels()"
                    + $"{(outputs == greatest + 1 ? "" : $", and end the network in Dense({greatest + 1}){ending}")}"
            : takesDistributions && targets.Columns > 1 ? ProblemAsDistributions(kind, targets, outputs, ending)
            : $"{kind} takes class labels{(takesDistributions ? ", or rows that are distributions" : "")}, and the targets are "
                + $"{targets.Rows} × {targets.Columns} numbers: {MeanSquared(targets.Columns, outputs)}";

    /// <summary>The greatest of a column of whole numbers from 0 up, 1 or more; null where it is something else.</summary>
    private static int? GreatestWhole<T>(Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int MaxClasses = 1000;
        var greatest = 0;
        foreach (var value in targets.Columns == 1 ? targets.Values : [])
        {
            if (!(T.IsInteger(value) && value >= T.Zero && value < T.CreateTruncating(MaxClasses)))
            {
                return null;
            }

            greatest = Math.Max(greatest, int.CreateTruncating(value));
        }

        return greatest > 0 ? greatest : null;
    }

    private static string MeanSquared(int columns, int outputs) =>
        $"for quantities use MeanSquaredError{(columns == outputs ? "" : $", and end the network in Dense({columns})")}";

    private static string? ProblemAsDistributions<T>(string kind, Matrix<T> targets, int outputs, string ending)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var row = 0; row < targets.Rows; row++)
        {
            var sum = 0.0;
            foreach (var value in targets.Row(row))
            {
                sum += T.IsNegative(value) ? double.NaN : double.CreateSaturating(value);
            }

            if (!(Math.Abs(sum - 1) <= Slack))
            {
                return $"{kind} takes class labels, or real targets each of whose rows is a distribution, and row {row} is none: "
                    + $"its numbers must be 0 or more and add up to 1; {MeanSquared(targets.Columns, outputs)}";
            }
        }

        return targets.Columns == outputs
            ? null
            : $"the targets are {targets.Columns} wide, the network ends in {outputs}: end it in Dense({targets.Columns}){ending}";
    }
}
