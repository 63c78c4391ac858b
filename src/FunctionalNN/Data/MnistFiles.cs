using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>The four files that data sets in the form of MNIST consist of: images and labels to learn from and to be measured by.</summary>
internal sealed class MnistFiles(
    string fetch, ImmutableArray<string> classNames, ImmutableArray<string> mirrors, ImmutableArray<(string Sha256, long Length)> contents)
{
    private static readonly ImmutableArray<string> Names =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    public ImmutableArray<VerifiedDownload> Downloads { get; } =
        [.. Names.Zip(contents, (name, content) =>
            new VerifiedDownload($"{name}.gz", content.Sha256,
                mirrors.Select(mirror => $"{mirror}{name}.gz")) { Length = content.Length })];

    public Either<Error, (DataSet<float> Training, DataSet<float> Test)> Load(string folder, double scale, double shift)
    {
        var paths = Names.Select(name => Find(folder, name) ?? Path.Combine(folder, $"{name}.gz")).ToArray();
        if (paths.FirstOrDefault(path => !File.Exists(path)) is { } missing)
        {
            return Error.New($"{missing}: there is no such file; {fetch} downloads it");
        }

        return from train in IdxFile.ReadImages(paths[0], paths[1], classNames, scale, shift)
               from test in IdxFile.ReadImages(paths[2], paths[3], classNames, scale, shift)
               select (train, test);
    }

    public async Task<Either<Error, string>> Fetch(string folder, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        foreach (var download in Downloads)
        {
            var fetched = await download.Fetch(folder, progress, cancellation).ConfigureAwait(false);
            if (fetched.IsLeft)
            {
                return fetched;
            }
        }

        return folder;
    }

    /// <summary>A file under one of the names that sites give it, compressed or not, or in a folder of its name; null where there is
    /// none.</summary>
    private static string? Find(string folder, string name)
    {
        var dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        string[] names =
            [$"{name}.gz", name, $"{dotted}.gz", dotted, Path.Combine(name, name), Path.Combine(dotted, dotted), Path.Combine(name, dotted),
                Path.Combine(dotted, name)];
        return names.Select(known => Path.Combine(folder, known)).FirstOrDefault(File.Exists);
    }
}
