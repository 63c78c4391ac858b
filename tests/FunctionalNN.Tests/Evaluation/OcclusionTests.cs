using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>The fall of an output where a picture is covered.</summary>
public class OcclusionTests
{
    [Property(MaxTest = 30)]
    public void A_linear_output_falls_by_what_the_square_hides(int seed)
    {
        var key = new Key((ulong)seed);
        var size = new ImageSize(1 + key.Below(6, 0), 1 + key.Below(6, 1), 1 + key.Below(3, 2));
        var patch = 1 + key.Below(4, 3);
        var model = new Network((int)size.Count, [new Dense(2)]).Initialize<double>(seed);
        var pictures = Matrix.Create(3, (int)size.Count, (row, column) => key.Fold(row).Uniform(column));
        var background = key.Uniform(4);
        var found = model.Occlusion(pictures, size, output: 1, patch, background, new Parallelism(1 + key.Below(3, 5)));
        var weights = model.Parameters["dense1", "weights"];
        var step = Math.Max(1, patch / 2);
        for (var row = 0; row < 3; row++)
        {
            for (var pixel = 0; pixel < size.Plane; pixel++)
            {
                var (y, x) = (pixel / size.Width, pixel % size.Width);
                var falls = new List<double>();
                for (var top = step - patch; top < size.Height; top += step)
                {
                    for (var left = step - patch; left < size.Width; left += step)
                    {
                        if (y >= top && y < top + patch && x >= left && x < left + patch)
                        {
                            falls.Add(Enumerable.Range(0, (int)size.Count)
                                .Where(i => i / size.Channels / size.Width >= top && i / size.Channels / size.Width < top + patch
                                    && i / size.Channels % size.Width >= left && i / size.Channels % size.Width < left + patch)
                                .Sum(i => (pictures[row, i] - background) * weights[i, 1]));
                        }
                    }
                }

                Assert.Equal(falls.Average(), found[row, pixel], 1e-12);
            }
        }
    }

    [Fact]
    public void Wrong_calls_say_what_is_wrong()
    {
        var model = new Network(4, [new Dense(2)]).Initialize(1);
        var row = Matrix.Zeros<float>(1, 4);
        Assert.Equal("Occlusion takes pictures of 3 × 3, the rows are 4 wide: give the size of yours", Message(new(3, 3), 0));
        Assert.Equal("there is no output 2: the network has 2, counted from 0", Message(new(2, 2), 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Occlusion(row, new(2, 2), patch: 0));

        string Message(ImageSize size, int output) =>
            Assert.Throws<ArgumentException>(() => model.Occlusion(row, size, output)).Message;
    }
}
