using System.Text;

namespace FunctionalNN.Tests;

/// <summary>Pipelines that have every kind of column between them, and the rows that they learned from.</summary>
internal static class MixedPipelines
{
    public static IEnumerable<(string Name, Pipeline<float> Pipeline, Table Table)> All()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, Customers.Csv(200, 5), new UTF8Encoding(false));
        var table = Table.Read(file).OrThrow();
        File.Delete(file);
        var (customers, parts) = Customers.Trained(table);
        yield return ("customers", customers.Calibrated(parts.Validation).WithThreshold(parts.Validation, new MistakeCost(1, 3)), table);

        var key = new Key(9);
        var mixed = Table.Of(Enumerable.Range(0, 90).Select(i => new Dictionary<string, object?>
        {
            ["n"] = key.Below(7, i) == 0 ? null : Math.Exp(key.Normal(i)),
            ["b"] = key.Fold(1).Normal(i),
            ["m"] = key.Fold(2).Below(5, i) == 0 ? null : key.Fold(2).Normal(i),
            ["city"] = key.Fold(3).Below(6, i) == 0 ? null : $"c{key.Fold(3).Below(20, i)}",
            ["plan"] = key.Fold(4).Below(8, i) == 0 ? null : $"p{key.Fold(4).Below(4, i)}",
            ["size"] = (string[])["small", "medium", "large"] is var sizes ? sizes[key.Fold(5).Below(3, i)] : "",
            ["y"] = $"k{i % 3}",
            ["q"] = 100 + (5 * key.Fold(6).Normal(i)),
        }));
        foreach (var isQuantity in (bool[])[false, true])
        {
            var learner = new TableLearner(new TableRecipe
            {
                Columns =
                [
                    new NumberColumn("n") { Log = true, ClipShare = 0.05, Gaps = Gaps.Median, MarksGaps = true },
                    new NumberColumn("b") { Bins = 4 },
                    new NumberColumn("m") { Scaling = isQuantity ? Scaling.Quantile : Scaling.Robust, Gaps = Gaps.Zeros, MarksGaps = true },
                    new CategoryColumn("city")
                    {
                        Encoding = CategoryEncoding.Embedding,
                        RareBelow = 4,
                        Unseen = UnseenCategory.Other,
                        Gaps = Gaps.Zeros,
                        MarksGaps = true,
                    },
                    new CategoryColumn("plan") { Gaps = Gaps.MostFrequent, Unseen = UnseenCategory.Zeros },
                    new CategoryColumn("size") { Encoding = CategoryEncoding.Ordinal, Categories = ["small", "medium", "large"] },
                ],
                Interactions = [new Interaction("n", "plan"), new Interaction("b", "size")],
                Target = isQuantity ? TargetColumn.OfQuantity("q") : TargetColumn.OfClasses("y"),
            }, new Dense(4), new Tanh())
            { Epochs = 4, Optimizer = new Adam(0.02) };
            yield return (isQuantity ? "a quantity" : "three classes", learner.Fit(mixed), mixed);
        }
    }
}
