using System.Text;

namespace FunctionalNN.Tests;

/// <summary>A column of categories that is embedded goes from the recipe to the served row.</summary>
public sealed class EmbeddedPipelineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_recipe_says_what_the_network_begins_with()
    {
        var (encoding, train) = Fitted(new CategoryColumn("city") { Encoding = CategoryEncoding.Embedding, Unseen = UnseenCategory.Zeros });
        var pipeline = Pipeline.Of(encoding, [new Dense(8), new Relu()], seed: 3);
        var column = Assert.Single(encoding.EmbeddedColumns);
        Assert.Equal(new EmbeddedColumn(1, 40, 13) { Name = "city", TakesUnknown = true }, column);
        Assert.Equal(new Embedding(column), pipeline.Model.Network.Layers[0]);
        Assert.Equal(["size", "city"], encoding.InputNames.ToArray());
        Assert.Equal(encoding.Columns.OfType<FittedCategory>().Single().Categories.IndexOf("city7"),
            (int)encoding.Matrix<float>(Table.Of([Row("city7")])).OrThrow()[0, 1]);
        Assert.Equal(-1, encoding.Matrix<float>(Table.Of([Row("nowhere")])).OrThrow()[0, 1]);
        Assert.Contains("categories, embedded", encoding.ToString(), StringComparison.Ordinal);
        Assert.Equal(720, train.Count);
    }

    [Fact]
    public void It_learns_what_the_one_hot_learns_and_is_served_from_its_file()
    {
        var (encoding, train) = Fitted(new CategoryColumn("city") { Encoding = CategoryEncoding.Embedding, EmbeddingWidth = 2 });
        var fresh = Pipeline.Of(encoding, [new Dense(8), new Relu()], seed: 3);
        var pipeline = fresh.With(fresh.Epochs(train, new Adam(0.02), seed: 4).Take(40).Last());
        var validation = Cities().Split("rich", 0.1, 0.3, seed: 1).Validation;
        var accuracy = ((ClassificationReport)pipeline.Report(validation)).Accuracy;
        Assert.True(accuracy > 0.95, $"{accuracy}");
        Assert.Equal("city", pipeline.Importance(validation).Ranked().First().Name);
        pipeline.Save(folder["p.safetensors"]).OrThrow();
        var served = Pipeline.Load(folder["p.safetensors"]).OrThrow();
        Assert.Equal(pipeline, served);
        Assert.Equal(pipeline.ContentHash(), served.ContentHash());
        Assert.True(served.Verify(train).IsSame);

        // What the most frequent category in its place would change.
        var explanation = served.Explain(Row("city7"));
        var known = served.Encoding.Columns.OfType<FittedCategory>().Single().Categories;
        var usual = known[(int)served.Encoding.InputMeans[1]];
        Assert.Equal(served.Predict(Row("city7")).Probability
            - served.Predict(Row(usual)).Probabilities.First(one => one.Name == explanation.Prediction.Class).Probability,
            explanation.Contributions.First(one => one.Column == "city").Contribution, 1e-6);
        Assert.Contains("column \"city\": found \"nowhere\", expected one of",
            Assert.Throws<RowException>(() => served.Predict(Row("nowhere"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_of_zeros_is_no_category()
    {
        var (encoding, _) =
            Fitted(new CategoryColumn("city") { Encoding = CategoryEncoding.Embedding, Gaps = Gaps.Zeros, MarksGaps = true });
        var row = Row("");
        row["city"] = null;
        Assert.Equal([-1, 1], encoding.Matrix<double>(Table.Of([row])).OrThrow().Row(0)[1..].ToArray());
    }

    /// <summary>The most frequent value may be a category that the column does not list.</summary>
    [Theory]
    [InlineData(CategoryEncoding.Embedding, UnseenCategory.Other, new[] { 1.0 })]
    [InlineData(CategoryEncoding.Embedding, UnseenCategory.Zeros, new[] { -1.0 })]
    [InlineData(CategoryEncoding.OneHot, UnseenCategory.Other, new[] { 0.0, 1 })]
    [InlineData(CategoryEncoding.OneHot, UnseenCategory.Zeros, new[] { 0.0 })]
    public void A_gap_of_the_most_frequent_is_what_that_value_is(CategoryEncoding encoding, UnseenCategory unseen, double[] expected)
    {
        var table = Table.Of(new string?[] { "z", "z", "a", null }.Select(text =>
            new Dictionary<string, object?> { ["c"] = text, ["y"] = text ?? "z" }));
        var fitted = new TableRecipe
        {
            Columns =
            [
                new CategoryColumn("c") { Categories = ["a"], Unseen = unseen, Gaps = Gaps.MostFrequent, Encoding = encoding },
            ],
            Target = TargetColumn.OfClasses("y"),
        }.Fit(table).OrThrow();
        Assert.Equal(expected, fitted.Matrix<double>(table).OrThrow().Row(0).ToArray());
        Assert.Equal(expected, fitted.Matrix<double>(table).OrThrow().Row(3).ToArray());
        _ = Pipeline.Of(fitted, [], 1).Predict(table);
    }

    [Fact]
    public void Mistakes_are_named_with_their_fix()
    {
        var train = Cities().Split("rich", 0.1, 0.3, seed: 1).Training;
        Assert.Contains("EmbeddingWidth is 0, expected 1 or more",
            Faults(new CategoryColumn("city") { Encoding = CategoryEncoding.Embedding, EmbeddingWidth = 0 }), StringComparison.Ordinal);
        Assert.Contains("set Encoding = CategoryEncoding.Embedding", Faults(new CategoryColumn("city") { EmbeddingWidth = 3 }),
            StringComparison.Ordinal);
        Assert.Contains("multiplies \"city\", which is embedded", Faults(
            new CategoryColumn("city") { Encoding = CategoryEncoding.Embedding }, new Interaction("size", "city")),
                StringComparison.Ordinal);
        var (encoding, _) = Fitted(new CategoryColumn("city") { Encoding = CategoryEncoding.Embedding });
        Assert.Contains("begin the network with new Embedding(encoding.EmbeddedColumns)", Assert.Throws<ArgumentException>(() =>
            new Pipeline<float>(encoding, new Network(2, [new Dense(2), new Softmax()]).Initialize(1))).Message, StringComparison.Ordinal);
        Assert.Contains("begin the network with", Assert.Throws<ArgumentException>(() => Pipeline.Of(encoding,
            [new Embedding(encoding.EmbeddedColumns[0] with { Categories = 39 })], 1)).Message, StringComparison.Ordinal);
        var (plain, _) = Fitted(new CategoryColumn("city"));
        Assert.Contains("no column of the recipe is embedded", Assert.Throws<ArgumentException>(() => Pipeline.Of(plain,
            [new Embedding(new EmbeddedColumn(1, 3, 2))], 1)).Message, StringComparison.Ordinal);

        string Faults(CategoryColumn column, params Interaction[] pairs) =>
            string.Join("\n", RecipeOf(column) with { Interactions = [.. pairs] }
            is var recipe ? recipe.Fit(train).Match(_ => [], errors => errors.Map(error => error.Message)) : []);
    }

    private static Dictionary<string, object?> Row(string city) => new() { ["size"] = 1.0, ["city"] = city };

    private static TableRecipe RecipeOf(CategoryColumn column) =>
        new() { Columns = [new NumberColumn("size"), column], Target = TargetColumn.OfClasses("rich") };

    private static (TableEncoding Encoding, Table Train) Fitted(CategoryColumn column)
    {
        var train = Cities().Split("rich", 0.1, 0.3, seed: 1).Training;
        return (RecipeOf(column).Fit(train).OrThrow(), train);
    }

    /// <summary>Whether a city is rich is known by its name alone.</summary>
    private static Table Cities()
    {
        var key = new Key(11);
        return Table.Of(Enumerable.Range(0, 1200).Select(i => new Dictionary<string, object?>
        {
            ["size"] = key.Normal(i),
            ["city"] = $"city{key.Below(40, i)}",
            ["rich"] = key.Below(40, i) * 7 % 3 == 0 ? "yes" : "no",
        }));
    }
}
