namespace FunctionalNN.Tests;

/// <summary>The generated pictures: by seed alone, with one figure each that is darker than the paper.</summary>
public class ShapePictureTests
{
    private static readonly ImageSize Size = new(20, 24, 3);

    [Fact]
    public void The_same_seed_gives_the_same_pictures_and_another_gives_others()
    {
        var data = Generate.Shapes(5, Size, seed: 1);
        Assert.Equal(["circle", "square", "triangle"], data.ClassNames.ToArray());
        Assert.Equal([5, 5, 5], ((ClassLabels)data.Targets).Frequencies().ToArray());
        Assert.Equal(data.ContentHash, Generate.Shapes(5, Size, seed: 1).ContentHash);
        Assert.NotEqual(data.ContentHash, Generate.Shapes(5, Size, seed: 2).ContentHash);
        Assert.Equal(15, Enumerable.Range(0, 15).Select(row => string.Join(' ', data.InputsOf(row).Values.ToArray())).Distinct().Count());
    }

    /// <summary>Ink is at most ½, paper at least 0.6, both with noise of 0.05; the ink's share of the picture is about that of 1.5 to 2
    /// squared radii.</summary>
    [Fact]
    public void Each_picture_has_a_dark_figure_on_light_paper()
    {
        var data = Generate.Shapes<double>(40, Size, seed: 3);
        for (var row = 0; row < data.Count; row++)
        {
            var picture = data.InputsOf(row).Values;
            var dark = 0;
            for (var pixel = 0; pixel < Size.Plane; pixel++)
            {
                dark += picture[3 * pixel] + picture[(3 * pixel) + 1] + picture[(3 * pixel) + 2] < 1.65 ? 1 : 0;
            }

            Assert.InRange(dark / (double)Size.Plane, 0.03, 0.4);
        }
    }

    [Fact]
    public void A_size_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Generate.Shapes(0, Size, 1));
        Assert.StartsWith("15 pictures of 0 × 4: give a height",
            Assert.Throws<ArgumentException>(() => Generate.Shapes(5, new ImageSize(0, 4), 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Generate.Shapes(5, new ImageSize(int.MaxValue, int.MaxValue, int.MaxValue), 1));
    }
}
