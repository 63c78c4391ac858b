using LanguageExt;
using static LanguageExt.Prelude;

namespace FunctionalNN.Tests;

/// <summary>What is done with a pipeline of a hostile file that was read: it answers or refuses rows, and comes back from its own
/// file.</summary>
internal static class PipelineFuzz
{
    private static readonly object?[] Values =
        [null, 1.5, "Oslo", "yes", "2024-05-31", true, new DateTime(2024, 5, 31), "1e999", double.NaN];

    /// <summary>Trained pipelines, of classes and of a quantity, with how they came to be.</summary>
    public static Pipeline<float>[] Trained { get; } = [Of(isQuantity: false), Of(isQuantity: true)];

    public static Unit Used(byte[] bytes, Key key)
    {
        var pipeline = StoredPipeline.Read<float>(new MemoryStream(bytes), Vocabulary.Standard);
        Assert.NotEmpty($"{pipeline}{pipeline.Encoding}");
        Assert.Equal(64, pipeline.ContentHash().Length);
        using var file = new MemoryStream();
        StoredPipeline.Write(file, pipeline, Vocabulary.Standard);
        file.Position = 0;
        Assert.Equal(pipeline, StoredPipeline.Read<float>(file, Vocabulary.Standard));
        for (var i = 0; i < 3; i++)
        {
            var row = pipeline.Encoding.Columns.Index().ToDictionary(column => column.Item.Name,
                column => i == 0 ? PipelineFixtureTests.Row.GetValueOrDefault(column.Item.Name) : Values[key.Fold(i).Below(Values.Length,
                    column.Index)], StringComparer.Ordinal);
            try
            {
                _ = pipeline.TryPredict((IReadOnlyDictionary<string, object?>)row)
                    .Match(prediction => $"{prediction}", faults => $"{faults}");
            }
            catch (InvalidOperationException fault) when (fault.Message.Contains("the network's output", StringComparison.Ordinal))
            {
                // Numbers of a file may be so large that nothing finite comes out: that is said of the row.
            }
        }

        return unit;
    }

    private static Pipeline<float> Of(bool isQuantity)
    {
        var key = new Key(8);
        var table = Table.Of(Enumerable.Range(0, 40).Select(i => new Dictionary<string, object?>
        {
            ["n"] = key.Normal(i),
            ["city"] = $"c{key.Below(4, i)}",
            ["y"] = isQuantity ? key.Fold(1).Normal(i) : i % 3 == 0 ? "p" : "q",
        }));
        var learner = new TableLearner(new TableRecipe
        {
            Columns =
            [
                new NumberColumn("n") { Scaling = isQuantity ? Scaling.Quantile : Scaling.Robust, Gaps = Gaps.Mean },
                new CategoryColumn("city") { Encoding = isQuantity ? CategoryEncoding.OneHot : CategoryEncoding.Embedding,
                    Gaps = Gaps.Zeros },
            ],
            Target = isQuantity ? TargetColumn.OfQuantity("y") : TargetColumn.OfClasses("y"),
        }, new Dense(3), new Tanh())
        { Epochs = 2 };
        return learner.Fit(table);
    }
}
