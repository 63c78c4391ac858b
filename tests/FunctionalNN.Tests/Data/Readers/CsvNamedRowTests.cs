namespace FunctionalNN.Tests;

/// <summary>A row by name is the row that the file would have given.</summary>
public sealed class CsvNamedRowTests : IDisposable
{
    private const string People = "age,city,member,y\n41,Oslo,True,a\n23,Rome,False,b\n35,Oslo,False,a\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_row_by_name_is_the_row_of_the_file()
    {
        var table = Read(People, new CsvOptions { Label = "y" });
        Assert.Equal(table.Data.InputsOf(0), table.Encoding.Row(("age", 41), ("city", "Oslo"), ("member", true)));
        Assert.Equal(table.Data.InputsOf(1), table.Encoding.Row(("member", "False"), ("city", " Rome "), ("age", "23")));
        Assert.Equal(Matrix.Row(2.5, 1, 0, 0, 1), table.Encoding.Row<double>(("age", 2.5f), ("city", "Oslo"), ("member", true)));
    }

    [Fact]
    public void Gaps_are_handled_as_the_policy_says()
    {
        var mean = Read(People, new CsvOptions { Label = "y", Missing = Missing.Mean, MissingValues = ["-1", "NA"] }).Encoding;
        foreach (var gap in new object?[] { null, "", "NA", -1, -1.0, "-1.0", double.NaN })
        {
            Assert.Equal(33, mean.Row(("age", gap), ("city", "Oslo"), ("member", true))[0, 0]);
        }

        Assert.Equal(mean.Row(("age", null), ("city", "Oslo"), ("member", true)), mean.Row(("city", "Oslo"), ("member", true)));
        Assert.Equal([33, 2 / 3f, 1 / 3f, 1, 0], mean.Row(("member", false)).Values.ToArray());
        Assert.True(
            float.IsNaN(Read(People, new CsvOptions { Label = "y", Missing = Missing.Keep }).Encoding.Row(("city", "Oslo"),
                ("member", true))[0, 0]));
        var strict = Read(People, new CsvOptions { Label = "y" }).Encoding;
        Assert.StartsWith("\"age\" has no value: give one",
            Assert.Throws<ArgumentException>(() => strict.Row(("city", "Oslo"), ("member", true))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_categories_are_handled_as_the_policy_says()
    {
        Assert.Equal([41, 0, 0, 0, 1],
            Read(People, new CsvOptions { Label = "y", UnknownCategory = UnknownCategory.Zeros }).Encoding.Row(("age", 41),
                ("city", "Bonn"), ("member", true)).Values.ToArray());
        var strict = Read(People, new CsvOptions { Label = "y" }).Encoding;
        Assert.Equal(
            "\"city\": found \"Olso\", expected one of \"Oslo\", \"Rome\"; did you mean \"Oslo\"?; UnknownCategory.Zeros lets others pass",
            Assert.Throws<ArgumentException>(() => strict.Row(("age", 41), ("city", "Olso"), ("member", true))).Message);
    }

    [Fact]
    public void Names_that_are_no_inputs_are_refused()
    {
        var encoding = Read(People, new CsvOptions { Label = "y" }).Encoding;
        Assert.StartsWith("there is no input \"agee\"; did you mean \"age\"?",
            Assert.Throws<ArgumentException>(() => encoding.Row(("agee", 1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("\"y\" is a column of the file and no input",
            Assert.Throws<ArgumentException>(() => encoding.Row(("y", "a"))).Message, StringComparison.Ordinal);
        Assert.StartsWith("\"age\" is given twice", Assert.Throws<ArgumentException>(() => encoding.Row(("age", 1), ("age", 2))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("\"age\": found \"old\", expected a number",
            Assert.Throws<ArgumentException>(() => encoding.Row(("age", "old"), ("city", "Oslo"), ("member", true))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("\"age\" is Infinity, expected a finite number",
            Assert.Throws<ArgumentException>(() =>
                encoding.Row(("age", double.PositiveInfinity), ("city", "Oslo"), ("member", true))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_in_texts_are_written_as_in_the_file_and_numbers_in_code_as_in_code()
    {
        var encoding =
            Read("a;y\n1,5 €;x\n2,5 €;z\n", new CsvOptions { Label = "y", Separator = ';', DecimalMark = ',', Units = ["€"] }).Encoding;
        Assert.Equal([1.5f], encoding.Row(("a", "1,5 €")).Values.ToArray());
        Assert.Equal([1.5f], encoding.Row(("a", 1.5)).Values.ToArray());
    }

    private CsvTable<float> Read(string content, CsvOptions options) => Csv.Read(folder.WriteText("a.csv", content), options).OrThrow();
}
