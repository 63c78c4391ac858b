using System.Globalization;
using System.Text;

namespace FunctionalNN;

/// <summary>The picture of a range test for a fixed-width terminal.</summary>
internal static class LearningRateText
{
    private const int Width = 60;
    private const int Height = 10;

    public static string Of(LearningRateRange range)
    {
        var text = new StringBuilder();
        var head = range.Suggestion.Match(
            rate => $"suggested learning rate {rate:G3}",
            () => "no suggestion: the loss did not fall over enough steps; begin at a smaller rate or take more steps");
        text.Append(CultureInfo.InvariantCulture, $"{head}; {range.Points.Length} of {range.Steps} steps, {range.End}");
        if (range.Points.Length < 2)
        {
            return text.ToString();
        }

        var (low, high) = (range.Points.Min(point => point.Smoothed), range.Points.Max(point => point.Smoothed));
        var canvas = Enumerable.Range(0, Height).Select(_ => Enumerable.Repeat(' ', Width).ToArray()).ToArray();
        foreach (var point in range.Points)
        {
            var row = high > low ? (int)Math.Round((high - point.Smoothed) / (high - low) * (Height - 1)) : Height - 1;
            canvas[row][Column(range, point.Rate)] = '•';
        }

        for (var row = 0; row < Height; row++)
        {
            var label = row == 0 ? $"{high,9:G4}" : row == Height - 1 ? $"{low,9:G4}" : new string(' ', 9);
            text.AppendLine().Append($"{label} │{new string(canvas[row])}".TrimEnd());
        }

        var mark = range.Suggestion.Match(rate => Column(range, rate), () => -1);
        var axis = new string([.. Enumerable.Range(0, Width).Select(column => column == mark ? '▲' : '─')]);
        var (from, to) = ($"{range.From:G3}", $"{range.To:G3}");
        return text.AppendLine().Append(' ', 10).Append('└').AppendLine(axis)
            .Append(' ', 11).Append(from).Append(' ', Math.Max(1, Width - from.Length - to.Length)).Append(to).ToString();
    }

    private static int Column(LearningRateRange range, double rate) =>
        Math.Clamp((int)Math.Round(Math.Log(rate / range.From) / Math.Log(range.To / range.From) * (Width - 1)), 0, Width - 1);
}
