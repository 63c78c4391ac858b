using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <content>Pictures with what a model says of them.</content>
public sealed partial record Figure
{
    private const int ImageColumns = 4;

    /// <summary>Pictures with the class that a model predicts for each, and its probability; what is wrong is marked by ✗ and shows the
    /// true class.</summary>
    /// <param name="model">A classifier of pictures.</param>
    /// <param name="data">Pictures, one a row, with their classes.</param>
    /// <param name="size">How a row is a picture.</param>
    /// <param name="count">How many of the first rows to show at most.</param>
    /// <param name="loss">Says how outputs are to be read that are no probabilities, as for <see cref="ClassificationReport"/>.</param>
    /// <exception cref="ArgumentException">The pictures have another size, or the data does not fit the model.</exception>
    public static Figure Images<T>(Model<T> model, DataSet<T> data, ImageSize size, int count = 16, Loss? loss = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        RequirePictures(size, data.Inputs.Width);
        var shown = data.Take(count);
        var judged = PredictedImage.Of(model, shown, 0, loss);
        return Gallery(shown, size, judged) with
        {
            Title = "Predictions",
            Note = $"{judged.Count(row => row.IsRight)} of these {judged.Length} are right.",
        };
    }

    /// <summary>Pictures that a model gets wrong, the surest mistakes first: what they are, what it says, and its probability for that. The
    /// data is read in blocks.</summary>
    /// <param name="model">A classifier of pictures.</param>
    /// <param name="data">Pictures, one a row, with their classes.</param>
    /// <param name="size">How a row is a picture.</param>
    /// <param name="count">How many to show at most.</param>
    /// <param name="loss">Says how outputs are to be read that are no probabilities, as for <see cref="ClassificationReport"/>.</param>
    /// <exception cref="ArgumentException">The pictures have another size, or the data does not fit the model.</exception>
    public static Figure Misclassified<T>(Model<T> model, DataSet<T> data, ImageSize size, int count = 16, Loss? loss = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        data = model.Arrange(data);
        const int BlockRows = 4096;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        RequirePictures(size, data.Inputs.Width);
        ImmutableArray<PredictedImage> wrong = [];
        var all = 0;
        for (var start = 0; start < data.Count; start += BlockRows)
        {
            PredictedImage[] found =
                [.. PredictedImage.Of(model, data.Pick([.. Enumerable.Range(start, Math.Min(BlockRows, data.Count - start))]), start, loss)
                    .Where(row => !row.IsRight)];
            all += found.Length;
            wrong = [.. wrong.Concat(found).OrderByDescending(row => row.Score).ThenBy(row => row.Row).Take(count)];
        }

        var title = $"{all} of {data.Count} pictures are predicted wrong";
        return wrong.IsEmpty
            ? new Figure
            {
                Title = title,
                Layout = PlotObject.Of(("xaxis", PlotObject.Of(("visible", false))), ("yaxis", PlotObject.Of(("visible", false))))
            }
            : Gallery(data.Pick([.. wrong.Select(row => row.Row)]), size, wrong)
                with
            { Title = title, Note = wrong.Length < all ? "The surest mistakes." : "" };
    }

    private static Figure Gallery<T>(DataSet<T> shown, ImageSize size, ImmutableArray<PredictedImage> judged)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (judged.IsEmpty)
        {
            throw new ArgumentException("the data has no rows: there is nothing to draw");
        }

        var pictures = shown.InputsOf([.. Enumerable.Range(0, shown.Count)]);
        var values = pictures.Values.ToArray().Select(double.CreateTruncating).ToArray();
        var (least, greatest) = (values.Min(), values.Max());
        var range = greatest > least ? greatest - least : 1;
        var mosaic = new Mosaic(size, judged.Length, Math.Min(ImageColumns, judged.Length), (int)Math.Ceiling(0.48 * size.Width));
        return new Figure
        {
            Title = "",
            Traces =
            [
                size.Channels == 1
                    ? PlotObject.Of(
                        ("type", "heatmap"), ("z", mosaic.Grey(pictures, (_, value) => Math.Round((value - least) / range, 3))),
                        ("zmin", 0), ("zmax", 1),
                        ("colorscale", PlotValue.List(PlotValue.List(0, "#000000"), PlotValue.List(1, "#ffffff"))), ("showscale", false),
                        ("hoverinfo", "skip"))
                    : PlotObject.Of(("type", "image"), ("colormodel", "rgba"),
                        ("z", mosaic.Colour(pictures, (_, value) => (value - least) / range)), ("hoverinfo", "skip")),
                mosaic.Captions(judged.Select((row, i) => (row, i)).Where(entry => entry.row.IsRight)
                    .Select(entry => (entry.i, entry.row.Caption)), null),
                mosaic.Captions(judged.Select((row, i) => (row, i)).Where(entry => !entry.row.IsRight)
                    .Select(entry => (entry.i, entry.row.Caption)), Palette.Colour(5)),
            ],
            Layout = mosaic.Layout(widest: 640),
        };
    }

    /// <summary>What a model says of a row.</summary>
    private sealed record PredictedImage(int Row, int Output, string Truth, string Predicted, double Score, bool IsRight,
        bool IsProbability)
    {
        public string Caption =>
            (IsRight ? "" : "✗ ") + Predicted + (IsProbability ? $"<br>{Math.Floor(100 * Score):F0} %" : "")
                + (IsRight ? "" : $"<br>is {Truth}");

        public static ImmutableArray<PredictedImage> Of<T>(Model<T> model, DataSet<T> rows, int first, Loss? loss)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var reading = ClassOutputs.Of(model.Network, rows, loss);
            var outputs = ModelOutputs.RequireFinite(model.Predict(rows.InputsOf([.. Enumerable.Range(0, rows.Count)])), first);
            var (scores, labels) = (reading.Read(outputs), ClassOutputs.Labels<T>(rows.Targets));
            var names = labels.Names.IsEmpty && model.LabelNames.Length == labels.Classes
                ? new ClassLabels(labels.Values, labels.Classes, model.LabelNames)
                : labels;
            return [.. Enumerable.Range(0, rows.Count).Select(row =>
            {
                var predicted = ClassLabels.ClassOf(scores.Row(row));
                return new PredictedImage(first + row, predicted, names.NameOf(labels[row]), names.NameOf(predicted),
                    scores[row, predicted],
                    predicted == labels[row], reading.AreProbabilities);
            })];
        }
    }
}
