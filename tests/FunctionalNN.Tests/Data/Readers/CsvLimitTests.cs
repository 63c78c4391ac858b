namespace FunctionalNN.Tests;

/// <summary>A small file makes no large message and takes no large memory, whatever is in it.</summary>
public sealed class CsvLimitTests : IDisposable
{
    private const int LongestMessage = 8000;
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Kinds => [.. Files.Keys];

    private static Dictionary<string, Func<string>> Files { get; } = new()
    {
        ["a header of empty names"] = () => new string(',', 90_000) + "\n",
        ["a header of one name"] = () => string.Join(',', Enumerable.Repeat("a", 90_000)) + "\n",
        ["a header of numbers"] = () => string.Join(',', Enumerable.Range(0, 90_000)) + "\n1\n",
        ["a million columns"] = () => new string(',', 1_000_000) + "\n",
        ["a long name"] = () => new string('x', 5_000_000) + "\n1\n",
        ["a long field"] = () => "a,y\n" + new string('x', 5_000_000) + ",1\n1,2\n",
        ["an open quote"] = () => "a,y\n\"" + string.Concat(Enumerable.Repeat("1,2\n", 1_000_000)),
        ["many fields"] = () => "a,y\n" + new string(',', 5_000_000) + "\n",
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_is_short_and_memory_a_small_multiple(string kind)
    {
        var content = Files[kind]();
        var paths =
            new[] { folder.WriteText("a.csv", content),
                folder.Write("a.csv.gz", IdxFileTests.Gzip(System.Text.Encoding.UTF8.GetBytes(content))) };
        foreach (var path in paths)
        {
            foreach (var options in new[] { new CsvOptions { Label = "y" }, new CsvOptions { Label = "y", Ignore = ["u", "v"] },
                new CsvOptions { Targets = ["z"] } })
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var fault = Csv.Read(path, options).Fault();
                Assert.InRange(fault.Length, 1, LongestMessage);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (200L * content.Length) + (64 << 20));
            }
        }
    }

    [Fact]
    public void Ten_mistakes_are_named_and_the_rest_is_counted()
    {
        var fault = Csv.Read(folder.WriteText("a.csv", new string(',', 500) + "y\n"), new CsvOptions { Label = "y" }).Fault();
        var lines = fault.Split(Environment.NewLine);
        Assert.Equal(11, lines.Length);
        Assert.EndsWith("line 1: 490 more mistakes of this kind", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Many_columns_are_read_and_found_again()
    {
        const int Columns = 20_000;
        var header = string.Join(',', Enumerable.Range(0, Columns).Select(i => $"c{i}"));
        var rows =
            string.Concat(Enumerable.Range(0, 3)
                .Select(row => $"{string.Join(',', Enumerable.Range(0, Columns).Select(i => (i + row) % 10))},{row % 2}\n"));
        var table = Csv.Read(folder.WriteText("a.csv", $"{header},y\n{rows}"), new CsvOptions { Label = "y" }).OrThrow();
        Assert.Equal(Columns, table.Data.Inputs.Width);
        Assert.Equal(table.Data.Numbers(), table.Encoding.Read(folder["a.csv"]).OrThrow().Data.Numbers());
        Assert.InRange(table.Encoding.Read(folder.WriteText("b.csv", "a,y\n1,0\n")).Fault().Length, 1, LongestMessage);
    }
}
