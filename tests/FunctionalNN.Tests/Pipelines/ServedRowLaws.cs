using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>A row that is served is the row that was learned from, bit for bit: over random tables, recipes and forms of the row, before
/// and
/// after a file.</summary>
public sealed class ServedRowLaws : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>A table of texts and a recipe for it.</summary>
    public sealed record TableCase(ImmutableArray<ImmutableArray<string>> Rows, TableRecipe Recipe)
    {
        public ImmutableArray<string> Names { get; } = ["n", "c", "d", "f", "y"];

        public string Csv => string.Join("\n", [string.Join(",", Names), .. Rows.Select(row => string.Join(",", row)), ""]);

        public override string ToString() => $"{Recipe}\n{Csv}";

        public static Arbitrary<TableCase> Any() => Arb.From(
            from count in Gen.Choose(4, 24)
            from rows in RowOf.ListOf(count)
            from number in AnyNumber
            from category in AnyCategory
            from date in AnyDate
            from flagGaps in Gen.Elements(Gaps.MostFrequent, Gaps.Zeros)
            from marks in Gen.Elements(true, false)
            from pairs in Gen.Elements<ImmutableArray<Interaction>>([], [new Interaction("n", "c")], [new Interaction("d", "f")])

                // One row with a value in every column, and two classes.
            let all = (ImmutableArray<ImmutableArray<string>>)
                [["1.5", "a", "2024-02-29", "yes", "p"], ["-0.25", "b", "1999-12-31T23:59:59", "no", "q"], .. rows]
            select new TableCase(all, new TableRecipe
            {
                Columns = [number, category, date, new FlagColumn("f") { Gaps = flagGaps, MarksGaps = marks }],
                Interactions = category.Encoding == CategoryEncoding.Embedding ? pairs.RemoveAll(pair => pair.Second == "c") : pairs,
                Target = TargetColumn.OfClasses("y"),
            }));

        private static Gen<ImmutableArray<string>> RowOf =>
            from number in Gen.Frequency(
                (4, Gen.Choose(-900, 100_000).Select(value => (value / 1000.0).ToString("R", CultureInfo.InvariantCulture))),
                (1, Gen.Elements("", "1e3", "007", "0.1", "12345678.9", "-0")))
            from category in Gen.Elements("", "a", "b", "c", "007", "7", "7.0", "größe")
            from date in Gen.Frequency(
                (4, Gen.Choose(0, 40_000).Select(day =>
                    new DateOnly(1950, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
                (1, Gen.Elements("", "2024-05-31T09:30:15.25Z", "2024-05-31 09:30", "2024-05-31T23:30:00+02:00")))
            from flag in Gen.Elements("", "yes", "NO", "True", "0")
            from label in Gen.Elements("p", "q")
            select (ImmutableArray<string>)[number, category, date, flag, label];

        private static Gen<Column> AnyNumber =>
            from scaling in Gen.Elements(Enum.GetValues<Scaling>())
            from gaps in Gen.Elements(Gaps.Mean, Gaps.Median, Gaps.MostFrequent, Gaps.Zeros)
            from log in Gen.Elements(true, false)
            from clip in Gen.Elements(0, 0.05)
            from bins in Gen.Elements<int?>(null, null, 3)
            from marks in Gen.Elements(true, false)
            select (Column)new NumberColumn("n")
            {
                Scaling = scaling,
                Gaps = gaps,
                Log = log,
                ClipShare = clip,
                Bins = bins,
                MarksGaps = marks,
            };

        private static Gen<CategoryColumn> AnyCategory =>
            from gaps in Gen.Elements(Gaps.MostFrequent, Gaps.Zeros)
            from rare in Gen.Choose(0, 3)
            from unseen in Gen.Elements(Enum.GetValues<UnseenCategory>())
            from marks in Gen.Elements(true, false)
            from width in Gen.Elements<int?>(0, 0, null, 2)
            select new CategoryColumn("c")
            {
                Gaps = gaps,
                RareBelow = rare,
                Unseen = unseen,
                MarksGaps = marks,
                Encoding = width == 0 ? CategoryEncoding.OneHot : CategoryEncoding.Embedding,
                EmbeddingWidth = width == 0 ? null : width,
            };

        private static Gen<Column> AnyDate =>
            from parts in Gen.Choose(1, 511)
            from gaps in Gen.Elements(Gaps.Mean, Gaps.Median, Gaps.MostFrequent, Gaps.Zeros)
            select (Column)new DateColumn("d") { Parts = (DateParts)parts, Gaps = gaps };
    }

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 100, Arbitrary = [typeof(TableCase)])]
    public void A_served_row_has_the_inputs_of_the_training_row(TableCase any)
    {
        var table = Table.Read(folder.Write("t.csv", Encoding.UTF8.GetBytes(any.Csv))).OrThrow();
        var encoding = any.Recipe.Fit(table).OrThrow();
        var learned = encoding.Encode<float>(table).OrThrow();
        var fresh = Pipeline.Of(encoding, [], seed: 1);
        fresh.Save(folder["p.safetensors"]).OrThrow();
        var served = Pipeline.Load(folder["p.safetensors"]).OrThrow();
        Assert.Equal(fresh, served);
        Assert.Equal(encoding, served.Encoding);
        var outputs = fresh.Model.Predict(learned);
        for (var row = 0; row < any.Rows.Length; row++)
        {
            var texts = any.Names.Index()
                .ToDictionary(name => name.Item, name => (string?)any.Rows[row][name.Index], StringComparer.Ordinal);
            var one = Table.Of([texts.ToDictionary(pair => pair.Key, pair => (object?)pair.Value, StringComparer.Ordinal)]);
            Assert.Equal(learned.InputsOf(row), served.Encoding.Matrix<float>(one).OrThrow());
            var prediction = served.Predict(texts);
            Assert.Equal(outputs.Row(row).ToArray().Select(value => (double)value), prediction.Probabilities.Select(each =>
                each.Probability));
            Assert.Equal(prediction, served.Predict(JsonDocument.Parse(JsonSerializer.Serialize(texts)).RootElement));
            Assert.Equal(prediction, served.Predict(new { N = texts["n"], C = texts["c"], D = texts["d"], F = texts["f"] }));
        }
    }
}
