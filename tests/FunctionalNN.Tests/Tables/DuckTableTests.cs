using DuckDB.NET.Data;

namespace FunctionalNN.Tests;

/// <summary>Tables by SQL. Skipped where DuckDB has no native library for the machine.</summary>
public sealed class DuckTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Types => new()
    {
        { "[1, 2] AS x", "column \"x\": found the type List, expected a number, a text, a flag or a date: take its parts, such as x[1]" },
        { "{'a': 1} AS x", "take its fields, such as x.field AS field" },
        { "map {'a': 1} AS x", "take its values, such as x['key'] AS value" },
        { "'a'::BLOB AS \"two words\"", "leave it out with SELECT * EXCLUDE (\"two words\")" },
        { "TIME '01:02:03' AS x", "make a number of it, such as epoch(x), the seconds" },
        { "INTERVAL 1 DAY AS x", "make a number of it, such as epoch(x), the seconds" },
    };

    public void Dispose() => folder.Dispose();

    [DuckFact]
    public void The_same_rows_come_from_CSV_Parquet_JSON_and_a_database()
    {
        var csv = folder.Write("customers.csv", System.Text.Encoding.UTF8.GetBytes(Customers.Csv(300, 1)));
        var (parquet, json, database) = (Place("customers.parquet"), Place("customers.json"), Place("customers.duckdb"));
        Run($"copy (from '{csv}') to '{parquet}'", $"copy (from '{csv}') to '{json}'", $"attach '{database}' as shop",
            $"create table shop.customers as from '{csv}'");
        var expected = Table.Read(csv).OrThrow();
        foreach (var table in new[]
        {
            DuckTable.Query($"from '{csv}'").OrThrow(), DuckTable.Query($"from '{parquet}'").OrThrow(),
            DuckTable.Query($"select * from '{json}'").OrThrow(),
            DuckTable.Query("from customers", new DuckOptions { Database = database }).OrThrow(),
            DuckTable.Query("from shop.customers", new DuckOptions { Before = [$"attach '{database}' as shop (read_only)"] }).OrThrow(),
        })
        {
            var recipe = new TableRecipe
            {
                Columns =
                [
                    new NumberColumn("age") { Gaps = Gaps.Median }, new NumberColumn("income") { Log = true, Gaps = Gaps.Mean },
                    new CategoryColumn("plan") { Gaps = Gaps.MostFrequent }, new DateColumn("signup_date") { Gaps = Gaps.Median },
                    new FlagColumn("newsletter") { Gaps = Gaps.MostFrequent },
                ],
                LeftOut = [new LeftOutColumn("id")],
            };
            Assert.Equal(string.Join(',', expected.Names), string.Join(',', table.Names));
            Assert.Equal(recipe.Fit(expected).OrThrow().Matrix<double>(expected).OrThrow(),
                recipe.Fit(table).OrThrow().Matrix<double>(table).OrThrow());
        }
    }

    [DuckFact]
    public void Sums_of_whole_numbers_decimals_and_every_width_are_numbers()
    {
        var table =
            DuckTable.Query("select sum(i::int) a, 1.25::decimal(9,3) b, 7::utinyint c, 8::uhugeint d, 0.5::float e, 'nan'::double f, "
            + "true g, 'x'::enum('x') h, null i from range(4) t(i)").OrThrow();
        Assert.Equal([6.0, 1.25, 7.0, 8.0, 0.5, null, true, "x", null], table.Names.Select(name => table.Row(0)[name]));
    }

    [DuckFact]
    public void A_stream_trains_to_the_same_bits_as_the_table_and_proposes_from_a_sample()
    {
        var parquet = Place("customers.parquet");
        Run($"copy (from read_csv('{folder.Write("c.csv", System.Text.Encoding.UTF8.GetBytes(Customers.Csv(5000, 2)))}')) to '{parquet}'");
        var sql = $"select * exclude (id) from '{parquet}'";
        var (stream, table) = (DuckTable.Stream(sql).OrThrow(), DuckTable.Query(sql).OrThrow());
        var sample = stream.Sample(1000, seed: 1);
        Assert.Equal(1000, sample.Count);
        Assert.Equal(Texts(sample), Texts(stream.Sample(1000, seed: 1)));
        Assert.NotEqual(Texts(sample), Texts(stream.Sample(1000, seed: 2)));
        Assert.Equal(5000, stream.Sample(9000, seed: 1).Count);
        var pipeline = Pipeline.Of(TableRecipe.Propose(sample, "churned").OrThrow().Fit(sample).OrThrow(), [new Dense(8), new Relu()], 1);
        var streamed = pipeline.Epochs(stream, new Adam(0.01), batchSize: 100, window: 0).Take(2).Last();
        var held = pipeline.Model.Train(new Adam(0.01), 0).Epochs(pipeline.Encode(table).InOrder(100), new CategoricalCrossEntropy())
            .Take(2).Last();
        Assert.Equal(held.Model.Parameters, streamed.Model.Parameters);
        var shuffled = pipeline.Epochs(stream, new Adam(0.01), batchSize: 100, window: 700, seed: 3).First();
        Assert.Equal(shuffled.Model.Parameters, pipeline.Epochs(stream, new Adam(0.01), 100, 700, seed: 3).First().Model.Parameters);
        Assert.NotEqual(streamed.Model.Parameters, shuffled.Model.Parameters);
    }

    [DuckTheory]
    [MemberData(nameof(Types))]
    public void A_column_whose_type_means_nothing_is_named_with_what_to_write(string column, string message)
    {
        Assert.Contains(message, Fault(DuckTable.Query($"select 1 AS y, {column}")), StringComparison.Ordinal);
        Assert.Contains(message, DuckTable.Stream($"select 1 AS y, {column}").Match(_ => "", fault => fault.Message),
            StringComparison.Ordinal);
    }

    [DuckFact]
    public void What_cannot_be_read_is_named_with_the_fix()
    {
        var text = folder.Write("text.parquet", "hello"u8.ToArray());
        var longer = folder.Write("longer.parquet", new byte[400]);
        var cut = folder.Write("cut.json", "{\"a\":"u8.ToArray());
        foreach (var (sql, options, words) in new (string, DuckOptions?, string[])[]
        {
            ("from 'none.parquet'", null, ["none.parquet: there is no such file", "the folder that the program runs in"]),
            ($"from '{text}'", null, [$"{text}: it is no Parquet file, or it is cut short", "read_csv("]),
            ($"from '{longer}'", null, [$"{longer}: it is no Parquet file, or it is cut short"]),
            ($"from '{cut}'", null, ["Malformed JSON in file", "cut.json"]),
            ("selec 1", null, ["DuckDB refuses the query: Parser Error: syntax error at or near \"selec\"", "LINE 1"]),
            ("select b from (select 1 as a)", null, ["Binder Error: Referenced column \"b\" not found", "Candidate bindings: \"a\""]),
            ("from customers", null, ["Table with name customers does not exist", "A file is named in quotes", "ATTACH in Before"]),
            ("", null, ["the query is empty"]),
            ("create table t (a int)", null, ["the query gives no columns"]),
            ("select 1 as a where false", null, ["the query gives no rows: see whether WHERE leaves any"]),
            ("select 1 as a, 2 as a", null, ["the columns are a, a", "with AS in SQL"]),
            ("select 'x'::int as a", null, ["Could not convert string 'x' to INT32"]),
            ("select 'infinity'::date as a", null, ["infinite date"]),
            ("from t", new DuckOptions { Database = "none.duckdb" }, ["none.duckdb: there is no such file"]),
            ("from t", new DuckOptions { Database = longer }, [$"{longer}: it cannot be opened as a database", "DuckDB's own"]),
            ("from t", new DuckOptions { MemoryLimit = "much" }, ["DuckDB refuses the query: Parser Error: Memory"]),
        })
        {
            var message = Fault(DuckTable.Query(sql, options));
            Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
        }
    }

    [DuckFact]
    public void A_row_that_stops_a_stream_is_named_where_it_is_reached()
    {
        var stream =
            DuckTable.Stream("select (case when i = 900000 then 'x' else i::varchar end)::int as a, i % 2 as b from range(1000000) t(i)")
            .OrThrow();
        var recipe = new TableRecipe { Columns = [new NumberColumn("a")], Target = TargetColumn.OfQuantity("b") };
        var encoding = recipe.Fit(DuckTable.Query("select 1 as a, 2 as b union all select 2, 3").OrThrow()).OrThrow();
        var fault = Assert.Throws<InvalidDataException>(() =>
            encoding.Stream<float>(stream).InOrder(64).Epoch(new Key(1), 0).Count());
        Assert.Contains("Could not convert string 'x' to INT32", fault.Message, StringComparison.Ordinal);

        // On several threads the others are interrupted when a row fails; the message is the row's all the same.
        Assert.All(Enumerable.Range(0, 30), _ => Assert.Contains("Could not convert string 'x' to INT32", Fault(DuckTable.Query(
            "select (case when i = 300000 then 'x' else i::varchar end)::int as a from range(400000) t(i)")), StringComparison.Ordinal));
        var gaps = DuckTable.Stream("select case when i = 9000 then null else 1 end as a, 1 as b from range(10000) t(i)").OrThrow();
        fault = Assert.Throws<InvalidDataException>(() => encoding.Stream<float>(gaps).InOrder(64).Epoch(new Key(1), 0).Count());
        Assert.StartsWith("row 9000, column \"a\": ", fault.Message, StringComparison.Ordinal);
    }

    private static string Fault(LanguageExt.Either<LanguageExt.Common.Error, Table> read) =>
        read.Match(table => $"no fault: {table}", fault => fault.Message);

    private static string[] Texts(Table table) =>
        [.. Enumerable.Range(0, table.Count).Select(row => string.Join('|', table.Row(row).Values))];

    private static void Run(params string[] statements)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        foreach (var statement in statements)
        {
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    private string Place(string name) => Path.Combine(folder.FullName, name);
}

/// <summary>A fact that needs DuckDB's native library.</summary>
internal sealed class DuckFactAttribute : FactAttribute
{
    public DuckFactAttribute() => Skip = Missing.Value;

    /// <summary>Why there is none; null where there is.</summary>
    public static Lazy<string?> Missing { get; } = new(() =>
    {
        try
        {
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            return null;
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            return $"DuckDB's native library does not load here: {fault.Message}";
        }
    });
}

/// <summary>A theory that needs DuckDB's native library.</summary>
internal sealed class DuckTheoryAttribute : TheoryAttribute
{
    public DuckTheoryAttribute() => Skip = DuckFactAttribute.Missing.Value;
}
