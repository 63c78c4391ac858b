using System.Text;

namespace FunctionalNN.Tests;

public sealed class CsvReadTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Numbers_are_inputs_texts_one_hot_and_the_label_classes()
    {
        var table = Read("age,sex,survived\n22,male,no\n.5,female,yes\n-3e1,male,no\n", new CsvOptions { Label = "survived" });
        Assert.Equal(["age", "sex=female", "sex=male"], table.InputNames.ToArray());
        Assert.Equal([22, 0, 1, 0.5f, 1, 0, -30, 0, 1], table.Data.Numbers());
        Assert.Equal(["no", "yes"], table.ClassNames.ToArray());
        Assert.Equal([0, 1, 0], table.Data.Labels());
        Assert.Equal("yes", ((ClassLabels)table.Data.Targets).NameOf(1));
        Assert.Equal((0, "survived"), (table.DroppedRows, table.Encoding.LabelName));
    }

    [Theory]
    [InlineData("last")]
    [InlineData("2")]
    [InlineData("name")]
    public void The_label_is_named_by_name_or_position(string how)
    {
        CsvColumn label = how switch { "last" => ^1, "2" => 2, _ => "c" };
        Assert.Equal(["a", "b"], Read("a,b,c\n1,2,x\n3,4,y\n", new CsvOptions { Label = label }).InputNames.ToArray());
    }

    [Fact]
    public void Without_a_header_columns_have_numbers()
    {
        var table = Read("5.1,setosa\n6.2,virginica\n", new CsvOptions { HasHeader = false, Label = ^1 });
        Assert.Equal((2, "column0", "column1"), (table.Data.Count, Assert.Single(table.InputNames), table.Encoding.LabelName));
    }

    [Fact]
    public void Quoted_fields_hold_separators_quotes_and_line_breaks()
    {
        var table = Read("\"a;b\";say\r\n1;\"x;\"\"y\"\"\"\r\n2;\"two\nlines\"\r\n", new CsvOptions { Label = "say", Separator = ';' });
        Assert.Equal(["a;b"], table.InputNames.ToArray());
        Assert.Equal(["two\nlines", "x;\"y\""], table.ClassNames.ToArray());
    }

    [Fact]
    public void Blanks_around_fields_a_mark_of_byte_order_and_a_missing_last_line_break_do_not_matter()
    {
        var path = folder.Write("a.csv", [0xEF, 0xBB, 0xBF, .. "a , b\n 1 ,\" x \"\n\n2,y"u8]);
        var table = Csv.Read(path, new CsvOptions { Label = "b" }).Good();
        Assert.Equal([1, 2], table.Data.Numbers());
        Assert.Equal(["x", "y"], table.ClassNames.ToArray());
    }

    [Fact]
    public void Compression_is_seen_in_the_content()
    {
        var path = folder.Write("a.csv", IdxFileTests.Gzip("a,b\n1,x\n2,y\n"u8.ToArray()));
        Assert.Equal([1, 2], Csv.Read(path, new CsvOptions { Label = "b" }).Good().Data.Numbers());
    }

    [Fact]
    public void Other_encodings_are_read_where_they_are_named()
    {
        var path = folder.Write("a.csv", Encoding.Latin1.GetBytes("größe,b\n1,ä\n2,ö\n"));
        var table = Csv.Read(path, new CsvOptions { Label = "b", Encoding = Encoding.Latin1 }).Good();
        Assert.Equal(("größe", "ä"), (table.InputNames[0], table.ClassNames[0]));
    }

    [Fact]
    public void Targets_of_regression_may_be_several()
    {
        var table = Read("x,y,z\n1,2,3\n4,5,6\n", new CsvOptions { Targets = ["z", 1] });
        Assert.Equal([3, 2, 6, 5], Assert.IsType<RealTargets<float>>(table.Data.Targets).Values.Values.ToArray());
        Assert.Equal(["x"], table.InputNames.ToArray());
        Assert.Equal(["z", "y"], table.Encoding.TargetNames.ToArray());
    }

    [Fact]
    public void Classes_are_in_order_of_number_or_of_character_or_as_given()
    {
        Assert.Equal(["2", "10"], Read("a,b\n1,10\n1,2\n1,2.0\n", new CsvOptions { Label = "b" }).ClassNames.ToArray());
        Assert.Equal(["B", "a", "ä"], Read("a,b\n1,a\n1,B\n1,ä\n", new CsvOptions { Label = "b" }).ClassNames.ToArray());
        var given = Read("a,b\n1,a\n1,a\n", new CsvOptions { Label = "b", Classes = ["c", "b", "a"] });
        Assert.Equal([2, 2], given.Data.Labels());
        Assert.Equal(["c", "b", "a"], given.ClassNames.ToArray());
    }

    [Fact]
    public void Numbers_are_categories_where_that_is_said()
    {
        var table = Read("p,b\n3,x\n1,y\n3.0,y\n", new CsvOptions { Label = "b", Categories = ["p"] });
        Assert.Equal(["p=1", "p=3", "p=3.0"], table.InputNames.ToArray());
        Assert.Equal([0, 1, 0, 1, 0, 0, 0, 0, 1], table.Data.Numbers());
    }

    [Fact]
    public void Rows_with_gaps_are_dropped_and_counted()
    {
        var table =
            Read("a,b,c\n1,,x\n2,u,x\n3,w,\nNA,v,y\n4,v,y\n",
                new CsvOptions { Label = "c", Missing = Missing.DropRow, MissingValues = ["NA"] });
        Assert.Equal((2, 3), (table.Data.Count, table.DroppedRows));
        Assert.Equal(["a", "b=u", "b=v"], table.InputNames.ToArray());
        Assert.Equal([1, 1], table.MissingValues.ToArray());
    }

    [Fact]
    public void Gaps_are_filled_with_means_and_shares()
    {
        var table = Read("a,b,c\n1,u,x\n,u,x\n3,v,y\n8,,y\n", new CsvOptions { Label = "c", Missing = Missing.Mean });
        Assert.Equal([1, 1, 0, 4, 1, 0, 3, 0, 1, 8, 2 / 3f, 1 / 3f], table.Data.Numbers());
        Assert.Equal([1, 1], table.MissingValues.ToArray());
    }

    [Fact]
    public void Another_file_is_encoded_as_the_first_and_teaches_nothing()
    {
        var table = Read("a,b,c\n1,u,x\n,u,x\n3,v,y\n8,,y\n", new CsvOptions { Label = "c", Missing = Missing.Mean });
        var test = folder.WriteText("test.csv", "c,extra,b,a\ny,1,v,100\ny,2,,\n");
        var other = table.Encoding.Read(test).Good();
        Assert.Equal([100, 0, 1, 4, 2 / 3f, 1 / 3f], other.Data.Numbers());
        Assert.Equal([1, 1], other.Data.Labels());
        Assert.Equal(table.InputNames, other.InputNames.ToArray());
        Assert.Same(table.Encoding, other.Encoding);

        var unlabelled = folder.WriteText("predict.csv", "b,a\nu,1\n,\n");
        Assert.Equal([1, 1, 0, 4, 2 / 3f, 1 / 3f], table.Encoding.ReadInputs(unlabelled).Good().Values.ToArray());
    }

    [Fact]
    public void Another_file_without_a_header_goes_by_position()
    {
        var table = Read("1,x,2\n3,y,4\n", new CsvOptions { HasHeader = false, Label = 1 });
        Assert.Equal([5, 6], table.Encoding.Read(folder.WriteText("b.csv", "5,y,6\n")).Good().Data.Numbers());
        Assert.Equal([5, 6], table.Encoding.ReadInputs(folder.WriteText("c.csv", "5,6\n")).Good().Values.ToArray());
        Assert.Equal([5, 6], table.Encoding.ReadInputs(folder.WriteText("d.csv", "5,y,6\n")).Good().Values.ToArray());
        Assert.EndsWith("line 1: 4 fields, expected 3 as in the file that the encoding was fitted on",
            table.Encoding.ReadInputs(folder.WriteText("e.csv", "5,6,7,8\n")).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_categories_may_be_zeros()
    {
        var table = Read("a,c\nu,x\nv,y\n", new CsvOptions { Label = "c", UnknownCategory = UnknownCategory.Zeros });
        Assert.Equal([0, 0], table.Encoding.Read(folder.WriteText("b.csv", "a,c\nw,x\n")).Good().Data.Numbers());
    }

    [Fact]
    public void A_split_fills_both_parts_with_the_means_of_the_first()
    {
        var rows = Enumerable.Range(0, 40).Select(i => $"{(i % 5 == 0 ? "" : i * i)},{(i % 2 == 0 ? "x" : "y")}");
        var table = Read($"a,c\n{string.Join('\n', rows)}\n", new CsvOptions { Label = "c", Missing = Missing.Mean });
        var (train, test) = table.Split(0.25, seed: 3);
        var squares = Enumerable.Range(0, 40).Where(i => i % 5 != 0).Select(i => (float)(i * i)).ToHashSet();
        var known = train.Numbers().Where(squares.Contains).Select(x => (double)x).ToArray();
        var mean = (float)(known.Sum() / known.Length);
        Assert.NotEqual((float)table.Encoding.Features[0].Means[0], mean);
        Assert.All(train.Numbers().Concat(test.Numbers()), x => Assert.True(squares.Contains(x) || x == mean));
        Assert.Equal(8, train.Numbers().Concat(test.Numbers()).Count(x => x == mean));
        Assert.Equal((30, 10), (train.Count, test.Count));
        Assert.Equal(new DataSet<float>(table.Data.Inputs, table.Data.Targets).Split(0.25, seed: 3).Test.Labels(), test.Labels());

        var parts = table.Split(0.2, 0.25, seed: 3);
        Assert.Equal((22, 8, 10), (parts.Training.Count, parts.Validation.Count, parts.Test.Count));
        Assert.Equal((DataPart.Training, DataPart.Validation, DataPart.Test),
            (parts.Training.Part, parts.Validation.Part, parts.Test.Part));
        Assert.Single(parts.Training.Numbers().Concat(parts.Validation.Numbers()).Concat(parts.Test.Numbers())
            .Where(x => !squares.Contains(x))
            .Distinct());
    }

    [Fact]
    public void Rows_filled_in_with_their_own_means_cannot_be_split()
    {
        const string Message =
            "these rows were filled in with means of them before the split, so that each part would know of the others: split first, "
                + "then do it with the training part";
        var table = Read("a,c\n1,x\n,y\n2,x\n4,y\n", new CsvOptions { Label = "c", Missing = Missing.Mean });
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => table.Data.Split(0.5, seed: 1)).Message);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => table.Data.KFold(2)).Message);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => table.FittedOn([0]).Data.KFold(2)).Message);
        Assert.Equal(2, table.Encoding.Read(folder.WriteText("b.csv", "a,c\n,x\n3,x\n4,y\n,y\n")).Good().Data.KFold(2).Length);
    }

    [Fact]
    public void Gaps_may_be_kept_for_a_filler_that_is_fitted_after_a_split()
    {
        var table = Read("a,b,c\n1,u,x\n,u,x\n3,v,y\n8,,y\n", new CsvOptions { Label = "c", Missing = Missing.Keep });
        Assert.Equal([1, 1, 0, float.NaN, 1, 0, 3, 0, 1, 8, float.NaN, float.NaN], table.Data.Numbers());
        foreach (var fold in table.Data.KFold(2))
        {
            var filler = Filler.Mean(fold.Training);
            Assert.DoesNotContain(float.NaN, filler.Apply(fold.Training).Numbers().Concat(filler.Apply(fold.HeldOut).Numbers()));
        }

        Assert.Equal([float.NaN, 1, 0], table.Encoding.ReadInputs(folder.WriteText("b.csv", "a,b\n,u\n")).Good().Values.ToArray());
        Assert.EndsWith("never made up: fill it in, or set Missing = Missing.DropRow",
            Csv.Read(folder.WriteText("c.csv", "a,c\n1,\n"), new CsvOptions { Label = "c", Missing = Missing.Keep }).Fault(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_without_a_value_in_the_fitted_rows_is_named()
    {
        var table = Read("a,c\n1,x\n,y\n", new CsvOptions { Label = "c", Missing = Missing.Mean });
        Assert.StartsWith("the column \"a\" has no value in these 1 rows",
            Assert.Throws<ArgumentException>(() => table.FittedOn([1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Double_reads_more_digits()
    {
        var path = folder.WriteText("a.csv", "a,b\n0.1,1\n123456789.25,2\n");
        Assert.Equal([0.1, 123456789.25], Csv.Read<double>(path, new CsvOptions { Targets = ["b"] }).Good().Data.Numbers());
        Assert.Equal([0.1f, 123456789.25f], Csv.Read(path, new CsvOptions { Targets = ["b"] }).Good().Data.Numbers());
    }

    [Fact]
    public void Tables_print()
    {
        var table = Read("age,sex,survived\n22,male,no\n30,female,yes\n", new CsvOptions { Label = "survived" });
        Assert.Equal(
            """
            input  read as       missing  values
            ────────────────────────────────────────────────────────
            age    number        0        mean 26
            sex    2 categories  0        female 50.0 %, male 50.0 %
            2 rows of 3 inputs, 2 labels of 2 classes → survived: no 1, yes 1
            """.ReplaceLineEndings(),
            table.ToString().ReplaceLineEndings());
        Assert.Equal("2 columns as 3 inputs → survived (no, yes)", table.Encoding.ToString());
    }

    private CsvTable<float> Read(string content, CsvOptions options) => Csv.Read(folder.WriteText("a.csv", content), options).Good();
}
