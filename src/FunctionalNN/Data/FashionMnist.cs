using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Fashion-MNIST: 28 × 28 grey pictures of clothes in ten classes of equal size, 60,000 to learn from and 10,000 to be measured by.
/// </summary>
/// <remarks>H. Xiao, K. Rasul and R. Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking", 2017. MIT licence.</remarks>
public static class FashionMnist
{
    /// <summary>The names of the classes, in the order of their numbers.</summary>
    public static ImmutableArray<string> ClassNames { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    private static readonly MnistFiles Files = new(
        "FashionMnist.Fetch",
        ClassNames,
        ["https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"],
        [
            ("3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", 26421880),
            ("a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", 29515),
            ("346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", 4422102),
            ("67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", 5148),
        ]);

    /// <summary>Where <see cref="Fetch"/> keeps the files unless it is told otherwise.</summary>
    public static string CacheFolder => DataCache.Folder("fashion-mnist");

    /// <summary>The four files, with their checksums and addresses.</summary>
    public static ImmutableArray<VerifiedDownload> Downloads => Files.Downloads;

    /// <summary>Reads the four files of a folder, compressed or not. A pixel becomes scale · byte + shift.</summary>
    /// <param name="folder">Such as <see cref="CacheFolder"/> after <see cref="Fetch"/>.</param>
    /// <param name="scale">1/255 for numbers from 0 to 1, 1/127.5 for −1 to 1.</param>
    /// <param name="shift">0 for numbers from 0 to 1, −1 for −1 to 1.</param>
    public static Either<Error, (DataSet<float> Training, DataSet<float> Test)> Load(string folder, double scale = 1 / 255.0,
        double shift = 0) =>
        Files.Load(folder, scale, shift);

    /// <summary>Downloads what is missing of the four files, 31 MB in all, and gives the folder for <see cref="Load"/>.</summary>
    /// <param name="folder">Made where it does not exist; without one, <see cref="CacheFolder"/>.</param>
    /// <param name="progress">Told of every piece received.</param>
    /// <param name="cancellation">Ends the download; whole files stay.</param>
    /// <exception cref="OperationCanceledException">The download was cancelled.</exception>
    public static Task<Either<Error, string>> Fetch(
        string? folder = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default) =>
        Files.Fetch(folder ?? CacheFolder, progress, cancellation);
}
