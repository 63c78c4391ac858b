namespace FunctionalNN.Tests;

/// <summary>Mistakes with images are named, and images that are right are not blamed.</summary>
public class ImageDoctorTests
{
    private static readonly ImageSize Size = new(8, 9, 3);

    /// <summary>Smooth waves, dark at the edge: what images have in common.</summary>
    private static DataSet<float> Data(Func<Matrix<float>, Matrix<float>> lying)
    {
        var key = new Key(3);
        var images = Matrix.Create(60, (int)Size.Count, (row, i) =>
        {
            var (y, x, channel) = (i / Size.Channels / Size.Width, i / Size.Channels % Size.Width, i % Size.Channels);
            var isEdge = y == 0 || x == 0 || y == Size.Height - 1 || x == Size.Width - 1;
            return isEdge ? 0f : (float)(1 + Math.Sin((0.4 * y) + (0.3 * x * (row % 2)) + (2 * channel) + key.Uniform(row)));
        });
        return new DataSet<float>(lying(images), new ClassLabels([.. Enumerable.Range(0, 60).Select(row => row % 2)], 2));
    }

    private static Network Network => new(Size, [new Convolution(8, 3), new Relu(), new MaxPooling(2), new Dense(2), new Softmax()]);

    [Fact]
    public void Images_that_are_right_are_not_blamed_for_their_edges()
    {
        var diagnosis = Doctor.Examine(Network, Data(images => images), new CategoricalCrossEntropy());
        Assert.DoesNotContain(diagnosis.Findings, finding => finding.Kind is FindingKind.ConstantColumns or FindingKind.InputScale
            or FindingKind.DeadUnits or FindingKind.Misfit or FindingKind.DuplicateColumns);
    }

    [Fact]
    public void Images_that_lie_channel_after_channel_are_named()
    {
        var diagnosis = Doctor.Examine(Network, Data(images => images.ChannelsFirst(Size)), new CategoricalCrossEntropy());
        Assert.Contains("look as if they lay channel after channel",
            Assert.Single(diagnosis.Findings, finding => finding.Kind == FindingKind.Misfit).ToString(), StringComparison.Ordinal);
    }

    /// <summary>Noise, and grey images in three channels, look the same either way.</summary>
    [Fact]
    public void What_looks_the_same_either_way_is_not_blamed()
    {
        var key = new Key(8);
        Func<int, int, double>[] images =
        [
            (row, i) => key.Normal((row * 1000) + i), (row, i) => key.Normal((row * 1000) + (i / 3)),
            (row, i) => Math.Sin((i / 3 / 9 * 0.5) + (i / 3 % 9 * 0.4) + row),
        ];
        foreach (var image in images)
        {
            var data = new DataSet<float>(Matrix.Create(60, 216, (row, i) => (float)image(row, i)),
                new ClassLabels([.. Enumerable.Range(0, 60).Select(row => row % 2)], 2));
            Assert.DoesNotContain(Doctor.Examine(Network, data, new CategoricalCrossEntropy()).Findings,
                finding => finding.Kind == FindingKind.Misfit);
        }
    }

    [Fact]
    public void Images_of_another_size_are_named() => Assert.Contains(
        Doctor.Examine(new Network(new ImageSize(9, 9, 3), [new Convolution(8, 3), new Dense(2), new Softmax()]), Data(images => images),
            new CategoricalCrossEntropy()).Findings,
        finding => finding is { Kind: FindingKind.Misfit, Severity: Severity.Error }
            && finding.ToString().Contains("216", StringComparison.Ordinal)
            && finding.ToString().Contains("243", StringComparison.Ordinal));

    [Fact]
    public void Pixels_of_0_to_255_are_named() => Assert.Contains(
        Doctor.Examine(Network, Data(images => Matrix.Create(images.Rows, images.Columns, (row, i) => 127 * images[row, i])),
            new CategoricalCrossEntropy()).Findings, finding => finding.Kind == FindingKind.InputScale);

    [Fact]
    public void A_flat_width_in_front_of_a_convolution_is_an_error_that_says_how_to_begin() => Assert.Contains(
        "begin the network with the size of the images",
        Assert.Throws<ArgumentException>(() => new Network(216, [new Convolution(8, 3), new Dense(2)])).Message, StringComparison.Ordinal);
}
