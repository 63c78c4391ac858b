using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Pictures of a state: what its layers do, and, for two inputs, what it answers where.</summary>
internal sealed class LivePictures<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostRows = 200;
    private const int MostPoints = 600;
    private readonly DataSet<T>? few;
    private readonly DataSet<T>? shown;

    /// <param name="rows">What to measure on, or null.</param>
    public LivePictures(DataSet<T>? rows)
    {
        few = rows is null ? null : Spread(rows, MostRows);
        shown = rows is { Inputs.Width: 2 } ? Spread(rows, MostPoints) : null;
    }

    /// <summary>Whatever goes wrong here goes wrong on the page, and not in the run.</summary>
    public Painting Of(TrainingState<T> state)
    {
        try
        {
            var layers = few is not null && state.Objective is { } loss ? Doctor.Vitals(state.Model, few, loss) : [];
            return new Painting(layers, [.. Figures(state.Model)], "");
        }
        catch (Exception fault)
        {
            return Painting.Empty with { Problem = fault.Message };
        }
    }

    private static IEnumerable<(string Name, Figure Figure)> Figures(Model<T> model)
    {
        yield break;
    }

    /// <summary>At most so many rows, evenly from the whole: rows may be sorted by class.</summary>
    private static DataSet<T> Spread(DataSet<T> rows, int most) =>
        rows.Count <= most ? rows : rows.Pick([.. Enumerable.Range(0, most).Select(i => (int)((long)i * rows.Count / most))]);
}
