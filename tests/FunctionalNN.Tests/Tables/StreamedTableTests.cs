namespace FunctionalNN.Tests;

/// <summary>Tables that come in pieces: the same rows, the same bits.</summary>
public sealed class StreamedTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void A_stream_is_encoded_as_the_table_whatever_the_pieces(int piece)
    {
        var (table, stream) = (Rows(200), Streamed(200, piece));
        var encoding = TableRecipe.Propose(table, "churned").OrThrow().Fit(table).OrThrow();
        var data = encoding.Encode<double>(table).OrThrow();
        var batches = encoding.Stream<double>(stream).InOrder(32).Epoch(new Key(1), 0).ToArray();
        foreach (var (streamed, held) in batches.Zip(data.InOrder(32).Epoch(new Key(1), 0)))
        {
            Assert.Equal(held, streamed);
        }

        Assert.Equal(data.Count, batches.Sum(batch => batch.Inputs.Rows));
        Assert.Equal(encoding.InputNames, encoding.Stream<double>(stream).InputNames);
    }

    [Fact]
    public void Rows_with_gaps_that_are_dropped_are_dropped_in_a_stream_too()
    {
        var table = Rows(300);
        var recipe = new TableRecipe
        {
            Columns = [new NumberColumn("age") { Gaps = Gaps.DropRow }],
            Target = TargetColumn.OfClasses("churned"),
        };
        var encoding = recipe.Fit(table).OrThrow();
        var count = encoding.Stream<float>(Streamed(300, 1)).InOrder(10).Epoch(new Key(1), 0).Sum(batch => batch.Inputs.Rows);
        Assert.Equal(encoding.Encode<float>(table).OrThrow().Count, count);
        Assert.True(count < 300);
    }

    [Fact]
    public void A_sample_is_drawn_uniformly_and_by_seed()
    {
        const int Rows = 50, Drawn = 10, Seeds = 2000;
        var stream = Streamed(Rows, 8);
        var counts = new int[Rows];
        for (var seed = 0; seed < Seeds; seed++)
        {
            var ids = Ids(stream.Sample(Drawn, seed));
            Assert.Equal(Drawn, ids.Distinct().Count());
            foreach (var id in ids)
            {
                counts[id]++;
            }
        }

        // Binomial of mean 400 and spread 17.9: six spreads.
        Assert.All(counts, count => Assert.InRange(count, 292, 508));
        Assert.Equal(Ids(stream.Sample(Drawn, 5)), Ids(stream.Sample(Drawn, 5)));
        Assert.Equal(Enumerable.Range(0, Rows), Ids(stream.Sample(Rows, 1)));
        Assert.Equal(Enumerable.Range(0, Rows), Ids(stream.Sample(10 * Rows, 1)));
    }

    [Fact]
    public void A_reader_is_opened_anew_for_each_pass_and_disposed_of()
    {
        var opened = new List<System.Data.DataTableReader>();
        var stream = StreamedTable.Of(() =>
        {
            var table = new System.Data.DataTable();
            table.Columns.Add("a", typeof(double));
            for (var i = 0; i < 5000; i++)
            {
                table.Rows.Add((double)i);
            }

            opened.Add(table.CreateDataReader());
            return opened[^1];
        });
        Assert.Equal(5000, stream.Pieces().Sum(piece => piece.Count));
        Assert.Equal(5000, stream.Pieces().Sum(piece => piece.Count));
        Assert.Equal(2, opened.Count);
        Assert.All(opened, reader => Assert.True(reader.IsClosed));
    }

    [Fact]
    public void A_stream_without_rows_has_no_sample() =>
        Assert.Contains("no rows", Assert.Throws<InvalidDataException>(() => StreamedTable.Of(() => []).Sample(1, 1)).Message,
            StringComparison.Ordinal);

    private static int[] Ids(Table table) =>
        [.. Enumerable.Range(0, table.Count).Select(row => int.Parse((string)table.Row(row)["id"]!, null))];

    private static Table Rows(int count)
    {
        using var folder = new TemporaryFolder();
        return Table.Read(folder.Write("rows.csv", System.Text.Encoding.UTF8.GetBytes(Customers.Csv(count, 3)))).OrThrow();
    }

    private static StreamedTable Streamed(int count, int piece)
    {
        var table = Rows(count);
        return StreamedTable.Of(() => Enumerable.Range(0, count).Chunk(piece).Select(rows => table.Pick(rows)));
    }
}
