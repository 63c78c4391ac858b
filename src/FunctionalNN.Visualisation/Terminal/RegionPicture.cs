using System.Numerics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FunctionalNN;

/// <summary>What a model sees over two features.</summary>
internal sealed class RegionPicture<T> : TerminalPicture
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Lines to a character of width: characters are about twice as high as wide.</summary>
    private const double Height = 0.32;
    private const string Grounds = ".:+-=~^'";
    private readonly Model<T> model;
    private readonly ClassLabels labels;
    private readonly (double X, double Y)[] rows;
    private readonly PlaneAxis horizontal;
    private readonly PlaneAxis vertical;
    private readonly T[] means;
    private readonly int greatestWidth;

    public RegionPicture(Model<T> model, DataSet<T> data, int x, int y, int width)
    {
        var columns = model.Network.Inputs;
        if (data.Inputs.Width != columns || data.Count == 0)
        {
            throw new ArgumentException(
                $"the data has {data.Count} rows of {data.Inputs.Width} columns, the model takes {columns} inputs: give rows that it "
                    + $"can read");
        }

        if ((uint)x >= (uint)columns || (uint)y >= (uint)columns || x == y)
        {
            throw new ArgumentException(
                $"regions are drawn over two columns of the inputs, given were {x} and {y} of {columns}: give two different ones from 0 to "
                    + $"{columns - 1}");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        data = model.Arrange(data);
        (this.model, greatestWidth) = (model, width);
        labels = data.Targets as ClassLabels
            ?? throw new ArgumentException($"regions are drawn of classes, the data has {data.Targets}: make them ClassLabels");
        (rows, means) = Read(data, x, y);
        (horizontal, vertical) = (new PlaneAxis(x, rows.Select(row => row.X)), new PlaneAxis(y, rows.Select(row => row.Y)));
    }

    private protected override IEnumerable<IEnumerable<Segment>> Lines(Surface surface)
    {
        var width = Math.Min(surface.Width, greatestWidth);
        var lines = Math.Max(1, (int)Math.Round(width * Height));
        return surface.Colours is { } system
            ? Pixels(width, 2 * lines, system).Concat(Legend(surface))
            : Signs(width, lines).Concat(Legend(surface));
    }

    private IEnumerable<IEnumerable<Segment>> Pixels(int width, int height, ColorSystem system)
    {
        var (seen, points) = (Seen(width, height), Points(width, height));
        return HalfBlocks.Lines(width, height, (x, y) =>
            points[y, x] is { } label ? TerminalColours.Bright(label, system) : TerminalColours.Dark(seen[(y * width) + x], system));
    }

    private IEnumerable<IEnumerable<Segment>> Signs(int width, int height)
    {
        var (seen, points) = (Seen(width, height), Points(width, height));
        return Enumerable.Range(0, height).Select(y => (IEnumerable<Segment>)[new Segment(string.Concat(
            Enumerable.Range(0, width).Select(x => points[y, x] is { } label ? Letter(label) : Ground(seen[(y * width) + x]))))]);
    }

    private IEnumerable<IEnumerable<Segment>> Legend(Surface surface)
    {
        var classes = Enumerable.Range(0, labels.Classes).Select(label => surface.Colours is { } colours
            ? new Segment($"■ {labels.NameOf(label)}", new Style(TerminalColours.Bright(label, colours)))
            : new Segment($"{Letter(label)}{Ground(label)} {labels.NameOf(label)}"));
        var (right, up) = surface.IsUnicode ? ('→', '↑') : ('>', '^');
        return Wrapped(surface.Width, [.. classes, new Segment($"{right} {horizontal}"), new Segment($"{up} {vertical}")]);
    }

    /// <summary>The class at the middle of each pixel, line by line from the top.</summary>
    private int[] Seen(int width, int height) => model.PredictClasses(Matrix.Create<T>(width * height, means.Length, (pixel, column) =>
        column == horizontal.Column ? T.CreateSaturating(horizontal.At((pixel % width) + 0.5, width))
        : column == vertical.Column ? T.CreateSaturating(vertical.At(height - (pixel / width) - 0.5, height))
        : means[column])).Values.ToArray();

    private int?[,] Points(int width, int height)
    {
        var points = new int?[height, width];
        for (var row = 0; row < rows.Length; row++)
        {
            var (x, y) = rows[row];
            if (double.IsFinite(x) && double.IsFinite(y))
            {
                points[height - 1 - vertical.PixelOf(y, height), horizontal.PixelOf(x, width)] = labels[row];
            }
        }

        return points;
    }

    /// <summary>The two columns, and the mean of the finite numbers of each, some rows at a time.</summary>
    private static ((double X, double Y)[] Rows, T[] Means) Read(DataSet<T> data, int x, int y)
    {
        var (rows, sums, counts) = (new (double, double)[data.Count], new double[data.Inputs.Width], new long[data.Inputs.Width]);
        foreach (var (start, block) in data.Blocks())
        {
            for (var row = 0; row < block.Rows; row++)
            {
                var values = block.Row(row);
                rows[start + row] = (double.CreateSaturating(values[x]), double.CreateSaturating(values[y]));
                for (var column = 0; column < values.Length; column++)
                {
                    if (T.IsFinite(values[column]))
                    {
                        sums[column] += double.CreateSaturating(values[column]);
                        counts[column]++;
                    }
                }
            }
        }

        return (rows, [.. sums.Select((sum, column) => T.CreateSaturating(sum / Math.Max(1, counts[column])))]);
    }

    private static char Letter(int label) => (char)('A' + (label % 26));

    private static char Ground(int label) => Grounds[label % Grounds.Length];

    /// <summary>A column's range, with a margin.</summary>
    private sealed class PlaneAxis
    {
        private const double Margin = 0.05;

        public PlaneAxis(int column, IEnumerable<double> values)
        {
            var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
            var (least, greatest) = (finite.Min(), finite.Max());
            var margin = greatest > least ? Margin * (greatest - least) : 1;
            (Column, From, To) = (column, least - margin, greatest + margin);
        }

        public int Column { get; }

        private double From { get; }

        private double To { get; }

        public double At(double pixel, int pixels) => From + ((To - From) * pixel / pixels);

        public int PixelOf(double value, int pixels) => Math.Clamp((int)((value - From) / (To - From) * pixels), 0, pixels - 1);

        public override string ToString() => $"column {Column}, {From:G3} to {To:G3}";
    }
}
