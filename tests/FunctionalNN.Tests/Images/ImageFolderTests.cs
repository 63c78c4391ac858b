using LanguageExt;
using LanguageExt.Common;
using static FunctionalNN.Tests.PictureFixtures;

namespace FunctionalNN.Tests;

/// <summary>Folders of pictures as data sets, and what is wrong with folders.</summary>
public class ImageFolderTests
{
    private static readonly ImageSize Size = new(5, 6, 3);

    [Fact]
    public void A_data_set_goes_to_a_folder_and_comes_back()
    {
        using var folder = new TemporaryFolder();
        var data = Pictures(2500, Size, "b/w", "a", "T-shirt: 100 %", ".hidden");
        Assert.Equal(2500, ImageFolder.Write(folder["all"], data, Size).OrThrow());
        Assert.Equal(["%2Ehidden", "T-shirt%3A 100 %25", "a", "b%2Fw"],
            Directory.EnumerateDirectories(folder["all"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(["all"], folder.Entries);
        var read = ImageFolder.Read(folder["all"], Size).OrThrow();
        var opened = ImageFolder.Open(folder["all"], Size).OrThrow();
        Assert.Equal([".hidden", "T-shirt: 100 %", "a", "b/w"], read.ClassNames.ToArray());
        Assert.Equal(Rows(data), Rows(read));
        Assert.Equal(Rows(data), Rows(opened));
        Assert.Equal(read.ContentHash, opened.ContentHash);
        var files = ImageFolder.Files(folder["all"]).OrThrow();
        Assert.Equal(2500, files.Length);
        Assert.EndsWith("000003.png", files[0], StringComparison.Ordinal);

        // Every picture with its class's name, in any order.
        static string[] Rows(DataSet<float> data) => [.. Enumerable.Range(0, data.Count).Select(row =>
            $"{((ClassLabels)data.Targets).NameOf(((ClassLabels)data.Targets)[row])} "
                + $"{string.Join(' ', data.InputsOf(row).Values.ToArray())}")
            .Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Training_from_files_in_memory_and_streamed_gives_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        ImageFolder.Write(folder["all"], Pictures(90, Size, "a", "b", "c"), Size).OrThrow();
        var (read, opened) = (ImageFolder.Read(folder["all"], Size).OrThrow(), ImageFolder.Open(folder["all"], Size).OrThrow());
        var start = new Network(90, [new Dense(8), new Relu(), new Dense(3), new Softmax()]).Initialize(1).Train(new Adam(), 2);
        var loss = new CategoricalCrossEntropy();
        var expected = start.Epochs(read.Shuffled(16), loss).ElementAt(1);
        StateBits.AssertSame(expected, start.Epochs(opened.Shuffled(16), loss).ElementAt(1));
        StateBits.AssertSame(start.Epochs(read.InOrder(16), loss).ElementAt(1),
            start.Epochs(StreamedRows.Of(opened).InOrder(16), loss).ElementAt(1));
        Assert.Equal(["a", "b", "c"], expected.Model.LabelNames.ToArray());
        var (train, heldOut) = read.Split(0.2, seed: 1);
        Assert.Equal((72, 18), (train.Count, heldOut.Count));
        Assert.Equal([24, 24, 24], ((ClassLabels)train.Targets).Frequencies().ToArray());

        var alone = Picture.Read(ImageFolder.Files(folder["all"]).OrThrow()[7], Size).OrThrow();
        Assert.Equal(read.InputsOf(7), alone.ToRow<float>());
        Assert.Equal(expected.Model.Predict(read.InputsOf(7))[0, 1], expected.Model.Predict(alone).Probabilities[1].Probability, 1e-7);
    }

    [Fact]
    public void All_broken_files_are_named_in_one_error_or_left_out_when_asked()
    {
        using var folder = Broken();
        var message = MessageOf(ImageFolder.Read(folder["pets"], Size));
        Assert.StartsWith($"{folder["pets"]}: 2 of 6 pictures cannot be read:{Environment.NewLine}", message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("cat", "bad.png: it cannot be read as PNG"), message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("dog", "deep", "cut.jpg: the file ends before the last of its 40 × 24 pixels"), message,
            StringComparison.Ordinal);
        Assert.EndsWith("give new ImageOptions { Unreadable = UnreadablePictures.LeaveOut }", message, StringComparison.Ordinal);

        var leaveOut = new ImageOptions { Unreadable = UnreadablePictures.LeaveOut };
        var data = ImageFolder.Read(folder["pets"], Size, leaveOut).OrThrow();
        Assert.Equal([0, 0, 1, 1], ((ClassLabels)data.Targets).Values.ToArray());
        var kept = ImageFolder.Files(folder["pets"]).OrThrow().Where(file => !file.Contains("bad.png") && !file.Contains("cut.jpg"))
            .ToArray();
        Assert.Equal(kept.Select(file => Picture.Read(file, Size).OrThrow().ToRow<float>()),
            Enumerable.Range(0, 4).Select(row => data.InputsOf(row)));
        Assert.Equal(2, ImageFolder.Faults(folder["pets"]).OrThrow().Length);

        // Where only heads are looked at, the cut file is found when it is asked for.
        Assert.Contains("1 of 6 pictures cannot be read", MessageOf(ImageFolder.Open(folder["pets"], Size)), StringComparison.Ordinal);
        var opened = ImageFolder.Open(folder["pets"], Size, leaveOut).OrThrow();
        Assert.Equal(5, opened.Count);
        Assert.Contains("cut.jpg: the file ends before",
            Assert.Throws<InvalidDataException>(() => opened.InputsOf(0, 1, 2, 3, 4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_another_form_is_an_error_with_the_fix()
    {
        using var folder = new TemporaryFolder();
        var good = File.ReadAllBytes(Path.Combine(Folder, "colour.png"));
        Assert.Equal($"{folder["none"]}: there is no such folder", MessageOf(ImageFolder.Read(folder["none"], Size)));
        Assert.Equal($"{folder.FullName} has no sub-folders, expected one a class", MessageOf(ImageFolder.Read(folder.FullName, Size)));
        var file = folder.Write("1.png", good);
        Assert.Equal($"{file} is a file, expected a folder with one sub-folder of pictures a class",
            MessageOf(ImageFolder.Read(file, Size)));
        Assert.Equal(
            $"{folder.FullName} has no sub-folders, expected one a class: its 1 files lie in it directly, move them into a folder a "
            + "class", MessageOf(ImageFolder.Read(folder.FullName, Size)));
        File.Delete(file);
        Directory.CreateDirectory(folder["cat"]);
        Directory.CreateDirectory(folder["dog"]);
        folder.Write(Path.Combine("cat", "1.png"), good);
        foreach (var read in (Func<ImageOptions, Either<Error, DataSet<float>>>[])
            [options => ImageFolder.Read(folder.FullName, Size, options), options => ImageFolder.Open(folder.FullName, Size, options)])
        {
            Assert.Equal($"{folder.FullName}: the folder of the class dog has no pictures: put some in, or remove the folder",
                MessageOf(read(new ImageOptions())));
        }

        folder.Write(Path.Combine("dog", "notes.txt"), "x"u8.ToArray());
        folder.Write(Path.Combine("dog", "2.png"), [1]);
        Assert.Contains("1 files are no pictures of a class by place and name", MessageOf(ImageFolder.Read(folder.FullName, Size)),
            StringComparison.Ordinal);
        Assert.Contains("the class dog has no pictures", MessageOf(ImageFolder.Read(folder.FullName, Size,
            new ImageOptions { Unreadable = UnreadablePictures.LeaveOut })), StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_refuses_what_would_be_lost_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var data = Pictures(4, Size, "a", "b");
        ImageFolder.Write(folder["all"], data, Size).OrThrow();
        Assert.Contains("is there already", MessageOf(ImageFolder.Write(folder["all"], data, Size)), StringComparison.Ordinal);
        Assert.Contains("differs in more than case", Message(Pictures(4, Size, "a", "A"), Size, new()), StringComparison.Ordinal);
        Assert.Contains("the rows are 90 wide", Message(data, new ImageSize(2, 2), new()), StringComparison.Ordinal);
        Assert.StartsWith("row 0: the number ", Message(data, Size, new() { Scale = 1 }, 300), StringComparison.Ordinal);
        Assert.Equal(["all"], folder.Entries);

        string Message(DataSet<float> data, ImageSize size, ImageOptions options, float factor = 1) =>
            Assert.Throws<ArgumentException>(() => ImageFolder.Write(folder["other"], factor == 1 ? data
                : new DataSet<float>(data.InputsOf(0, 1, 2, 3).Map(x => x + factor), data.Targets), size, options)).Message;
    }

    private static TemporaryFolder Broken()
    {
        var folder = new TemporaryFolder();
        foreach (var name in (string[])["cat", Path.Combine("dog", "deep")])
        {
            Directory.CreateDirectory(Path.Combine(folder["pets"], name));
        }

        var jpeg = File.ReadAllBytes(Path.Combine(Folder, "photo.jpg"));
        Copy("colour.png", "cat", "1.png");
        folder.Write(Path.Combine("pets", "cat", "bad.png"), "nothing"u8.ToArray());
        Copy("grey.png", "cat", "later.PNG");
        folder.Write(Path.Combine("pets", "dog", "deep", "cut.jpg"), jpeg[..(jpeg.Length - 60)]);
        Copy("alpha.png", "dog", "deep", "whole.png");
        Copy("photo.jpg", "dog", "x.jpeg");
        folder.Write(Path.Combine("pets", "dog", "Thumbs.db"), [1]);
        folder.Write(Path.Combine("pets", ".DS_Store"), [1]);
        return folder;

        void Copy(string fixture, params string[] to) =>
            File.Copy(Path.Combine(Folder, fixture), Path.Combine([folder["pets"], .. to]));
    }

    private static DataSet<float> Pictures(int count, ImageSize size, params string[] names)
    {
        var bytes = new byte[count * size.Count];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)new Key(3).Below(256, i);
        }

        return new DataSet<float>(new ByteRows<float>(bytes, (int)size.Count),
            new ClassLabels([.. Enumerable.Range(0, count).Select(row => row % names.Length)], names.Length, names));
    }
}
