namespace FunctionalNN.Tests;

public sealed class IdxImagesTests : IDisposable
{
    private static readonly string[] Names = ["cat", "dog"];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_are_scaled_pixels_and_labels_have_the_names()
    {
        var images = Save("images.gz", [0, 51, 102, 255], 2, 1, 2);
        var labels = Save("labels", [1, 0], 2);

        var data = IdxFile.ReadImages(images, labels, Names).Good();
        Assert.Equal([0, 0.2f, 0.4f, 1], data.InputsOf(0, 1).Values.ToArray().Select(x => MathF.Round(x, 6)));
        var classes = Assert.IsType<ClassLabels>(data.Targets);
        Assert.Equal([1, 0], classes.Values.ToArray());
        Assert.Equal("dog", classes.NameOf(classes[0]));

        var centred = IdxFile.ReadImages<double>(images, labels, Names, scale: 1 / 127.5, shift: -1).Good();
        Assert.Equal([-1, -0.6, -0.2, 1], centred.InputsOf(0, 1).Values.ToArray().Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void Rows_of_rank_2_are_taken_as_they_are() =>
        Assert.Equal(3, IdxFile.ReadImages(Save("images", new byte[6], 2, 3), Save("labels", new byte[2], 2), Names).Good().Inputs.Width);

    [Fact]
    public void No_images_are_a_data_set_of_no_rows()
    {
        var none = IdxFile.ReadImages(Save("images", [], 0, 28, 28), Save("labels", [], 0), Names).Good();
        Assert.Equal((0, 784), (none.Count, none.Inputs.Width));
    }

    [Fact]
    public void Files_given_the_wrong_way_round_are_named() =>
        AssertNamesBoth(Save("labels", [0, 1], 2), Save("images", new byte[8], 2, 2, 2), "the two are swapped");

    [Fact]
    public void Labels_given_twice_are_named() =>
        AssertNamesBoth(Save("labels", [0, 1], 2), Save("more-labels", [0, 1], 2), "where images are expected (rank 2 or more)");

    [Fact]
    public void Images_given_twice_are_named() =>
        AssertNamesBoth(Save("images", new byte[8], 2, 2, 2), Save("more-images", new byte[8], 2, 2, 2),
            "where labels are expected (rank 1)");

    [Fact]
    public void Counts_that_differ_are_named() =>
        AssertNamesBoth(Save("images", new byte[8], 2, 2, 2), Save("labels", new byte[3], 3), "2 images", "3 labels");

    [Fact]
    public void A_label_out_of_range_is_named_with_its_byte() =>
        AssertNamesBoth(Save("images", new byte[12], 3, 2, 2), Save("labels", [0, 1, 2], 3),
            "byte 10: row 2 has the label 2, expected 0 to 1");

    [Fact]
    public void Images_without_pixels_are_named() =>
        AssertNamesBoth(Save("images", [], 2, 0, 5), Save("labels", [0, 1], 2), "no pixels");

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        var labels = Save("labels", [0], 1);
        Assert.Contains("absent", IdxFile.ReadImages(folder["absent"], labels, Names).Fault(), StringComparison.Ordinal);
        Assert.Contains("gone", IdxFile.ReadImages(Save("images", [0], 1, 1), folder["gone"], Names).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_class_names_are_a_wrong_call() => Assert.Throws<ArgumentException>(() => IdxFile.ReadImages("a", "b", []));

    private static void AssertNamesBoth(string images, string labels, params string[] reasons)
    {
        var fault = IdxFile.ReadImages(images, labels, Names).Fault();
        Assert.All([images, labels, .. reasons], part => Assert.Contains(part, fault, StringComparison.Ordinal));
    }

    private string Save(string name, byte[] bytes, params int[] shape)
    {
        IdxFile.Write(folder[name], new IdxArray(bytes, shape)).Good();
        return folder[name];
    }
}
