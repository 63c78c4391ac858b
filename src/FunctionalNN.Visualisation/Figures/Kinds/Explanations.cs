using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <content>What a prediction for a picture rests on.</content>
public sealed partial record Figure
{
    private const int PairsInALine = 3;

    /// <summary>
    /// Pictures beside the gradient of the predicted class's output by each pixel, the greatest of its channels without sign: bright where
    /// a small change of the pixel changes the answer most (<see cref="InputGradients"/>). Each map is scaled by its own greatest number.
    /// </summary>
    /// <param name="model">A classifier of pictures.</param>
    /// <param name="data">Pictures, one a row, with their classes.</param>
    /// <param name="size">How a row is a picture.</param>
    /// <param name="count">How many of the first rows to show at most.</param>
    /// <param name="loss">Says how outputs are to be read that are no probabilities, as for <see cref="ClassificationReport"/>.</param>
    /// <exception cref="ArgumentException">The pictures have another size, or the data does not fit the model.</exception>
    public static Figure Saliency<T>(Model<T> model, DataSet<T> data, ImageSize size, int count = 6, Loss? loss = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Explained(model, data, size, count, loss, (picture, output, _) =>
        {
            var slopes = model.InputGradient(picture, output).Values.ToArray().Select(slope => Math.Abs(double.CreateTruncating(slope)));
            double[] map = [.. slopes.Chunk(size.Channels).Select(pixel => pixel.Max())];
            var most = map.Max();
            return ([.. map.Select(slope => Palette.Heat(most > 0 ? slope / most : 0))], "");
        }) with
        {
            Title = "Saliency",
            Note = "Beside each picture: where a small change of a pixel changes the predicted class's output most, scaled by the map's "
                + "greatest.",
        };

    /// <summary>
    /// Pictures beside the fall of the predicted class's probability where a square covers them: vermilion where it falls, blue where it
    /// rises, white where the covered part does not matter (<see cref="Occlusions"/>). The caption has the greatest fall.
    /// </summary>
    /// <param name="model">A classifier of pictures.</param>
    /// <param name="data">Pictures, one a row, with their classes.</param>
    /// <param name="size">How a row is a picture.</param>
    /// <param name="count">How many of the first rows to show at most.</param>
    /// <param name="patch">The side of the square in pixels; a sixth of the shorter side by default.</param>
    /// <param name="background">What covers: 0 by default.</param>
    /// <param name="loss">Says how outputs are to be read that are no probabilities, as for <see cref="ClassificationReport"/>.</param>
    /// <exception cref="ArgumentException">The pictures have another size, or the data does not fit the model.</exception>
    public static Figure Occlusion<T>(Model<T> model, DataSet<T> data, ImageSize size, int count = 6, int? patch = null,
        double background = 0, Loss? loss = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Explained(model, data, size, count, loss, (picture, output, sign) =>
        {
            double[] falls =
                [.. model.Occlusion(picture, size, output, patch, background).Values.ToArray()
                    .Select(fall => sign * double.CreateTruncating(fall))];
            var most = falls.Max(Math.Abs);
            return ([.. falls.Select(fall => Palette.Signed(most > 0 ? fall / most : 0))],
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"−{Math.Max(0, falls.Max()):0.00}"));
        }) with
        {
            Title = "Occlusion",
            Note = "Beside each picture: where covering it lowers (vermilion) or raises (blue) the predicted class's output, and the "
                + "greatest fall.",
        };

    /// <summary>Pictures with maps beside them.</summary>
    /// <param name="model">The classifier.</param>
    /// <param name="data">The pictures.</param>
    /// <param name="size">Their size.</param>
    /// <param name="count">How many.</param>
    /// <param name="loss">How outputs are read.</param>
    /// <param name="map">The colours of a picture's map for the predicted output, pixel by pixel, and its caption; the sign is −1 where the
    /// one output speaks for the other class.</param>
    private static Figure Explained<T>(Model<T> model, DataSet<T> data, ImageSize size, int count, Loss? loss,
        Func<Matrix<T>, int, int, (ImmutableArray<(double Red, double Green, double Blue)> Colours, string Caption)> map)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        RequirePictures(size, data.Inputs.Width);
        var shown = data.Take(count);
        var judged = PredictedImage.Of(model, shown, 0, loss);
        if (judged.IsEmpty)
        {
            throw new ArgumentException("the data has no rows: there is nothing to draw");
        }

        var pictures = shown.InputsOf([.. Enumerable.Range(0, shown.Count)]);
        var values = pictures.Values.ToArray().Select(double.CreateTruncating).ToArray();
        var (least, greatest) = (values.Min(), values.Max());
        var maps = judged.Select((row, i) => map(shown.InputsOf(i), Math.Min(row.Output, model.Network.Outputs - 1),
            model.Network.Outputs == 1 && row.Output == 0 ? -1 : 1)).ToArray();
        var colours = Matrix.Create<double>(2 * judged.Length, 3 * size.Plane, (place, number) =>
            place % 2 == 1 ? Channel(maps[place / 2].Colours[number / 3], number % 3)
            : greatest > least
                ? (double.CreateTruncating(pictures[place / 2, (number / 3 * size.Channels) + (number % 3 % size.Channels)]) - least)
                / (greatest - least)
            : 0);
        var mosaic = new Mosaic(size with { Channels = 3 }, 2 * judged.Length, 2 * Math.Min(PairsInALine, judged.Length),
            (int)Math.Ceiling(0.48 * size.Width));
        return new Figure
        {
            Title = "",
            Traces =
            [
                PlotObject.Of(("type", "image"), ("colormodel", "rgba"), ("z", mosaic.Colour(colours, (_, value) => value)),
                    ("hoverinfo", "skip")),
                mosaic.Captions(judged.Select((row, i) => (row, i)).Where(entry => entry.row.IsRight)
                    .Select(entry => (2 * entry.i, entry.row.Caption)), null),
                mosaic.Captions(judged.Select((row, i) => (row, i)).Where(entry => !entry.row.IsRight)
                    .Select(entry => (2 * entry.i, entry.row.Caption)), Palette.Colour(5)),
                mosaic.Captions(maps.Select((one, i) => ((2 * i) + 1, one.Caption)), null),
            ],
            Layout = mosaic.Layout(widest: 760),
        };
    }

    private static double Channel((double Red, double Green, double Blue) colour, int channel) =>
        channel switch { 0 => colour.Red, 1 => colour.Green, _ => colour.Blue };
}
