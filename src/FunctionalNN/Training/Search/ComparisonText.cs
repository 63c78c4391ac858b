using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>The table of a comparison for a fixed-width terminal.</summary>
internal static class ComparisonText
{
    private const string Levels = "▁▂▃▄▅▆▇█";
    private const int CurveWidth = 20;
    private const int EndWidth = 44;

    public static string Of<TSettings, T>(Comparison<TSettings, T> comparison, bool isByLoss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // One scale for all curves, so that they can be compared. Runs that explode are cut off, as long as they are fewer than half: they
        // would flatten the rest.
        double[][] curves =
            [.. comparison.Trials.Select(trial => trial.Curve.Select(LossOf).Where(double.IsFinite).ToArray())
                .Where(curve => curve.Length > 0)];
        double[] highest = [.. curves.Select(curve => curve.Max()).Order()];
        var (low, high) = curves.Length == 0 ? (0, 1) : (curves.Min(curve => curve.Min()), highest[highest.Length / 2]);
        var measured = comparison.Curves.Any(row => row.Point.Validation.IsSome) ? "held-out" : "training";
        return TextTable.Of(
            ["run", "end", "curve", "epochs", "best", $"{measured} loss", "accuracy", .. isByLoss ? Array.Empty<string>() : ["score"]],
            [.. comparison.Ranked.Select(trial => Row(trial, low, high, isByLoss))],
            left: 3);
    }

    private static string[] Row<TSettings, T>(Trial<TSettings, T> trial, double low, double high, bool isByLoss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var metrics = trial.Best.Match(state => state.Validation.IfNone(state.Training), () => default);
        return
        [
            trial.Name,
            Short(trial.End),
            Curve([.. trial.Curve.Select(LossOf)], low, high),
            $"{trial.Curve.Length}",
            trial.Best.Match(state => $"{state.Epoch}", () => "–"),
            metrics.Rows == 0 ? "–" : $"{metrics.Loss:F4}",
            metrics.Rows == 0 ? "–" : $"{metrics.Accuracy:F4}",
            .. isByLoss ? Array.Empty<string>() : [double.IsNaN(trial.Score) ? "–" : $"{trial.Score:G5}"],
        ];
    }

    /// <summary>The losses as bars, one an epoch, or one for the last of several.</summary>
    private static string Curve(double[] losses, double low, double high) => string.Concat(
        Enumerable.Range(1, Math.Min(CurveWidth, losses.Length))
            .Select(i => losses[(i * losses.Length / Math.Min(CurveWidth, losses.Length)) - 1]).Select(loss =>
            double.IsNaN(loss)
                ? '?'
                : Levels[(int)Math.Clamp((loss - low) / Math.Max(high - low, double.Epsilon) * Levels.Length, 0, Levels.Length - 1)]));

    private static double LossOf(TrialPoint point) => point.Validation.Match(metrics => metrics.Loss, () => point.Training.Loss);

    private static string Short(string end)
    {
        var line = end.ReplaceLineEndings(" ");
        return line.Length <= EndWidth ? line : $"{line[..(EndWidth - 1)]}…";
    }
}
