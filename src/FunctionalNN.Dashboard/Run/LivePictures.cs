using System.Numerics;

namespace FunctionalNN;

/// <summary>Pictures of a state: what its layers do, and, for one or two inputs, what it answers where.</summary>
internal sealed class LivePictures<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaxRows = 200;
    private const int MaxPoints = 600;
    private const int RegionPlaces = 60;
    private const int SurfacePlaces = 36;

    // On half the page's width, from a little further away.
    private static readonly PlotObject SmallScene = PlotObject.Of(
        ("height", 480),
        ("scene", PlotObject.Of(("camera", PlotObject.Of(("eye", PlotObject.Of(("x", 1.5), ("y", -1.62), ("z", 1.05))))))));

    private readonly DataSet<T>? few;
    private readonly DataSet<T>? shown;

    /// <param name="rows">What to measure on, or null.</param>
    public LivePictures(DataSet<T>? rows)
    {
        few = rows is null ? null : Spread(rows, MaxRows);
        shown = rows is { Inputs.Width: 1 or 2, Count: > 0 } ? Spread(rows, MaxPoints) : null;
    }

    /// <summary>Whatever goes wrong here goes wrong on the page, and not in the run.</summary>
    public Painting Of(TrainingState<T> state)
    {
        var painting = Painting.Empty;
        try
        {
            var loss = state.Objective.Case as Loss;
            painting = painting with { Layers = few is not null && loss is not null ? Doctor.Vitals(state.Model, few, loss) : [] };
            foreach (var (name, draw) in Pictures(state.Model, loss))
            {
                painting = painting with { Figures = painting.Figures.Add((name, draw())) };
            }

            return painting;
        }
        catch (Exception fault)
        {
            return painting with { Problem = fault.Message };
        }
    }

    private IEnumerable<(string Name, Func<Figure> Draw)> Pictures(Model<T> model, Loss? loss) =>
        (shown?.Inputs.Width, shown?.Targets) switch
        {
            (2, ClassLabels) =>
            [
                ("regions", () => Figure.DecisionRegions(model, shown!, resolution: RegionPlaces, loss: loss)),
            ("surface", () => Figure.ProbabilitySurfaces(model, shown!, resolution: SurfacePlaces, loss: loss).With(SmallScene)),
        ],
            (2, RealTargets<T>) => [("surface", () => Figure.Surface(model, shown!, resolution: SurfacePlaces).With(SmallScene))],
            (1, RealTargets<T>) => [("fit", () => Figure.RegressionFit(model, shown!))],
            _ => [],
        };

    /// <summary>At most a number of rows, evenly spaced: rows may be sorted by class.</summary>
    private static DataSet<T> Spread(DataSet<T> rows, int most) => rows.Count <= most
        ? rows
        : rows.Pick([.. Enumerable.Range(0, most).Select(i => (int)((long)i * rows.Count / most))]);
}
