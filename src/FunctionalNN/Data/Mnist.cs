using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// MNIST: 28 × 28 grey pictures of handwritten digits, 60,000 to learn from and 10,000 to be measured by.
/// </summary>
/// <remarks>Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits".</remarks>
public static class Mnist
{
    /// <summary>The names of the classes: the digits.</summary>
    public static ImmutableArray<string> ClassNames { get; } = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    private static readonly MnistFiles Files = new(
        "Mnist.Fetch",
        ClassNames,
        ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"],
        [
            ("440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", 9912422),
            ("3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", 28881),
            ("8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", 1648877),
            ("f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", 4542),
        ]);

    /// <summary>Where <see cref="Fetch"/> keeps the files unless it is told otherwise.</summary>
    public static string CacheFolder => DataCache.Folder("mnist");

    /// <summary>The four files, with their checksums and addresses.</summary>
    public static ImmutableArray<VerifiedDownload> Downloads => Files.Downloads;

    /// <summary>Reads the four files of a folder, compressed or not, under LeCun's names or with a point in place of the last hyphen but
    /// one (<c>train-images.idx3-ubyte</c>). A pixel becomes scale · byte + shift.</summary>
    /// <param name="folder">Such as <see cref="CacheFolder"/> after <see cref="Fetch"/>.</param>
    /// <param name="scale">1/255 for numbers from 0 to 1, 1/127.5 for −1 to 1.</param>
    /// <param name="shift">0 for numbers from 0 to 1, −1 for −1 to 1.</param>
    public static Either<Error, (DataSet<float> Training, DataSet<float> Test)> Load(string folder, double scale = 1 / 255.0,
        double shift = 0) =>
        Files.Load(folder, scale, shift);

    /// <summary>Downloads what is missing of the four files, 12 MB in all, and gives the folder for <see cref="Load"/>.</summary>
    /// <param name="folder">Made where it does not exist; without one, <see cref="CacheFolder"/>.</param>
    /// <param name="progress">Told of every piece received.</param>
    /// <param name="cancellation">Ends the download; whole files stay.</param>
    /// <exception cref="OperationCanceledException">The download was cancelled.</exception>
    public static Task<Either<Error, string>> Fetch(
        string? folder = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default) =>
        Files.Fetch(folder ?? CacheFolder, progress, cancellation);
}
