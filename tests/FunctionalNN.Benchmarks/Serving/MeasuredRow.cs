using System.Text.Json.Serialization;

namespace FunctionalNN.Benchmarks;

/// <summary>A row of ten measurements, as a client sends it.</summary>
internal sealed record MeasuredRow(double A, double B, double C, double D, double E, double F, double G, double H, double I, double J)
{
    public static readonly string[] Names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

    public double[] ToArray() => [A, B, C, D, E, F, G, H, I, J];

    /// <summary>A row drawn by a key.</summary>
    public static MeasuredRow Of(Key key)
    {
        double Draw(int place) => Math.Round(50 + (10 * (place + 1) * key.Normal(place)), 2);
        return new MeasuredRow(Draw(0), Draw(1), Draw(2), Draw(3), Draw(4), Draw(5), Draw(6), Draw(7), Draw(8), Draw(9));
    }

    /// <summary>A pipeline of ten numbers, two hidden layers and three classes, trained a little.</summary>
    public static Pipeline<float> Train()
    {
        var table = Table.Of(Enumerable.Range(0, 1000).Select(i =>
        {
            var values = Of(new Key(7).Fold(i)).ToArray();
            var cells = Names.Zip(values, KeyValuePair.Create).ToDictionary(pair => pair.Key, pair => (object?)pair.Value);
            cells["class"] = values[0] + values[1] > 110 ? "high" : values[0] < 45 ? "low" : "middle";
            return cells;
        }));
        var recipe = new TableRecipe
        {
            Columns = [.. Names.Select(name => new NumberColumn(name))],
            Target = TargetColumn.OfClasses("class"),
        };
        var fresh = Pipeline.Of(recipe.Fit(table).OrThrow(), [new Dense(32), new Relu(), new Dense(16), new Relu()], seed: 1);
        return fresh.With(fresh.Epochs(table, new Adam(0.01)).Take(5).Last());
    }
}

/// <summary>What each server answers.</summary>
internal sealed record MeasuredAnswer(string Class, double[] Probabilities);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MeasuredRow))]
[JsonSerializable(typeof(MeasuredAnswer))]
internal sealed partial class MeasuredJson : JsonSerializerContext;
