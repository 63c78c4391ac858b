namespace FunctionalNN.Tests;

public sealed class CsvBytesTests : IDisposable
{
    private static readonly CsvOptions Labelled = new() { Label = "label" };
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pixels_stay_bytes_and_are_scaled_in_the_batch()
    {
        var data = Csv.ReadBytes(folder.WriteText("a.csv", "label,pixel0,pixel1\n7,0,255\n1,51,102\n"), Labelled).Good();
        Assert.Equal([0, 255], Assert.IsType<ByteRows<float>>(data.Inputs).Row(0).ToArray().Select(x => (int)x));
        Assert.Equal([0, 1, 0.2f, 0.4f], data.Numbers().Select(x => MathF.Round(x, 6)));
        Assert.Equal(["1", "7"], ((ClassLabels)data.Targets).Names.ToArray());
        Assert.Equal([1, 0], data.Labels());

        var all = Csv.ReadBytes<double>(folder["a.csv"], Labelled with { Classes = Mnist.ClassNames }, scale: 1 / 127.5, shift: -1).Good();
        Assert.Equal([7, 1], all.Labels());
        Assert.Equal([-1, 1, -0.6, -0.2], all.Numbers().Select(x => Math.Round(x, 9)));
    }

    [Fact]
    public void Rows_to_predict_have_no_label()
    {
        Assert.Equal(2, Csv.ReadByteRows(folder.WriteText("a.csv", "pixel0,pixel1\n0,255\n51,102\n")).Good().Count);
        Assert.Equal(3,
            Csv.ReadByteRows<double>(folder.WriteText("a.csv", "0,255\n51,102\n1,2"), new CsvOptions { HasHeader = false }).Good().Count);
    }

    [Fact]
    public void Many_rows_are_all_there()
    {
        var path = folder.WriteText("a.csv", $"label,p\n{string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i % 10},{i % 256}\n"))}");
        var data = Csv.ReadBytes(path, Labelled).Good();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i % 10), data.Labels());
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (byte)(i % 256)),
            Enumerable.Range(0, 1000).Select(i => ((ByteRows<float>)data.Inputs).Row(i)[0]));
    }

    [Theory]
    [InlineData("", ", line 1: the file is empty, expected the names of the columns")]
    [InlineData("label,p\n", ": the file has no rows")]
    [InlineData("label,p\n1,256\n",
        ", line 2, column \"p\": found \"256\", expected a whole number from 0 to 255; for other numbers use Csv.Read")]
    [InlineData("label,p\n1,-1\n",
        ", line 2, column \"p\": found \"-1\", expected a whole number from 0 to 255; for other numbers use Csv.Read")]
    [InlineData("label,p\n1,0.5\n",
        ", line 2, column \"p\": found \"0.5\", expected a whole number from 0 to 255; for other numbers use Csv.Read")]
    [InlineData("label,p\n1,4294967297\n",
        ", line 2, column \"p\": found \"4294967297\", expected a whole number from 0 to 255; for other numbers use Csv.Read")]
    [InlineData("label,p\n1,\n",
        ", line 2, column \"p\": the value is missing, expected a whole number from 0 to 255; for other numbers use Csv.Read")]
    [InlineData("label,p\n1,2\n,3\n", ", line 3, column \"label\": the value is missing, expected a class")]
    [InlineData("label,p\n1,2\n1.5,3\n",
        ", line 3, column \"label\": found \"1.5\", expected the name or the whole number of a class: for a quantity name the column in "
            + "Targets instead of Label; if it is a name, name the column in Categories, with Csv.Read in place of ReadBytes")]
    [InlineData("label,p\n1,2\n1,3,4\n", ", line 3: 3 fields, expected 2 as in the header")]
    [InlineData("label,p\n1,2\n1,3\n", ", column \"label\": all 2 rows have the class \"1\": there is nothing to tell apart")]
    [InlineData("lable,p\n1,2\n", ", line 1: there is no column \"label\", which Label names; did you mean \"lable\"?")]
    public void A_mistake_is_named_with_its_place(string content, string expected)
    {
        var path = folder.WriteText("a.csv", content);
        Assert.Equal(path + expected, Csv.ReadBytes(path, Labelled).Fault());
    }

    [Fact]
    public void Options_without_meaning_are_a_wrong_call()
    {
        Assert.Throws<ArgumentException>(() => Csv.ReadBytes("a", new CsvOptions()));
        Assert.Throws<ArgumentException>(() => Csv.ReadBytes("a", Labelled with { Missing = Missing.Mean }));
        Assert.Throws<ArgumentException>(() => Csv.ReadBytes("a", Labelled with { Categories = ["p"] }));
        Assert.Throws<ArgumentException>(() => Csv.ReadByteRows("a", Labelled));
    }
}
