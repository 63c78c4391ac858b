using System.Text.Json;

namespace FunctionalNN.Tests;

/// <summary>Numbers from other systems: references/vocabulary.json, made by references/vocabulary.py.</summary>
internal sealed class References(JsonElement entry)
{
    private static readonly Lazy<JsonElement> File = new(() =>
        JsonDocument.Parse(System.IO.File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "Layers", "references", "vocabulary.json"))).RootElement);

    public static References Of(string name) => new(File.Value.GetProperty(name));

    public double Number(string name) => entry.GetProperty(name).GetDouble();

    public double[] Row(string name) => [.. entry.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    public int[] Labels => [.. entry.GetProperty("labels").EnumerateArray().Select(number => number.GetInt32())];

    public bool Has(string name) => entry.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public Matrix<double> Matrix(string name)
    {
        var rows = entry.GetProperty(name).EnumerateArray()
            .Select(row => row.EnumerateArray().Select(number => number.GetDouble()).ToArray()).ToArray();
        return FunctionalNN.Matrix.Create(rows.Length, rows[0].Length, (row, column) => rows[row][column]);
    }
}
