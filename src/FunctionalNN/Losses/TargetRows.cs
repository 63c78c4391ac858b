using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>What losses over the outputs of a row ask of their targets.</summary>
internal static class TargetRows
{
    /// <summary>How far from 1 the sum of a distribution may be: targets that were rounded are still distributions.</summary>
    private const double Slack = 1e-3;

    /// <summary>One distribution a row: one-hot for a label, real targets as they are; with smoothing α each number t becomes (1 − α)·t + α/k.</summary>
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

    /// <summary>What is wrong with targets that are to be one class, or one distribution over the classes, a row; null when nothing is.</summary>
    public static string? ProblemAsClasses(string kind, Targets targets, int outputs, bool takesDistributions) => targets switch
    {
        ClassLabels labels when labels.Classes != outputs =>
            $"labels have {labels.Classes} classes, the network ends in {outputs}: end it in Dense({labels.Classes}) and Softmax",
        ClassLabels => null,
        _ when !takesDistributions => $"{kind} takes class labels, the data has {targets}: make them ClassLabels, or use MeanSquaredError",
        RealTargets<float> real => ProblemAsDistributions(kind, real.Values, outputs),
        RealTargets<double> real => ProblemAsDistributions(kind, real.Values, outputs),
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
                return string.Create(CultureInfo.InvariantCulture, $"{kind} takes targets from {range}, row {i / targets.Columns} has {value}: {fix}");
            }
        }

        return null;
    }

    private static string? ProblemAsDistributions<T>(string kind, Matrix<T> targets, int outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (targets.Columns != outputs)
        {
            return $"the targets are {targets.Columns} wide, the network ends in {outputs}: end it in Dense({targets.Columns}) and Softmax";
        }

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
                    + "its numbers must be 0 or more and add up to 1; for other numbers use MeanSquaredError";
            }
        }

        return null;
    }
}
