using System.Security.Cryptography;

namespace FunctionalNN.Tests;

public class MnistFilesTests
{
    private static readonly string[] Names =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    private static readonly IdxArray[] Arrays =
        [new(new byte[12], 3, 2, 2), new(new byte[] { 0, 1, 0 }, 3), new(new byte[4], 1, 2, 2), new(new byte[] { 1 }, 1)];

    [RealDataFact("fashion-mnist")]
    public void Fashion_MNIST_loads_whole()
    {
        var (train, test) = FashionMnist.Load(RealData.FolderOf("fashion-mnist")!).Good();
        Assert.Equal((60000, 784), (train.Count, train.Inputs.Width));
        Assert.Equal((10000, 784), (test.Count, test.Inputs.Width));
        Assert.All(((ClassLabels)train.Targets).Frequencies(), count => Assert.Equal(6000, count));
        Assert.All(((ClassLabels)test.Targets).Frequencies(), count => Assert.Equal(1000, count));
        Assert.Equal("Ankle boot", ((ClassLabels)train.Targets).NameOf(((ClassLabels)train.Targets)[0]));
        Assert.InRange(train.InputsOf(0).Values.ToArray().Max(), 0.9f, 1f);
    }

    [RealDataFact("mnist")]
    public void MNIST_loads_whole()
    {
        var (train, test) = Mnist.Load(RealData.FolderOf("mnist")!, scale: 1 / 127.5, shift: -1).Good();
        Assert.Equal((60000, 10000), (train.Count, test.Count));
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], ((ClassLabels)train.Targets).Values[..10].ToArray());
        Assert.Equal(5421, ((ClassLabels)train.Targets).Frequencies().Min());
        Assert.Equal(-1, train.InputsOf(0)[0, 0]);
    }

    [RealDataFact("fashion-mnist", "mnist")]
    public async Task Files_with_the_right_checksums_are_taken_without_a_request()
    {
        Assert.Equal(RealData.FolderOf("fashion-mnist"), (await FashionMnist.Fetch(RealData.FolderOf("fashion-mnist"))).Good());
        Assert.Equal(RealData.FolderOf("mnist"), (await Mnist.Fetch(RealData.FolderOf("mnist"))).Good());
    }

    [RealDataFact("cifar-airplane-ship")]
    public void Images_of_rank_2_load()
    {
        var folder = RealData.FolderOf("cifar-airplane-ship")!;
        var data = IdxFile.ReadImages(
            Path.Combine(folder, "test-images-idx2-ubyte.gz"), Path.Combine(folder, "test-labels-idx1-ubyte.gz"), ["airplane", "ship"])
                .Good();
        Assert.Equal((2000, 3072), (data.Count, data.Inputs.Width));
    }

    [RealDataFact("mnist")]
    public void Labels_of_another_part_are_refused()
    {
        var folder = RealData.FolderOf("mnist")!;
        var fault = IdxFile.ReadImages(
            Path.Combine(folder, "t10k-images-idx3-ubyte.gz"), Path.Combine(folder, "train-labels-idx1-ubyte.gz"), Mnist.ClassNames)
                .Fault();
        Assert.Contains("10000 images", fault, StringComparison.Ordinal);
        Assert.Contains("60000 labels", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_names_the_remedy()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("train-images-idx3-ubyte.gz: there is no such file; FashionMnist.Fetch downloads it",
            FashionMnist.Load(folder.FullName).Fault(), StringComparison.Ordinal);
        Assert.Contains("Mnist.Fetch", Mnist.Load(folder["absent"]).Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Four_files_load_also_when_they_are_not_compressed()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, array) in Names.Zip(Arrays))
        {
            IdxFile.Write(folder[name], array).Good();
        }

        var files = new MnistFiles("Fetch", ["a", "b"], ["https://localhost/"], [.. Names.Select(_ => (new string('0', 64), 1L))]);
        var (train, test) = files.Load(folder.FullName, 1, 0).Good();
        Assert.Equal((3, 1), (train.Count, test.Count));
    }

    [Theory]
    [InlineData("{0}-idx{1}-ubyte", false)]
    [InlineData("{0}-idx{1}-ubyte.gz", true)]
    [InlineData("{0}.idx{1}-ubyte", false)]
    [InlineData("{0}.idx{1}-ubyte.gz", true)]
    [InlineData("{0}.idx{1}-ubyte/{0}.idx{1}-ubyte", false)]
    [InlineData("{0}-idx{1}-ubyte/{0}-idx{1}-ubyte", false)]
    [InlineData("{0}-idx{1}-ubyte/{0}.idx{1}-ubyte", false)]
    public void Files_load_by_each_of_their_usual_names(string form, bool isCompressed)
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, array) in Names.Zip(Arrays))
        {
            var path = folder[string.Format(null, form, name[..name.IndexOf("-idx", StringComparison.Ordinal)],
                name[name.IndexOf("idx", StringComparison.Ordinal) + 3])];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var bytes = IdxFileTests.Plain(array);
            File.WriteAllBytes(path, isCompressed ? IdxFileTests.Gzip(bytes) : bytes);
        }

        var (train, test) = Mnist.Load(folder.FullName).Good();
        Assert.Equal((3, 1), (train.Count, test.Count));
    }

    [Fact]
    public async Task Four_files_are_fetched_from_whichever_mirror_has_them_and_load()
    {
        using var folder = new TemporaryFolder();
        var contents = Names.Zip(Arrays)
            .ToDictionary(pair => $"{pair.Item1}.gz", pair => IdxFileTests.Gzip(IdxFileTests.Plain(pair.Item2)));
        var isWhole = false;
        using var server = new LoopbackServer(path => path.Split('/') switch
        {
            ["second", var name]
                when isWhole || name.StartsWith("train", StringComparison.Ordinal) => LoopbackServer.Answer.Ok(contents[name]),
            _ => LoopbackServer.Answer.Status("404 Not Found"),
        });
        var files = new MnistFiles(
            "Fetch", ["a", "b"], [server.Address("first/"), server.Address("second/")],
            [.. contents.Values.Select(content => (Convert.ToHexStringLower(SHA256.HashData(content)), (long)content.Length))]);

        Assert.Contains("t10k-images-idx3-ubyte.gz could not be fetched", (await files.Fetch(folder.FullName, null, default)).Fault(),
            StringComparison.Ordinal);
        Assert.Equal(["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"], folder.Entries);

        isWhole = true;
        var requests = server.Requests.Count;
        Assert.Equal(folder.FullName, (await files.Fetch(folder.FullName, null, default)).Good());
        Assert.Equal(4, server.Requests.Count - requests);
        Assert.Equal((3, 1), files.Load(folder.FullName, 1, 0).Map(sets => (sets.Training.Count, sets.Test.Count)).Good());
    }

    [Fact]
    public void Every_file_has_a_checksum_and_an_https_address()
    {
        Assert.Equal(10, FashionMnist.ClassNames.Length);
        Assert.All([.. FashionMnist.Downloads, .. Mnist.Downloads], download =>
        {
            Assert.Equal(2, download.Addresses.Length);
            Assert.Equal("https", download.Addresses[0].Scheme);
            Assert.All(download.Addresses, address => Assert.EndsWith("/" + download.Name, address.ToString(), StringComparison.Ordinal));
        });
        Assert.NotEqual(FashionMnist.CacheFolder, Mnist.CacheFolder);
        Assert.True(Path.IsPathRooted(DataCache.Folder("x")));
    }
}
