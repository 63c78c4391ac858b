using System.Text.Json;

namespace FunctionalNN.Tests;

/// <summary>Numbers of scikit-learn: references/evaluation.json, made by references/evaluation.py.</summary>
internal sealed class EvaluationReference(JsonElement entry)
{
    private static readonly Lazy<JsonElement> File = new(() =>
        JsonDocument.Parse(System.IO.File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "Evaluation", "references", "evaluation.json"))).RootElement);

    public int[] Labels => [.. Numbers("labels").Select(label => (int)label)];

    public double[] Weights => Has("weights") ? Numbers("weights") : [];

    public static EvaluationReference Of(string name) => new(File.Value.GetProperty(name));

    public bool Has(string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public string Text(string name) => entry.GetProperty(name).GetString()!;

    public double Number(string name) => Number(entry.GetProperty(name));

    public double[] Numbers(string name) => [.. entry.GetProperty(name).EnumerateArray().Select(Number)];

    public double[][] Rows(string name) => Rows(entry.GetProperty(name));

    public double[][] Rows() => Rows(entry);

    public Matrix<double> Matrix(string name, double scale = 1)
    {
        var rows = Rows(name);
        return FunctionalNN.Matrix.Create(rows.Length, rows[0].Length, (row, column) => rows[row][column] * scale);
    }

    /// <summary>scikit-learn's number to 12 digits; where it has none, ours is NaN.</summary>
    public static void Same(double expected, double found, string name) =>
        Assert.True(double.IsNaN(expected) ? double.IsNaN(found) : Math.Abs(expected - found) <= 1e-12 * Math.Max(1, Math.Abs(expected)),
            $"{name}: scikit-learn {expected:R}, ours {found:R}");

    public static void Same(double[] expected, IEnumerable<double> found, string name)
    {
        double[] ours = [.. found];
        Assert.True(expected.Length == ours.Length, $"{name}: scikit-learn has {expected.Length} numbers, we {ours.Length}");
        Assert.All(expected.Zip(ours), pair => Same(pair.Item1, pair.Item2, name));
    }

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();

    private static double[][] Rows(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(Number).ToArray())];
}
