namespace FunctionalNN.Tests;

public class NumPyDataSetTests
{
    private static readonly NumPyArray Images = NumPyArray.Of<byte>([0, 51, 102, 153, 204, 255], 3, 1, 2);

    [Fact]
    public void Bytes_stay_bytes_and_whole_numbers_are_classes()
    {
        var data = new NumPyArchive(("x", Images), ("y", NumPyArray.Of<byte>([2, 0, 1]))).ToDataSet("x", "y").Good();
        Assert.Equal([51], Assert.IsType<ByteRows<float>>(data.Inputs).Row(0)[1..].ToArray());
        Assert.Equal(Matrix.Of(new[,] { { 102 * (float)(1 / 255.0), 153 * (float)(1 / 255.0) } }), data.InputsOf(1));
        Assert.Equal([-1f, 101f],
            new NumPyArchive(("x", Images), ("y", NumPyArray.Of<byte>([2, 0, 1]))).ToDataSet("x", "y", scale: 2, shift: -1).Good()
                .InputsOf(0).Values.ToArray());
        Assert.Equal(new ClassLabels([2, 0, 1], 3), data.Targets);
    }

    [Fact]
    public void Texts_are_classes_in_alphabetical_order()
    {
        var archive = new NumPyArchive(("x", NumPyArray.Of<double>([1, 2, 3], 3, 1)), ("y", NumPyArray.Of("owl", "cat", "owl")));
        var labels = Assert.IsType<ClassLabels>(archive.ToDataSet<double>("x", "y").Good().Targets);
        Assert.Equal(new ClassLabels([1, 0, 1], 2, "cat", "owl"), labels);
        Assert.Equal("the archive, 'y': row 0 is 'owl', expected one of the class names cat, dog",
            archive.ToDataSet("x", "y", ["cat", "dog"]).Fault());
    }

    [Fact]
    public void Floats_are_quantities()
    {
        var archive =
            new NumPyArchive(("x", Images), ("y", NumPyArray.Of<float>([1, 2, 3])), ("z", NumPyArray.Of<double>([1, 2, 3, 4, 5, 6], 3, 2)));
        Assert.Equal(Matrix.Column<float>(1, 2, 3), Assert.IsType<RealTargets<float>>(archive.ToDataSet("x", "y").Good().Targets).Values);
        Assert.Equal((3, 2),
            (Assert.IsType<RealTargets<float>>(archive.ToDataSet("x", "z").Good().Targets).Values is var m)
                ? (m.Rows, m.Columns)
                : default);
    }

    [Fact]
    public void What_does_not_go_together_is_an_error_that_names_it()
    {
        var archive = new NumPyArchive(
            ("x", Images), ("two", NumPyArray.Of<byte>([2, 0])), ("flat", NumPyArray.Of<float>([1, 2, 3])),
            ("texts", NumPyArray.Of("a", "b", "c")),
            ("minus", NumPyArray.Of<int>([0, -1, 1])), ("wide", NumPyArray.Of<int>([0, 1, 1, 0, 1, 0], 3, 2)),
            ("huge", NumPyArray.Of<long>([0, 1L << 40, 1])),
            ("none", NumPyArray.Of<int>([], 0)), ("single", new NumPyArray(NumPyType.Int64, 1, [], new byte[8])),
            ("hollow", NumPyArray.Of<float>([], 3, 0)));
        Assert.Equal("the archive: 'x' has 3 rows but 'two' has 2: the two do not belong together", archive.ToDataSet("x", "two").Fault());
        Assert.StartsWith("the archive has no array 'y'; it has x, two", archive.ToDataSet("x", "y").Fault(), StringComparison.Ordinal);
        Assert.Equal("the archive, 'flat': has the shape 3, expected rank 2 or more: a row of inputs for each first index",
            archive.ToDataSet("flat", "two").Fault());
        Assert.Equal("the archive, 'texts': holds texts, expected numbers", archive.ToDataSet("texts", "two").Fault());
        Assert.Equal("the archive, 'minus': row 1 has the class -1, expected 0 to 16777215", archive.ToDataSet("x", "minus").Fault());
        Assert.Equal("the archive, 'huge': row 1 has the class 1099511627776, expected 0 to 16777215",
            archive.ToDataSet("x", "huge").Fault());
        Assert.Equal("the archive, 'two': row 0 has the class 2, expected 0 to 1 (2 class names)",
            archive.ToDataSet("x", "two", ["a", "b"]).Fault());
        Assert.Equal("the archive, 'wide': has the shape 3 × 2, expected one class a row: for several numbers a row save them as float32",
            archive.ToDataSet("x", "wide").Fault());
        Assert.Equal("the archive, 'none': there are no rows", archive.ToDataSet("x", "none").Fault());
        Assert.Equal("the archive, 'single': is a single int64, expected one a row", archive.ToDataSet("x", "single").Fault());
        Assert.Equal("the archive, 'hollow': has the shape 3 × 0: its rows have no numbers", archive.ToDataSet("hollow", "two").Fault());
    }
}
