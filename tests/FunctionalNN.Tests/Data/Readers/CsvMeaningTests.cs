namespace FunctionalNN.Tests;

/// <summary>Codes stay codes, marks of gaps stay gaps, a first row is no header, runs of blanks are one separator, and a text is read in
/// its encoding or refused.</summary>
public sealed class CsvMeaningTests : IDisposable
{
    private static readonly CsvOptions Labelled = new() { Label = "y" };
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> GapMarks =>
        [.. new[] { "?", "NA", "na", "N/A", "n/a", "#N/A", "null", "NULL", "None", "-", "--", ".", "nan", "NaN", "\\N", "<NA>", "#DIV/0!",
            "–" }];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Declared_categories_and_labels_with_leading_zeros_are_their_texts()
    {
        var codes = Read("code,y\n0101,a\n101,b\n00101,a\n101.0,b\n", Labelled with { Categories = ["code"] });
        Assert.Equal(["code=00101", "code=0101", "code=101", "code=101.0"], codes.InputNames.ToArray());
        Assert.Equal(["1.1", "1.10"], Read("a,y\n1,1.1\n2,1.10\n", Labelled with { Categories = ["y"] }).ClassNames.ToArray());
        Assert.Equal(["007", "7", "10"],
            Read("a,y\n1,7\n2,007\n3,10\n", Labelled).ClassNames.ToArray().Order().Reverse().OrderBy(double.Parse)
                .ThenBy(text => text, StringComparer.Ordinal));
        Assert.Equal(["1", "2"], Read("a,y\n1,1\n2,1.0\n3,2\n", Labelled).ClassNames.ToArray());
        var other = folder.WriteText("b.csv", "code,y\n0101,a\n1010,b\n");
        Assert.Contains("found \"1010\", expected one of", codes.Encoding.Read(other).Fault(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(GapMarks))]
    public void A_mark_of_a_gap_is_no_class_no_category_and_no_number(string mark)
    {
        var labelled = folder.WriteText("label.csv", $"a,y\n1,x\n2,z\n3,\"{mark}\"\n");
        Assert.Contains("line 4, column \"y\": found ", Csv.Read(labelled, Labelled).Fault(), StringComparison.Ordinal);
        Assert.Contains("if it marks a missing value, add it to MissingValues", Csv.Read(labelled, Labelled).Fault(),
            StringComparison.Ordinal);
        Assert.Equal(1, Csv.Read(labelled, Labelled with { MissingValues = [mark], Missing = Missing.DropRow }).OrThrow().DroppedRows);
        Assert.Equal(3, Csv.Read(labelled, Labelled with { Categories = ["y"] }).OrThrow().ClassNames.Length);

        var texts = folder.WriteText("input.csv", $"a,y\nu,x\nv,z\n\"{mark}\",z\n");
        Assert.Contains("if it marks a missing value, add it to MissingValues", Csv.Read(texts, Labelled).Fault(),
            StringComparison.Ordinal);

        var targets = folder.WriteText("target.csv", $"a,y\n1,2\n2,\"{mark}\"\n3,4\n");
        Assert.Contains("if it marks a missing value, add it to MissingValues",
            Csv.Read(targets, new CsvOptions { Targets = ["y"] }).Fault(), StringComparison.Ordinal);
        Assert.Equal(2,
            Csv.Read(targets, new CsvOptions { Targets = ["y"], MissingValues = [mark], Missing = Missing.DropRow }).OrThrow().Data.Count);
    }

    [Theory]
    [InlineData("5.1,3.5,setosa\n4.9,3.0,setosa\n6.2,2.2,virginica\n")]
    [InlineData("red,3.5,setosa\nred,3.0,setosa\nblue,2.2,virginica\n")]
    public void A_first_row_is_not_taken_for_a_header_without_a_word(string content)
    {
        var path = folder.WriteText("a.csv", content);
        Assert.Contains("if the file has no header, set HasHeader = false; if it is a name, set HasHeader = true",
            Csv.Read(path, new CsvOptions { Label = ^1 }).Fault(), StringComparison.Ordinal);
        Assert.Equal(3, Csv.Read(path, new CsvOptions { Label = ^1, HasHeader = false }).OrThrow().Data.Count);
        Assert.Equal(2, Csv.Read(path, new CsvOptions { Label = ^1, HasHeader = true }).OrThrow().Data.Count);
    }

    [Fact]
    public void A_first_row_of_pixels_is_told_as_well()
    {
        var path = folder.WriteText("a.csv", "five,0,255\nsix,1,2\nfive,3,4\n");
        Assert.Contains("set HasHeader = false", Csv.ReadBytes(path, new CsvOptions { Label = 0 }).Fault(), StringComparison.Ordinal);
        Assert.Equal(3, Csv.ReadBytes(path, new CsvOptions { Label = 0, HasHeader = false }).OrThrow().Count);
    }

    [Theory]
    [InlineData("-200", "-200.0")]
    [InlineData("-200", "-2e2")]
    [InlineData("-200.0", "-200")]
    [InlineData("999", "999.000")]
    [InlineData("-1", "\u22121")]
    public void A_mark_that_is_a_number_stands_for_every_way_to_write_it(string mark, string written)
    {
        var table = Read($"t,y\n1,0\n{written},1\n3,1\n", Labelled with { MissingValues = [mark], Missing = Missing.Mean });
        Assert.Equal([1, 2, 3], table.Data.Numbers());
        Assert.Equal([1], table.MissingValues.ToArray());
    }

    [Fact]
    public void A_mark_that_is_a_number_is_a_text_among_codes() =>
        Assert.Equal(["c=00", "c=1"],
            Read("c,y\n00,a\n1,b\n0,b\n",
                Labelled with { Categories = ["c"], MissingValues = ["0"], Missing = Missing.DropRow }).InputNames.ToArray());

    [Theory]
    [InlineData("  0.1   18.0  \"a b\"\n 12.5    0.00 c\n   3.0\t 7.5   c  \n")]
    [InlineData("0.1 18.0 \"a b\"\n12.5 0.00 c\r\n3.0 7.5 c")]
    public void Runs_of_blanks_are_one_separator(string content)
    {
        var table = Read(content, new CsvOptions { Label = ^1, HasHeader = false, Separator = ' ' });
        Assert.Equal([0.1f, 18, 12.5f, 0, 3, 7.5f], table.Data.Numbers());
        Assert.Equal(["a b", "c"], table.ClassNames.ToArray());
    }

    [Fact]
    public void Columns_set_with_blanks_may_be_in_any_encoding()
    {
        var path =
            folder.Write("a.txt",
                System.Text.Encoding.Unicode.GetPreamble().Concat(System.Text.Encoding.Unicode.GetBytes(" 1  é\n 2   x\n")).ToArray());
        Assert.Equal(["x", "é"],
            Csv.Read(path, new CsvOptions { Label = 1, HasHeader = false, Separator = ' ' }).OrThrow().ClassNames.ToArray());
    }

    [Theory]
    [InlineData("utf-16", false, "Encoding.Unicode")]
    [InlineData("utf-16BE", false, "Encoding.BigEndianUnicode")]
    [InlineData("utf-32", false, "Encoding.UTF32")]
    [InlineData("latin1", false, "Encoding.Latin1")]
    [InlineData("utf-16", true, null)]
    [InlineData("utf-16BE", true, null)]
    [InlineData("utf-8", true, null)]
    public void An_encoding_is_seen_by_its_mark_or_named(string name, bool hasMark, string? advice)
    {
        var encoding = System.Text.Encoding.GetEncoding(name);
        var path = folder.Write("a.csv", [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("qualité,y\n1,a\n2,b\n")]);
        var read = Csv.Read(path, Labelled);
        if (advice is not null)
        {
            Assert.Contains($"{advice}", read.Fault(), StringComparison.Ordinal);
            read = Csv.Read(path, Labelled with { Encoding = encoding });
        }

        Assert.Equal(["qualité"], read.OrThrow().InputNames.ToArray());
    }

    [Fact]
    public void Bytes_of_zero_are_no_text() =>
        Assert.EndsWith(" is no text: byte 7 is 0", Csv.Read(folder.Write("a.csv", [.. "a,y\n1,a"u8, 0, .. "\n2,b\n"u8]), Labelled).Fault(),
            StringComparison.Ordinal);

    private CsvTable<float> Read(string content, CsvOptions options) => Csv.Read(folder.WriteText("a.csv", content), options).OrThrow();
}
