using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <content>Curves of a run.</content>
public sealed partial record Figure
{
    private const double LogarithmFrom = 10;

    /// <summary>Loss, accuracy of a classifier, and learning rate over the epochs of a run, in training and, where the states were
    /// validated, on held-out data.</summary>
    /// <param name="states">The run's states. A lazy sequence is trained as it is read: keep its states with <c>ToList()</c> to draw them
    /// too.</param>
    public static Figure LearningCurves<T>(IEnumerable<TrainingState<T>> states)
        where T : unmanaged, IFloatingPointIeee754<T> => LearningCurves(("", states));

    /// <summary>The curves of several runs over one another, each in its colour; held-out data dashed.</summary>
    /// <param name="runs">A name and the states of each run.</param>
    public static Figure LearningCurves<T>(params IEnumerable<(string Name, IEnumerable<TrainingState<T>> States)> runs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var curves = runs.Select((run, i) => Curve.Of(run.Name, i, run.States)).ToArray();
        var isOne = curves.Length == 1;
        ImmutableArray<CurvePanel> panels =
        [
            new("loss", curves.Select(curve => curve.Unit).Distinct().ToArray() is [{ } unit] ? unit : null, point => point.Loss,
                point => point.HeldOutLoss),
            new("accuracy", "%", point => 100 * point.Accuracy, point => 100 * point.HeldOutAccuracy),
            new("learning rate", null, point => point.Rate, _ => double.NaN),
        ];
        panels = [.. panels.Where(panel => curves.Any(curve => curve.Points.Any(point => double.IsFinite(panel.Training(point)))))];
        return new Figure
        {
            Title = isOne ? "Learning curves" : $"Learning curves of {curves.Length} runs",
            Note = isOne ? curves[0].End : "",
            Traces = [.. panels.SelectMany((panel, row) => curves.SelectMany(curve => curve.Lines(panel, row, isOne)))],
            Layout = Panels.Layout([.. panels.Select(panel => panel.Axis(curves))], Axis.Of("epoch"), 190).Merge(PlotObject.Of(
                ("hovermode", "x"),
                ("shapes", isOne && curves[0].Kept is { } kept ? PlotValue.List(Panels.VerticalLine(kept)) : null))),
        };
    }

    private readonly record struct CurvePoint(int Epoch, double Loss, double HeldOutLoss, double Accuracy, double HeldOutAccuracy,
        double Rate);

    private sealed record CurvePanel(string Title, string? Unit, Func<CurvePoint, double> Training, Func<CurvePoint, double> HeldOut)
    {
        /// <summary>Logarithmic where the numbers differ by more than a factor of ten and accuracy is not what they are.</summary>
        public PlotObject Axis(Curve[] curves)
        {
            var values = curves.SelectMany(curve => curve.Points).SelectMany(point => new[] { Training(point), HeldOut(point) })
                .Where(double.IsFinite).ToArray();
            var isWide = Title != "accuracy" && values.Min() > 0 && values.Max() > LogarithmFrom * values.Min();
            return FunctionalNN.Axis.Of(Title, Unit,
                isWide ? PlotObject.Of(("type", "log"), ("exponentformat", "power"),
                    ("dtick", values.Max() > 1e3 * values.Min() ? 1 : "D2"))
                : PlotObject.Of(("exponentformat", "power"), ("rangemode", Title == "learning rate" ? "tozero" : "normal")));
        }
    }

    private sealed record Curve(string Name, int Index, ImmutableArray<CurvePoint> Points, string? Unit, string End, int? Kept)
    {
        public static Curve Of<T>(string name, int index, IEnumerable<TrainingState<T>> states)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var points = ImmutableArray.CreateBuilder<CurvePoint>();
            TrainingState<T>? last = null;
            var unit = "";
            foreach (var state in states)
            {
                last = state;
                unit = (state.Objective.Case as Loss)?.Unit;
                var hasAccuracy = state.Objective.Case is not Loss { Reads: OutputReading.Quantities };
                // The state that closes a sequence is one of those before.
                if (state.Divergence.IsNone && state.Training.Rows > 0
                    && (state.Stopped.IsNone || points.All(point => point.Epoch != state.Epoch)))
                {
                    points.Add(new CurvePoint(
                        state.Epoch,
                        state.Training.Loss,
                        state.Validation.Match(metrics => metrics.Loss, () => double.NaN),
                        hasAccuracy ? state.Training.Accuracy : double.NaN,
                        hasAccuracy ? state.Validation.Match(metrics => metrics.Accuracy, () => double.NaN) : double.NaN,
                        state.LearningRate));
                }
            }

            if (points.Count == 0)
            {
                throw new ArgumentException(
                    $"the run{(name.Length > 0 ? $" \"{name}\"" : "")} has no epoch to draw: give the states of one epoch or more");
            }

            var end =
                last!.Divergence.Match(divergence => $"The run diverged at {divergence}.",
                    () => last.Stopped.Match(reason => $"The run ended with {reason}.", () => ""));
            return new Curve(name, index, points.DrainToImmutable(), unit, end, last.Stopped.IsSome ? last.Epoch : null);
        }

        public IEnumerable<PlotObject> Lines(CurvePanel panel, int row, bool isOne)
        {
            yield return Line(panel, row, panel.Training, isOne ? "training" : Name, isOne ? 0 : Index, "solid");
            if (Points.Any(point => double.IsFinite(panel.HeldOut(point))))
            {
                yield return Line(panel, row, panel.HeldOut, isOne ? "held-out data" : $"{Name}, held-out data", isOne ? 1 : Index, "dash");
            }
        }

        private PlotObject Line(CurvePanel panel, int row, Func<CurvePoint, double> value, string name, int colour, string dash) =>
            PlotObject.Of(
            ("type", "scatter"),
            ("mode", Points.Length == 1 ? "markers" : "lines"),
            ("name", name),
            ("legendgroup", name),
            ("showlegend", row == 0),
            ("x", PlotValue.Numbers(Points.Select(point => (double)point.Epoch))),
            ("y", PlotValue.Numbers(Points.Select(value))),
            ("yaxis", Panels.Name("y", row)),
            ("line", PlotObject.Of(("color", Palette.Colour(colour)), ("width", 2), ("dash", dash))),
            ("hovertemplate", $"{panel.Title} %{{y:.4~g}}<extra>{name}</extra>"));
    }
}
