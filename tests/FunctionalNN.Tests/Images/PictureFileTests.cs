using FsCheck.Xunit;
using SkiaSharp;
using static FunctionalNN.Tests.PictureFixtures;

namespace FunctionalNN.Tests;

/// <summary>Single pictures: their bytes beside Pillow's, writing and reading again, and files that are none.</summary>
public class PictureFileTests
{
    [Fact]
    public void Files_of_every_kind_give_Pillow_s_bytes()
    {
        var count = 0;
        foreach (var (file, fit, size, expected) in References())
        {
            var picture = Picture.Read(Path.Combine(Folder, file), size, new ImageOptions { Fit = fit }).OrThrow();
            var worst = expected.Zip(picture.Bytes.ToArray(), (one, other) => Math.Abs(one - other)).Max();

            // Decoders of JPEG may round in their own way; all else is exact.
            Assert.True(worst <= (file.EndsWith(".jpg", StringComparison.Ordinal) ? 2 : 0),
                $"{file} {fit} {size}: a level is off by {worst}");
            count++;
        }

        Assert.Equal(84, count);
    }

    [Fact]
    public void All_orientations_of_a_camera_come_out_as_they_were_seen()
    {
        var size = new ImageSize(16, 24, 3);
        var upright = Bytes(1);
        foreach (var (orientation, place) in (ReadOnlySpan<(int, Func<int, int, (int, int)>)>)
            [(2, (y, x) => (y, 23 - x)), (3, (y, x) => (15 - y, 23 - x)), (4, (y, x) => (15 - y, x))])
        {
            var turned = Bytes(orientation);
            for (var i = 0; i < 16 * 24; i++)
            {
                var (y, x) = place(i / 24, i % 24);
                Assert.Equal(upright[3 * ((y * 24) + x)], turned[3 * i]);
            }
        }

        byte[] Bytes(int orientation) =>
            Picture.Read(Path.Combine(Folder, $"orientation-{orientation}.jpg"), size).OrThrow().Bytes.ToArray();
    }

    [Property(MaxTest = 40)]
    public void What_is_written_is_read_again(byte height, byte width, bool isGrey, int seed)
    {
        var size = new ImageSize(1 + (height % 20), 1 + (width % 20), isGrey ? 1 : 3);
        var options = new ImageOptions { Scale = 1 / 127.5, Shift = -1 };
        var key = new Key((ulong)seed);
        float[] row = [.. Enumerable.Range(0, (int)size.Count).Select(i => (key.Below(256, i) * (float)options.Scale) - 1)];
        var picture = Picture.FromRow<float>(row, size, options);
        using var folder = new TemporaryFolder();
        picture.Write(folder["p.png"]).OrThrow();
        var again = Picture.Read(folder["p.png"], size, options).OrThrow();
        Assert.Equal(picture, again);
        Assert.All(row.Zip(again.ToRow<float>().Values.ToArray()), pair => Assert.Equal(pair.Item1, pair.Item2, 1e-6f));
    }

    [Fact]
    public void A_file_that_is_no_picture_is_an_error_that_says_what_it_is()
    {
        var size = new ImageSize(4, 4);
        using var folder = new TemporaryFolder();
        var good = File.ReadAllBytes(Path.Combine(Folder, "colour.png"));
        var jpeg = File.ReadAllBytes(Path.Combine(Folder, "photo.jpg"));
        Assert.Equal($"{folder["none.png"]}: there is no such file", Message("none.png", null));
        Assert.Equal($"{folder["a.png"]}: the file is empty, expected PNG, JPEG, WebP, GIF or BMP", Message("a.png", []));
        Assert.Equal(
            $"{folder["a.png"]}: it cannot be read as PNG, JPEG, WebP, GIF or BMP: it is damaged or of another kind (it begins with "
            + "68656C6C6F)", Message("a.png", "hello"u8.ToArray()));
        Assert.StartsWith($"{folder["a.png"]}: it is a PDF", Message("a.png", "%PDF-1.7 and more of it"u8.ToArray()),
            StringComparison.Ordinal);
        Assert.Equal($"{folder["a.png"]}: the file ends before the last of its 13 × 9 pixels: it is cut off",
            Message("a.png", good[..(good.Length / 2)]));
        Assert.Equal($"{folder["a.jpg"]}: the file ends before the last of its 40 × 24 pixels: it is cut off",
            Message("a.jpg", jpeg[..(jpeg.Length - 60)]));
        Assert.Equal($"{folder["a.png"]}: it has 13 × 9 pixels, more than ImageOptions.MaxPixels = 100: raise that if the file is meant",
            MessageOf(Picture.Read(folder.Write("a.png", good), size, new ImageOptions { MaxPixels = 100 })));
        Assert.Contains($"{folder.FullName} is a folder", MessageOf(Picture.Read(folder.FullName, size)), StringComparison.Ordinal);

        string Message(string name, byte[]? content) =>
            MessageOf(Picture.Read(content is null ? folder[name] : folder.Write(name, content), size));
    }

    [Fact]
    public void A_name_says_nothing_and_the_background_shows_behind_transparent_pixels()
    {
        using var folder = new TemporaryFolder();
        using var bitmap = new SKBitmap(new SKImageInfo(2, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.SetPixel(0, 0, new SKColor(10, 20, 30, 255));
        bitmap.SetPixel(1, 0, new SKColor(10, 20, 30, 0));
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var path = folder.Write("it-is-a-png.jpg", png.ToArray());
        Assert.Equal([10, 20, 30, 255, 255, 255], Picture.Read(path, new ImageSize(1, 2, 3)).OrThrow().Bytes.ToArray());
        Assert.Equal([10, 20, 30, 7, 7, 7],
            Picture.Read(path, new ImageSize(1, 2, 3), new ImageOptions { Background = 7 }).OrThrow().Bytes.ToArray());
    }

    [Fact]
    public void A_size_or_an_option_that_makes_no_sense_is_refused()
    {
        Assert.Equal("pictures of 4 × 4 × 2 have 2 channels: give 1 for grey or 3 for red, green and blue", Message(new(4, 4, 2), new()));
        Assert.Equal("pictures of 0 × 4: give a height and a width of 1 or more, and at most 67,108,864 numbers a picture",
            Message(new(0, 4), new()));
        Assert.Contains("at most 67,108,864 numbers", Message(new(int.MaxValue, int.MaxValue, int.MaxValue), new()),
            StringComparison.Ordinal);
        Assert.Equal("the scale 0 and the shift 0 make no numbers of bytes: give finite ones, the scale not 0",
            Message(new(4, 4), new() { Scale = 0 }));
        Assert.Equal("at most 0 pixels: give 1 to 500,000,000", Message(new(4, 4), new() { MaxPixels = 0 }));
        Assert.Equal("the number 2 at place 1 would be the level 510 of 0 to 255: give the scale and the shift of the data (now 0.00392157 "
            + "and 0)", Assert.Throws<ArgumentException>(() => Picture.FromRow<float>([0, 2], new ImageSize(1, 2))).Message);
        Assert.Equal("a picture of 2 × 2 has 4 numbers, the row has 2: give the size of yours",
            Assert.Throws<ArgumentException>(() => Picture.FromRow<float>([0, 2], new ImageSize(2, 2))).Message);

        static string Message(ImageSize size, ImageOptions options) =>
            Assert.Throws<ArgumentException>(() => Picture.Read("x.png", size, options)).Message;
    }

    [Fact]
    public void A_model_names_the_class_of_a_picture_with_its_probability()
    {
        var size = new ImageSize(2, 2);
        var bright = Picture.FromRow<float>([1, 1, 1, 1], size);
        var model = new Network(4, [new Dense(2), new Softmax()]).Initialize(1) with { LabelNames = ["night", "day"] };
        model = model.With("dense1", "weights", Matrix.Create<float>(4, 2, (_, column) => column));
        var said = model.Predict(bright);
        var probability = 1 / (1 + Math.Exp(-4));
        Assert.Equal("day", said.Class);
        Assert.Equal(probability, said.Probability, 1e-6);
        Assert.Equal(["night", "day"], said.Probabilities.Select(one => one.Name));
        Assert.Equal(1, said.Probabilities.Sum(one => one.Probability), 1e-6);

        var one = new Network(4, [new Dense(1), new Sigmoid()]).Initialize(1);
        Assert.Equal(["0", "1"], one.Predict(bright).Probabilities.Select(entry => entry.Name));
        var logits = new Network(4, [new Dense(2)]).Initialize(1);
        Assert.Equal(1, logits.Predict(bright, new CategoricalCrossEntropy { FromLogits = true }).Probabilities.Sum(p => p.Probability),
            1e-6);
        Assert.Contains("are no probabilities: end it in Softmax", Assert.Throws<ArgumentException>(() => logits.Predict(bright)).Message,
            StringComparison.Ordinal);
        Assert.Contains("the picture is 1 × 2, so 2 numbers, the network takes 4",
            Assert.Throws<ArgumentException>(() => model.Predict(Picture.FromRow<float>([1, 1], new ImageSize(1, 2)))).Message,
            StringComparison.Ordinal);
    }
}
