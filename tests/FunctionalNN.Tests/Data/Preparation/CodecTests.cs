namespace FunctionalNN.Tests;

/// <summary>Names to numbers and back.</summary>
public class CodecTests
{
    private static readonly string[] Species = ["virginica", "setosa", "versicolor", "setosa"];

    [Fact]
    public void Labels_get_the_sorted_names_numbers_and_come_back()
    {
        var codec = LabelCodec.Fit(Species);
        var labels = codec.Encode(Species).Good();
        Assert.Equal([2, 0, 1, 0], labels.Values.ToArray());
        Assert.Equal(["setosa", "versicolor", "virginica"], labels.Names.ToArray());
        Assert.Equal(Species, codec.Decode(labels.Values).ToArray());
        Assert.Equal("versicolor", codec.Decode(1));
        Assert.Equal("3 classes: 0 setosa, 1 versicolor, 2 virginica", codec.ToString());
        Assert.Equal(codec, LabelCodec.Fit(Species.Reverse()));
        Assert.NotEqual(codec, new LabelCodec("a", "b"));
        Assert.Equal(codec.GetHashCode(), LabelCodec.Fit(Species).GetHashCode());
    }

    [Fact]
    public void Given_names_keep_their_order() =>
        Assert.Equal([0, 1], new LabelCodec("no", "Yes").Encode(["no", "Yes"]).Good().Values.ToArray());

    [Fact]
    public void An_unknown_label_is_named_with_its_row_and_the_known_ones()
    {
        Assert.Equal(
            "row 1 has the label \"Setosa\", which is none of the 3 known: \"setosa\", \"versicolor\", \"virginica\"; correct the label, "
                + "or fit the codec on training labels that have it",
            LabelCodec.Fit(Species).Encode(["setosa", "Setosa", "x"]).Fault());
        Assert.Contains(
            "none of the 12 known: \"00\", \"01\", \"02\", \"03\", \"04\", \"05\", \"06\", \"07\", \"08\", \"09\" and 2 more;",
            LabelCodec.Fit(Enumerable.Range(0, 12).Select(i => $"{i:00}")).Encode([""]).Fault(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_calls_say_what_is_wrong()
    {
        Assert.Equal("there are no labels to take names from: give one or more",
            Assert.Throws<ArgumentException>(() => LabelCodec.Fit([])).Message);
        Assert.Equal("there are no class names: give one or more", Assert.Throws<ArgumentException>(() => new LabelCodec()).Message);
        Assert.Equal("the class \"a\" is named twice: give each class one name of its own",
            Assert.Throws<ArgumentException>(() => new LabelCodec("a", "b", "a")).Message);
        Assert.StartsWith("there is no class 2, expected 0 to 1: \"a\", \"b\"",
            Assert.Throws<ArgumentOutOfRangeException>(() => new LabelCodec("a", "b").Decode(2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_hot_has_a_column_a_category_and_decodes_probabilities_too()
    {
        var codec = OneHotCodec.Fit(Species);
        var rows = codec.Encode<float>(Species).Good();
        Assert.Equal(Matrix.Of(new float[,] { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 0 }, { 1, 0, 0 } }), rows);
        Assert.Equal(Species, codec.Decode(rows).ToArray());
        Assert.Equal(["versicolor"], codec.Decode(Matrix.Row(0.2, 0.5, 0.3)).ToArray());
        Assert.Equal("one-hot, 3 classes: 0 setosa, 1 versicolor, 2 virginica", codec.ToString());
        Assert.Equal(rows, LabelCodec.Fit(Species).Encode(Species).Good().ToOneHot<float>());
    }

    [Fact]
    public void An_unknown_category_is_an_error_or_zeros()
    {
        var codec = OneHotCodec.Fit(Species);
        Assert.StartsWith("row 0 has the label \"rose\", which is none of the 3 known", codec.Encode<float>(["rose"]).Fault(),
            StringComparison.Ordinal);
        Assert.Equal(Matrix.Of(new double[,] { { 0, 0, 0 }, { 1, 0, 0 } }),
            (codec with { UnknownIsZeros = true }).Encode<double>(["rose", "setosa"]).Good());
        Assert.Equal("the rows are 2 wide, the codec has 3 categories: \"setosa\", \"versicolor\", \"virginica\"",
            Assert.Throws<ArgumentException>(() => codec.Decode(Matrix.Row(1.0, 0))).Message);
    }
}
