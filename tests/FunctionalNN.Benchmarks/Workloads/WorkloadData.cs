using FunctionalNN;

namespace FunctionalNN.Benchmarks;

/// <summary>The data of a workload: the real files in a folder, generated points, or a stand-in of the same shape.</summary>
internal static class WorkloadData
{
    public static (DataSet<float> Training, DataSet<float> Test, string Source) Load(Workload workload, string? folder) =>
        workload.Data switch
        {
            "spiral" => (Generate.Spiral(100, 3, 1), Generate.Spiral(100, 3, 2), "generated"),
            "wide" => Wide(),
            "fashion-mnist" => ShuffledOnce(Images(folder, "fashion-mnist", "t10k", 784, 10, 60_000, 1 / 127.5, -1)),
            "digits" => First(Images(folder, "mnist", "t10k", 784, 10, 60_000, 1 / 255.0, 0), 41_000),
            "cifar2" => Images(folder, "cifar-airplane-ship", "test", 3072, 2, 10_000, 1 / 255.0, 0),
            _ => Images(folder, "mnist", "t10k", 784, 10, 60_000, 1 / 255.0, 0),
        };

    private static (DataSet<float> Training, DataSet<float> Test, string Source) Images(string? folder, string name, string test, int width,
        int classes, int rows, double scale, double shift)
    {
        var at = folder is null ? null : Path.Combine(folder, name);
        if (at is null || !Directory.Exists(at))
        {
            return (Blobs(rows, width, classes, scale, shift, 1), Blobs(rows / 6, width, classes, scale, shift, 2), "synthetic");
        }

        string[] names = [.. Enumerable.Range(0, classes).Select(label => $"{label}")];
        DataSet<float> Part(string start) => IdxFile.ReadImages(
            Directory.GetFiles(at, $"{start}-images*").Single(), Directory.GetFiles(at, $"{start}-labels*").Single(), names, scale, shift)
                .OrThrow();
        return (Part("train"), Part(test), name);
    }

    private static (DataSet<float> Training, DataSet<float> Test, string Source) Wide()
    {
        var train = Blobs(8192, 1024, 10, 1 / 127.5, -1, 1);
        return (train, train.Take(1024), "generated");
    }

    /// <summary>Class means plus noise, as bytes.</summary>
    private static DataSet<float> Blobs(int rows, int width, int classes, double scale, double shift, ulong seed)
    {
        var (means, noise) = (new Key(99), new Key(seed));
        var labels = Enumerable.Range(0, rows).Select(row => noise.Fold(1).Below(classes, row)).ToArray();
        var bytes = new byte[rows * width];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var mean = means.Below(256, (labels[row] * width) + column);
                bytes[(row * width) + column] = (byte)((0.25 * mean) + (0.75 * noise.Below(256, (row * width) + column)));
            }
        }

        return new DataSet<float>(new ByteRows<float>(bytes, width, scale, shift), new ClassLabels(labels, classes));
    }

    private static (DataSet<float> Training, DataSet<float> Test,
        string Source) ShuffledOnce((DataSet<float> Training, DataSet<float> Test, string Source) data) =>
        (data.Training.Pick(new Key(1).Permutation(data.Training.Count)), data.Test, data.Source);

    private static (DataSet<float> Training, DataSet<float> Test,
        string Source) First((DataSet<float> Training, DataSet<float> Test, string Source) data, int rows) =>
        (data.Training.Take(rows), data.Test, data.Source);
}
