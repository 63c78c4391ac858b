using System.Collections.Immutable;

namespace FunctionalNN.Tests;

/// <summary>Pipelines that were written once, as the format was then: they are read for ever.</summary>
public sealed class PipelineFixtureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Every kind of column, without and with what came later: embedded columns, and what was tuned on which rows.</summary>
    public static ImmutableArray<(string File, Pipeline<float> Pipeline)> All { get; } =
    [
        ("pipeline1.safetensors", Create(isLater: false)), ("pipeline1-embedded.safetensors", Create(isLater: true)),
    ];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void They_are_read_and_predict_the_same() => Assert.All(All, one =>
    {
        var loaded = Pipeline.Load(Path.Combine(AppContext.BaseDirectory, "stored", one.File)).OrThrow();
        Assert.Equal(one.Pipeline, loaded);
        Assert.Equal(one.Pipeline.ContentHash(), loaded.ContentHash());
        Assert.Equal(one.Pipeline.CalibratedOn, loaded.CalibratedOn);
        Assert.Equal(one.Pipeline.Predict(Row), loaded.Predict(Row));
    });

    [Fact]
    public void They_are_what_is_written_still() => Assert.All(All, one =>
    {
        one.Pipeline.Save(folder["now"]).OrThrow();
        Assert.True(Content(Path.Combine(AppContext.BaseDirectory, "stored", one.File)).Equals(Content(folder["now"])),
            $"{one.File}: the same pipeline gives another file than it did: add a fixture, and keep reading this one");
    });

    internal static Dictionary<string, object?> Row => new()
    {
        ["n"] = 2.5,
        ["binned"] = 0.25,
        ["city"] = "Oslo",
        ["size"] = "medium",
        ["day"] = "2024-05-31",
        ["flag"] = null,
    };

    /// <summary>All but the version of the library.</summary>
    private static SafeTensors Content(string path)
    {
        var content = SafeTensorsFile.Read(path).OrThrow();
        return new SafeTensors(content.Tensors, content.Metadata.Remove("FunctionalNN"));
    }

    private static Pipeline<float> Create(bool isLater)
    {
        string[] cities = ["Oslo", "Rome", "Bonn", "Rome"];
        string[] sizes = ["small", "medium", "large", "small"];
        var table = Table.Of(Enumerable.Range(0, 16).Select(i => new Dictionary<string, object?>
        {
            ["n"] = i == 3 ? null : (double)(i % 4),
            ["binned"] = i / 8.0,
            ["city"] = cities[i % 4],
            ["size"] = sizes[i / 2 % 4],
            ["day"] = $"2024-0{1 + (i % 8)}-15",
            ["flag"] = i % 2 == 0 ? "yes" : "no",
            ["y"] = i % 3 == 0 ? "p" : "q",
            ["key"] = i,
        }), new CsvOptions { MissingValues = ["NA"], DecimalMark = ',', ThousandsMark = '.' });
        var recipe = new TableRecipe
        {
            Columns =
            [
                new NumberColumn("n") { ClipShare = 0.125, Gaps = Gaps.Median, MarksGaps = true, Scaling = Scaling.MinMax },
                new NumberColumn("binned") { Bins = 4 },
                new CategoryColumn("city")
                {
                    RareBelow = 5,
                    Unseen = UnseenCategory.Other,
                    Encoding = isLater ? CategoryEncoding.Embedding : CategoryEncoding.OneHot,
                    EmbeddingWidth = isLater ? 2 : null,
                },
                new CategoryColumn("size") { Encoding = CategoryEncoding.Ordinal, Categories = ["small", "medium", "large"] },
                new DateColumn("day") { Parts = DateParts.Age | DateParts.Weekend, Reference = new DateOnly(2024, 1, 1) },
                new FlagColumn("flag") { Gaps = Gaps.MostFrequent },
            ],
            Interactions = [new Interaction("n", "flag")],
            LeftOut = [new LeftOutColumn("key", "a key")],
            Target = TargetColumn.OfClasses("y"),
        };
        var fresh = Pipeline.Of(recipe.Fit(table).OrThrow(), [new Dense(2), new Relu()], seed: 3);
        var layout = fresh.Model.Parameters.Layout;
        return fresh with
        {
            Model = fresh.Model with
            {
                Parameters = new ParameterVector<float>(layout, [.. Enumerable.Range(0, layout.Count).Select(i => 0.125f * ((i % 7) - 3))]),
            },
            Temperature = 1.5,
            CalibratedOn = isLater ? new string('a', 64) : null,
            Decision = new Decision(0.375, "by hand")
            {
                Tuning = isLater ? new Tuning(new MistakeCost(1, 4), new string('b', 64)) : null,
            },
        };
    }
}
