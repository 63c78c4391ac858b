using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Pictures in the terminal, one line of code each: <c>Terminal.Curves(states).Print()</c>. In a REPL the picture shows itself, in plain
/// characters.
/// </summary>
public static class Terminal
{
    /// <summary>How loss and accuracy went, as a small curve each, with the first, the last and the best value. Goes through the sequence,
    /// so that a run that has not begun is trained by it.</summary>
    /// <param name="states">The states of a run; a sequence that ends.</param>
    /// <exception cref="ArgumentException">There are no states.</exception>
    public static TerminalPicture Curves<T>(IEnumerable<TrainingState<T>> states)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The state that closes a sequence was there before.
        var points = new List<CurvePoint>();
        foreach (var state in states)
        {
            if (state.Stopped.IsNone || points.Count == 0)
            {
                points.Add(new CurvePoint(state.Epoch, state.Training, state.Validation.Match(metrics => metrics, () => default(Metrics))));
            }
        }

        return points.Count > 0
            ? new CurvePicture(points)
            : throw new ArgumentException("there are no states to draw curves of: give a run of one epoch or more");
    }

    /// <summary>
    /// The class that a model sees at each place of a plane of two features, dark, and the rows of a data set on it, bright. Without
    /// colours: small signs and letters. Other features are held at their mean over the rows.
    /// </summary>
    /// <param name="model">Of classes.</param>
    /// <param name="data">The rows; their range is that of the picture.</param>
    /// <param name="x">The column of the inputs that goes to the right, from 0.</param>
    /// <param name="y">The column that goes upwards, from 0.</param>
    /// <param name="width">The greatest width in characters.</param>
    /// <exception cref="ArgumentException">The rows are of another width than the model's input, or have no class labels, or there are
    /// none; or x and y are no two columns.</exception>
    public static TerminalPicture Regions<T>(Model<T> model, DataSet<T> data, int x = 0, int y = 1, int width = 64)
        where T : unmanaged, IFloatingPointIeee754<T> => new RegionPicture<T>(model, data, x, y, width);

    /// <summary>A row of a data set as a picture, with the name of its class.</summary>
    /// <param name="data">Rows of pixels. Their least number is drawn black, their greatest white.</param>
    /// <param name="row">Which row, from 0.</param>
    /// <param name="size">How a row is a picture; a square, in grey or of three colours, by default.</param>
    /// <exception cref="ArgumentException">A row has not as many numbers as such a picture.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static TerminalPicture Image<T>(DataSet<T> data, int row, ImageSize? size = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ImagePicture.Of<T>(data.InputsOf(row).Values, size,
            data.Targets is ClassLabels labels ? $"row {row}: {labels.NameOf(labels[row])}" : $"row {row}");

    /// <summary>Numbers as a picture.</summary>
    /// <inheritdoc cref="Image{T}(DataSet{T}, int, ImageSize?)"/>
    /// <param name="pixels">The numbers.</param>
    /// <param name="size">How they are a picture; a square, in grey or of three colours, by default.</param>
    /// <param name="caption">What stands under it.</param>
    public static TerminalPicture Image<T>(ReadOnlySpan<T> pixels, ImageSize? size = null, string caption = "")
        where T : unmanaged, IFloatingPointIeee754<T> => ImagePicture.Of(pixels, size, caption);
}
