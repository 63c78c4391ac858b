using System.Runtime.Versioning;

namespace FunctionalNN.Tests;

/// <summary>Every mistake in a file gives an error that names the file, the line, the column, what was found, what was expected and the
/// fix.</summary>
public sealed class CsvMistakeTests : IDisposable
{
    private static readonly CsvOptions Labelled = new() { Label = "c" };
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, CsvOptions, string> Mistakes => new()
    {
        { "", Labelled, ", line 1: the file is empty, expected the names of the columns" },
        { "", Labelled with { HasHeader = false }, ", line 1: the file is empty, expected rows" },
        { "a,b,c\n", Labelled, ": the file has names of columns but no rows" },
        { "a,b,c\n1,2,x\n1,2\n", Labelled, ", line 3: 2 fields, expected 3 as in the header" },
        { "a,b,c\n1,2,x\n1,2,x,4\n", Labelled, ", line 3: 4 fields, expected 3 as in the header" },
        { "1,x\n1,2,3\n", new CsvOptions { Label = 1, HasHeader = false }, ", line 2: 3 fields, expected 2 as in the first line" },
        { "a,c\n1,x\nold,y\n", Labelled,
            ", line 3, column \"a\": found \"old\", expected a number as in line 2: if it marks a missing value, add it to "
                + "MissingValues; if the column holds categories, name it in Categories" },
        { "a,c\nold,x\n1,y\n", Labelled,
            ", line 3, column \"a\": found the number \"1\" in a column that has the text \"old\" in line 2: if that marks a missing "
                + "value, add it to MissingValues; if numbers are names here, name the column in Categories" },
        { "a,c\n1,x\nnan,y\n", Labelled,
            ", line 3, column \"a\": found \"nan\", expected a finite number: if it marks a missing value, add it to MissingValues" },
        { "a,c\n-Inf,x\n1,y\n", Labelled,
            ", line 2, column \"a\": found \"-Inf\", expected a finite number: if it marks a missing value, add it to MissingValues" },
        { "a,c\n1e39,x\n1,y\n", Labelled, ", line 2, column \"a\": found \"1e39\", expected a number that Single can hold" },
        { "a,c\nu,x\nNaN,y\n", Labelled,
            ", line 3, column \"a\": found \"NaN\": if it marks a missing value, add it to MissingValues; if it is a name, name the "
                + "column in Categories" },
        { "a,c\n1,nan\n1,y\n", Labelled,
            ", line 2, column \"c\": found \"nan\": if it marks a missing value, add it to MissingValues; if it is a name, name the "
                + "column in Categories" },
        { "a,c\n1,x\n,y\n", Labelled,
            ", line 3, column \"a\": the value is missing: fill it in, leave the column out with Ignore = [\"a\"], or set Missing = "
                + "Missing.DropRow or Missing.Mean" },
        { "a,c\n1,x\n2,\n", Labelled, ", line 3, column \"c\": the value is missing: fill it in, or set Missing = Missing.DropRow" },
        { "a,c\n1,x\n2,\n", Labelled with { Missing = Missing.Mean },
            ", line 3, column \"c\": the value is missing, and what is to be predicted is never made up: fill it in, or set Missing = "
                + "Missing.DropRow" },
        { "a,c\n1,2\n2,\n", new CsvOptions { Targets = ["c"], Missing = Missing.Mean },
            ", line 3, column \"c\": the value is missing, and what is to be predicted is never made up: fill it in, or set Missing = "
                + "Missing.DropRow" },
        { "a,b,c\n,1,x\n,2,y\n", Labelled with { Missing = Missing.Mean },
            ", column \"a\": every value is missing, so that it has no mean: leave the column out with Ignore = [\"a\"]" },
        { "a,b,c\n1,,x\n,2,y\n3,,y\n", Labelled with { Missing = Missing.DropRow },
            ": all 3 rows have a missing value, and Missing = Missing.DropRow leaves none: the column \"b\" lacks 2; leave it out with "
                + "Ignore = [\"b\"], or set Missing = Missing.Mean" },
        { "a,c\n1,x\n2,x\n", Labelled, ", column \"c\": all 2 rows have the class \"x\": there is nothing to tell apart" },
        { "a,c\n1,0.5\n2,1\n", Labelled,
            ", line 2, column \"c\": found \"0.5\", expected the name or the whole number of a class: for a quantity name the column in "
                + "Targets instead of Label; if it is a name, name the column in Categories" },
        { "a,c\n1,x\n2,y\n", new CsvOptions { Targets = ["c"] },
            ", line 2, column \"c\": found \"x\", expected a number: for classes set Label instead of Targets" },
        { "a,c\n1,dog\n2,cta\n", Labelled with { Classes = ["cat", "dog"] },
            ", line 3, column \"c\": found \"cta\", expected one of \"cat\", \"dog\"; did you mean \"cat\"?" },
        { "a,c\n1,0\n2,7\n", Labelled with { Classes = ["0", "1"] }, ", line 3, column \"c\": found \"7\", expected one of \"0\", \"1\"" },
        { "a,c\n1,x\n1,y\n1,z\n", Labelled with { CategoryLimit = 2 },
            ", line 4, column \"c\": more than 2 different classes: name the column in Targets if it is a quantity, or raise "
                + "CategoryLimit" },
        { "a,c\nu,x\nv,y\nw,y\n", Labelled with { CategoryLimit = 2 },
            ", line 4, column \"a\": more than 2 different texts: leave the column out with Ignore if it names each row, or raise "
                + "CategoryLimit" },
        { "a,species\n1,x\n", new CsvOptions { Label = "Specie" },
            ", line 1: there is no column \"Specie\", which Label names; did you mean \"species\"?" },
        { "a,b\n1,x\n", new CsvOptions { Label = "target" },
            ", line 1: there is no column \"target\", which Label names; the columns are a, b" },
        { "a,b\n1,x\n", new CsvOptions { Label = 2 }, ", line 1: there is no column 2, which Label names: the file has 2, 0 to 1" },
        { "a,b\n1,x\n", new CsvOptions { Label = ^3 }, ", line 1: there is no column ^3, which Label names: the file has 2, 0 to 1" },
        { "a,b\n1,x\n", new CsvOptions(),
            ", line 1: the options name no column to predict: set Label (classes) or Targets (quantities); the columns are a, b" },
        { "a,a,c\n1,2,x\n", Labelled,
            ", line 1: the columns 0 and 1 have the same name, \"a\": rename one, or leave it out with Ignore = [1]" },
        { ",a,c\n1,2,x\n", Labelled,
            ", line 1: column 0 has no name (often the row numbers that a program has put first): give it one, or leave it out with "
                + "Ignore = [0]" },
        { "a,c\n1,x\n", Labelled with { Ignore = ["a"] }, ", line 1: no column is left for the inputs" },
        { "a,b,c\n1,2,x\n", Labelled with { Ignore = ["c", "b"] },
            ", line 1: the column \"c\" is in Ignore, but is also to be read: take it out of one" },
        { "a;b;c\n1;2;x\n", Labelled,
            ", line 1: there is no column \"c\", which Label names; the columns are a;b;c; the fields seem to be separated by ';': set "
                + "Separator = ';' (it is ',')" },
        { "1,2,3\n4,5,6\n", new CsvOptions { Label = 2 },
            ", line 1: the names of the columns are all numbers (1, 2, 3): if the file has no header, set HasHeader = false; if these "
                + "are names, set HasHeader = true" },
        { "sepal,kind\n5.1,x\n", new CsvOptions { Label = 1, HasHeader = false },
            ", line 2, column \"column0\": found the number \"5.1\" in a column that has the text \"sepal\" in line 1: if that marks a "
                + "missing value, add it to MissingValues; if numbers are names here, name the column in Categories; if line 1 names the "
                + "columns, set HasHeader = true" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_its_place_and_its_fix(string content, CsvOptions options, string expected)
    {
        var path = folder.WriteText("a.csv", content);
        var fault = Csv.Read(path, options).Fault();
        Assert.Equal(path + expected, fault);
        Assert.Equal(fault, Assert.Throws<InvalidOperationException>(() => Csv.Read(path, options).OrThrow()).Message);
    }

    [Fact]
    public void All_columns_that_are_not_there_are_named_at_once()
    {
        var path = folder.WriteText("a.csv", "a,b,c\n1,2,x\n");
        Assert.Equal(
            [$"{path}, line 1: there is no column \"klass\", which Label names; the columns are a, b, c",
                $"{path}, line 1: there is no column \"bb\", which Ignore names; did you mean \"b\"?"],
            Csv.Read(path, new CsvOptions { Label = "klass", Ignore = ["bb"] }).Fault().Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("a,c\n1,\"x\n2,y\n")]
    [InlineData("a,c\n1,\"x\"y\n2,y\n")]
    [InlineData("a,c\n1,x\"y\n2,y\n")]
    public void Quotes_out_of_place_are_mistakes(string content)
    {
        var path = folder.WriteText("a.csv", content);
        var fault = Csv.Read(path, Labelled).Fault();
        Assert.StartsWith($"{path}, line 2: ", fault, StringComparison.Ordinal);
        Assert.Contains("quote", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_a_mistake()
    {
        var path = folder.Write("a.csv", [.. "a,c\n1,x\n1,"u8, 0xE4, (byte)'\n']);
        Assert.Equal(
            $"{path}, line 3, column \"c\": the text is not UTF-8: save the file as UTF-8, or set Encoding to what it was written in, such "
                + $"as Encoding.Latin1",
            Csv.Read(path, Labelled).Fault());
    }

    [Fact]
    public void Every_truncation_of_a_compressed_file_is_an_error()
    {
        var whole = IdxFileTests.Gzip("a,c\n1,x\n2,y\n3,x\n"u8.ToArray());
        for (var length = 1; length < whole.Length; length++)
        {
            var path = folder.Write("cut.csv", whole[..length]);
            Assert.StartsWith(path, Csv.Read(path, Labelled).Fault(), StringComparison.Ordinal);
        }

        var cut = folder.Write("cut.csv", whole[..^12]);
        Assert.Matches(
            "byte [0-9]+: the gzip stream should end here with the length [0-9]+, found [0-9]+: its end is cut off, or something "
                + "follows it", Csv.Read(cut, Labelled).Fault());
    }

    [Fact]
    public void What_is_no_file_is_an_error()
    {
        Assert.Equal($"{folder["absent.csv"]}: there is no such file", Csv.Read(folder["absent.csv"], Labelled).Fault());
        Assert.Equal($"{folder.FullName} is a folder, expected a CSV file", Csv.Read(folder.FullName, Labelled).Fault());
        Assert.StartsWith(" cannot be read: ", Csv.Read("", Labelled).Fault(), StringComparison.Ordinal);
    }

    [UnprivilegedFact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_may_not_be_read_is_an_error()
    {
        var path = folder.WriteText("secret.csv", "a,c\n1,x\n");
        File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.StartsWith($"{path} cannot be read: ", Csv.Read(path, Labelled).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_file_must_fit_the_encoding()
    {
        var encoding = Csv.Read(folder.WriteText("a.csv", "age,sex,c\n1,male,x\n2,female,y\n"), Labelled).Good().Encoding;
        (string Content, string Expected)[] cases =
        [
            ("age,c\n1,x\n", ", line 1: there is no column \"sex\", which the encoding names; the columns are age, c"),
            ("ages,sex,c\n1,male,x\n", ", line 1: there is no column \"age\", which the encoding names; did you mean \"ages\"?"),
            ("age,sex,c\n1,mal,x\n",
                ", line 2, column \"sex\": found \"mal\", expected one of \"female\", \"male\"; did you mean \"male\"?; "
                    + "UnknownCategory.Zeros lets others pass"),
            ("age,sex,c\n1,male,z\n", ", line 2, column \"c\": found \"z\", expected one of \"x\", \"y\""),
            ("age,sex,c\nold,male,x\n",
                ", line 2, column \"age\": found \"old\", expected a number, as in the file that the encoding was fitted on"),
            ("age,sex,c\n", ": the file has names of columns but no rows"),
        ];
        foreach (var (content, expected) in cases)
        {
            var path = folder.WriteText("b.csv", content);
            Assert.Equal(path + expected, encoding.Read(path).Fault());
        }
    }

    [Fact]
    public void Rows_to_predict_are_never_dropped()
    {
        var encoding = Csv.Read(folder.WriteText("a.csv", "a,c\n1,x\n2,y\n,y\n"), Labelled with { Missing = Missing.DropRow })
            .Good().Encoding;
        var path = folder.WriteText("b.csv", "a\n1\n\"\"\n");
        Assert.StartsWith($"{path}, line 3, column \"a\": the value is missing", encoding.ReadInputs(path).Fault(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_a_wrong_call()
    {
        Assert.StartsWith("the options set both Label (\"c\") and Targets (\"a\")",
            Assert.Throws<ArgumentException>(() => Csv.Read("a", Labelled with { Targets = ["a"] })).Message, StringComparison.Ordinal);
        Assert.StartsWith("the separator is 'ä'",
            Assert.Throws<ArgumentException>(() => Csv.Read("a", Labelled with { Separator = 'ä' })).Message, StringComparison.Ordinal);
        Assert.StartsWith("Classes names a class twice",
            Assert.Throws<ArgumentException>(() => Csv.Read("a", Labelled with { Classes = ["x", "x"] })).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("the category limit is 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => Labelled with { CategoryLimit = 0 }).Message, StringComparison.Ordinal);
    }
}
