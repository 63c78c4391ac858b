using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// CIFAR-10: 32 × 32 coloured pictures of ten kinds of things, 50,000 to learn from and 10,000 to be measured by, in its binary version. A
/// row is a picture line by line, in each pixel by pixel, of each red, green and blue.
/// </summary>
/// <remarks>A. Krizhevsky, "Learning multiple layers of features from tiny images", 2009.</remarks>
public static class Cifar10
{
    /// <summary>The names of the classes, in the order of their numbers.</summary>
    public static ImmutableArray<string> ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private static readonly CifarFile Format = new(labelBytes: 1, labelByte: 0, ClassNames);

    /// <summary>Reads one or more batches one after the other. A pixel becomes scale · byte + shift.</summary>
    /// <param name="paths">Such as data_batch_1.bin, plain or compressed with gzip.</param>
    /// <param name="scale">1/255 for numbers from 0 to 1, 1/127.5 for −1 to 1.</param>
    /// <param name="shift">0 for numbers from 0 to 1, −1 for −1 to 1.</param>
    /// <returns>The pictures, or an error that names file, byte, what was found and what was expected.</returns>
    public static Either<Error, DataSet<float>> Read(IEnumerable<string> paths, double scale = 1 / 255.0, double shift = 0) =>
        Format.Read(paths, scale, shift);

    /// <summary>Reads data_batch_1.bin to data_batch_5.bin and test_batch.bin of a folder.</summary>
    /// <param name="folder">What cifar-10-binary.tar.gz unpacks to.</param>
    /// <param name="scale">1/255 for numbers from 0 to 1, 1/127.5 for −1 to 1.</param>
    /// <param name="shift">0 for numbers from 0 to 1, −1 for −1 to 1.</param>
    public static Either<Error, (DataSet<float> Training, DataSet<float> Test)> Load(string folder, double scale = 1 / 255.0,
        double shift = 0) =>
        from train in Read(Enumerable.Range(1, 5).Select(i => Path.Combine(folder, $"data_batch_{i}.bin")), scale, shift)
        from test in Read([Path.Combine(folder, "test_batch.bin")], scale, shift)
        select (train, test);
}
