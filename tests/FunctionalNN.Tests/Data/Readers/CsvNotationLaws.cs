using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>A number in any notation is read as itself by the options for it, and without them refused with a message that names them: it
/// never becomes a category in silence.</summary>
public sealed class CsvNotationLaws : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Numbers and how they are written.</summary>
    public sealed record Notation(double[] Values, char Point, string Thousands, string Unit, bool IsBefore, string Minus, string Blank)
    {
        public CsvOptions Options => new()
        {
            Targets = ["y"],
            Separator = ';',
            DecimalMark = Point,
            ThousandsMark = Thousands.Length == 0 ? null : Thousands[0],
            Units = Unit.Length == 0 ? [] : [Unit],
        };

        public IEnumerable<string> Texts => Values.Select(Written);

        public override string ToString() => string.Join(" | ", Texts);

        public static Arbitrary<Notation> Any() => Arb.From(
            from values in Gen.Choose(-99_999_999, 99_999_999).Select(value => value / 100.0).ListOf().Where(list => list.Count > 1)
            from point in Gen.Elements('.', ',')
            from thousands in Gen.Elements("", ",", ".", " ", "'", "\u00A0", "\u202F", "\u2019")
            from unit in Gen.Elements("", "", "$", "€", "%", "CHF")
            from isBefore in Gen.Elements(true, false)
            from minus in Gen.Elements("-", "\u2212")
            from blank in Gen.Elements("", "\u00A0", "\uFEFF", "\u2009")
            where thousands.Length == 0 || thousands[0] != point
            select new Notation([.. values], point, thousands, unit, isBefore, minus, blank));

        private string Written(double value)
        {
            var plain = Math.Abs(value).ToString("N2", CultureInfo.InvariantCulture);
            var text = plain.Replace(",", "\0", StringComparison.Ordinal).Replace('.', Point)
                .Replace("\0", Thousands, StringComparison.Ordinal);
            var sign = value < 0 ? Minus : "";
            return Blank + (Unit.Length == 0 ? sign + text : IsBefore ? sign + Unit + text : $"{sign}{text} {Unit}") + Blank;
        }
    }

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 300, Arbitrary = [typeof(Notation)])]
    public void The_right_options_read_every_number(Notation notation)
    {
        var table = Csv.Read<double>(Write(notation), notation.Options).OrThrow();
        Assert.Equal(notation.Values, table.Data.Numbers());
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(Notation)])]
    public void Without_options_the_message_leads_to_them(Notation notation)
    {
        // One step at a time, as somebody would who follows the messages.
        var (path, options) = (Write(notation), new CsvOptions { Targets = ["y"], Separator = ';' });
        for (var steps = 0; steps < 6; steps++)
        {
            var (fault, values) = Csv.Read<double>(path, options)
                .Match<(string?, double[]?)>(table => (null, table.Data.Numbers()), error => (error.Message, null));
            if (values is not null)
            {
                Assert.Equal(notation.Values, values);
                return;
            }

            Assert.Contains("a number with", fault, StringComparison.Ordinal);
            var next = Followed(options, fault!, notation);
            Assert.NotEqual(options, next);
            options = next;
        }

        Assert.Fail($"six messages did not lead to a run: {options}");
    }

    [Theory]
    [InlineData("2024-01-31", "a date")]
    [InlineData("31.01.2024", "a date")]
    [InlineData("1/31/24", "a date")]
    [InlineData("2024/1/31 12:00", "a date")]
    [InlineData("31 January 2024", "a date")]
    [InlineData("Jan 31, 2024", "a date")]
    [InlineData("2024-01-31T12:00:00Z", "a date")]
    [InlineData("12:30", "a time")]
    [InlineData("12:30:59.5", "a time")]
    [InlineData("3/4", "a fraction")]
    [InlineData("(1,234.50)", "brackets")]
    [InlineData("12.5-", "minus sign behind")]
    [InlineData("0x1F", "hexadecimal")]
    [InlineData("1.5D+03", "Fortran")]
    [InlineData("1_000", "low lines")]
    [InlineData("١٢٣", "digits other than 0 to 9")]
    [InlineData("１２", "digits other than 0 to 9")]
    public void What_no_option_reads_is_refused_by_its_name(string text, string name)
    {
        var path = folder.WriteText("a.csv", $"a;y\n{text};0\n{text};1\n");
        foreach (var (options, column) in new[] { (new CsvOptions { Label = "y", Separator = ';' }, "a"),
            (new CsvOptions { Label = "a", Separator = ';' }, "a"), (new CsvOptions { Targets = ["a"], Separator = ';' }, "a") })
        {
            var fault = Csv.Read(path, options).Fault();
            Assert.StartsWith($"{path}, line 2, column \"{column}\": found ", fault, StringComparison.Ordinal);
            Assert.Contains(name, fault, StringComparison.Ordinal);
        }

        // What is said to be a name is one, whatever it looks like.
        Assert.Equal(1, Csv.Read(path, new CsvOptions { Label = "y", Separator = ';', Categories = ["a"] }).OrThrow().Data.Inputs.Width);
    }

    [Fact]
    public void Units_are_never_mixed()
    {
        var path = folder.WriteText("a.csv", "a;y\n5 €;1\n6 $;2\n");
        Assert.Equal(
            $"{path}, line 3, column \"a\": found \"6 $\" with the unit \"$\" in a column that has the unit \"€\" in line 2: write all in "
                + $"one unit",
            Csv.Read(path, new CsvOptions { Targets = ["y"], Separator = ';', Units = ["€", "$"] }).Fault());
        path = folder.WriteText("a.csv", "a;y\n5 %;1\n6;2\n");
        Assert.EndsWith("found \"6\" with no unit in a column that has the unit \"%\" in line 2: write all in one unit",
            Csv.Read(path, new CsvOptions { Targets = ["y"], Separator = ';', Units = ["%"] }).Fault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, 12, true)]
    [InlineData(12, 10, true)]
    [InlineData(12, 6, false)]
    [InlineData(3, 3, false)]
    public void A_text_that_names_each_row_is_no_category(int rows, int different, bool isRefused)
    {
        var path =
            folder.WriteText("a.csv",
                $"name,a,y\n"
                    + $"{string.Concat(Enumerable.Range(0, rows).Select(row => $"n{Math.Min(row, different - 1)},{row},{row % 2}\n"))}");
        var read = Csv.Read(path, new CsvOptions { Label = "y" });
        Assert.Equal(isRefused, read.IsLeft);
        if (isRefused)
        {
            Assert.Contains($"column \"name\": {different} different texts in {rows} rows", read.Fault(), StringComparison.Ordinal);
            Assert.True(Csv.Read(path, new CsvOptions { Label = "y", Ignore = ["name"] }).IsRight);
            Assert.True(Csv.Read(path, new CsvOptions { Label = "y", Categories = ["name"] }).IsRight);
        }
    }

    [Fact]
    public void A_mark_of_byte_order_in_mid_file_is_a_blank() =>
        Assert.Equal([1, 2, 3],
            Csv.Read(folder.WriteText("a.csv", "\uFEFFa,y\n1,0\n\uFEFF2,1\n3,1\n"), new CsvOptions { Label = "y" })
                .OrThrow().Data.Numbers());

    private string Write(Notation notation) =>
        folder.WriteText("a.csv", $"a;y\n{string.Concat(notation.Texts.Select((text, row) => $"{text};{row}\n"))}");

    /// <summary>The options with what a message says set; of two ways, the one that is meant.</summary>
    private static CsvOptions Followed(CsvOptions options, string message, Notation meant)
    {
        foreach (Match fix in Regex.Matches(message, @"(DecimalMark|ThousandsMark) = '(\\?.)'|Units = \[""(.+?)""\]"))
        {
            var mark = fix.Groups[2].Value.TrimStart('\\');
            options = fix.Groups[1].Value switch
            {
                "DecimalMark" when mark[0] == meant.Point => options with { DecimalMark = mark[0] },
                "ThousandsMark" when mark[0] != meant.Point => options with { ThousandsMark = mark[0] },
                "" => options with { Units = [fix.Groups[3].Value] },
                _ => options,
            };
        }

        return options;
    }
}
