using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FunctionalNN;

/// <summary>What one epoch gives to the curves.</summary>
internal readonly record struct CurvePoint(int Epoch, Metrics Training, Metrics Validation);

/// <summary>Curves of one line each. Training and held-out curves of a measure have one scale, so that they can be compared.</summary>
internal sealed class CurvePicture(IReadOnlyList<CurvePoint> points) : TerminalPicture
{
    private const int MinCurve = 8;
    private const int FairCurve = 18;
    private const int MaxCurve = 60;
    private const string Heights = "▁▂▃▄▅▆▇█";
    private const string PlainHeights = "_.-~=+*#";
    private const char NotFinite = '!';

    private protected override IEnumerable<IEnumerable<Segment>> Lines(Surface surface)
    {
        Curve[] curves =
        [
            .. Measure("loss", "held-out loss", metrics => metrics.Loss, "F4", isSmallBetter: true),
            .. Measure("accuracy", "held-out accuracy", metrics => metrics.Accuracy, "P1", isSmallBetter: false),
        ];
        return curves.Select(curve =>
            Line(curve, surface, curves.Max(other => other.Name.Length), curves.Max(other => other.Ends.Length),
                curves.Max(other => other.Best.Length)));
    }

    private Curve[] Measure(string name, string heldOutName, Func<Metrics, double> value, string format, bool isSmallBetter)
    {
        Curve?[] both = [Of(name, point => point.Training, 0), Of(heldOutName, point => point.Validation, 1)];
        var shown = both.OfType<Curve>().ToArray();
        var finite = shown.SelectMany(curve => curve.Values).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        return [.. shown.Select(curve => curve with { Least = finite.Min(), Greatest = finite.Max() })];

        Curve? Of(string called, Func<CurvePoint, Metrics> metrics, int colour)
        {
            var measured = points.Where(point => metrics(point).Rows > 0).Select(point => (point.Epoch, Value: value(metrics(point))))
                .ToArray();
            if (measured.Length == 0)
            {
                return null;
            }

            var best = isSmallBetter ? measured.MinBy(point => Ordered(point.Value)) : measured.MaxBy(point => -Ordered(-point.Value));
            return new Curve(
                called, [.. measured.Select(point => point.Value)], $"{Text(measured[0].Value)} to {Text(measured[^1].Value)}",
                $"best {Text(best.Value)}, epoch {best.Epoch}", colour);
        }

        string Text(double number) => number.ToString(format, CultureInfo.InvariantCulture);

        static double Ordered(double number) => double.IsNaN(number) ? double.PositiveInfinity : number;
    }

    private static IEnumerable<Segment> Line(Curve curve, Surface surface, int names, int ends, int bests)
    {
        // Narrow terminals first lose the best value, then the ends, then the name.
        var hasName = names + 1 + MinCurve <= surface.Width;
        var hasEnds = names + 1 + FairCurve + ends + 2 <= surface.Width;
        var hasBest = names + 1 + FairCurve + ends + 2 + bests + 2 <= surface.Width;
        var taken = (hasName ? names + 1 : 0) + (hasEnds ? ends + 2 : 0) + (hasBest ? bests + 2 : 0);
        var width = Math.Min(Math.Min(surface.Width - taken, MaxCurve), curve.Values.Length);
        if (hasName)
        {
            yield return new Segment(curve.Name.PadRight(names + 1));
        }

        var style = surface.Colours is { } system ? new Style(TerminalColours.Bright(curve.Colour, system)) : Style.Plain;
        yield return new Segment(Drawn(curve, width, surface.IsUnicode ? Heights : PlainHeights), style);
        if (hasEnds)
        {
            yield return new Segment($"  {(hasBest ? curve.Ends.PadRight(ends) : curve.Ends)}");
        }

        if (hasBest)
        {
            yield return new Segment($"  {curve.Best}");
        }
    }

    /// <summary>As many characters as there is room for: each the mean of its share of the points.</summary>
    private static string Drawn(Curve curve, int width, string heights) => string.Concat(Enumerable.Range(0, width).Select(i =>
    {
        var (start, end) = ((int)((long)i * curve.Values.Length / width), (int)((long)(i + 1) * curve.Values.Length / width));
        var mean = curve.Values[start..end].Average();
        return !double.IsFinite(mean) ? NotFinite
            : curve.Greatest > curve.Least
                ? heights[Math.Min(heights.Length - 1, (int)((mean - curve.Least) / (curve.Greatest - curve.Least) * heights.Length))]
            : heights[heights.Length / 2];
    }));

    private sealed record Curve(string Name, double[] Values, string Ends, string Best, int Colour)
    {
        public double Least { get; init; }

        public double Greatest { get; init; }
    }
}
