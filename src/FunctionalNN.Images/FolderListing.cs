using System.Collections.Immutable;
using System.IO.Enumeration;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>The classes of a folder of pictures and their files, in order.</summary>
/// <param name="Names">The classes, by the names of their folders in ordinal order.</param>
/// <param name="Files">Class by class, in each by the ordinal order of the paths.</param>
internal sealed record FolderListing(ImmutableArray<string> Names, ImmutableArray<PictureFile> Files)
{
    private const int MaxNamed = 1000;
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"];
    private static readonly string[] Ignored = ["Thumbs.db", "desktop.ini"];

    /// <summary>Lists a folder.</summary>
    public static Either<Error, FolderListing> Of(string path, ImageOptions options)
    {
        if (!Directory.Exists(path))
        {
            return Error.New(File.Exists(path)
                ? $"{path} is a file, expected a folder with one sub-folder of pictures a class"
                : $"{path}: there is no such folder");
        }

        try
        {
            var classes = Directory.EnumerateDirectories(path).Where(folder => !IsHidden(folder))
                .Select(folder => (Name: ClassFolderName.NameOf(Path.GetFileName(folder)), Folder: folder))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal).ToImmutableArray();
            var (files, strays) = (ImmutableArray.CreateBuilder<PictureFile>(), new List<string>());
            strays.AddRange(Directory.EnumerateFiles(path).Where(file => !IsHidden(file)));
            if (classes.IsEmpty)
            {
                return Error.New($"{path} has no sub-folders, expected one a class"
                    + (strays.Count > 0 ? $": its {strays.Count} files lie in it directly, move them into a folder a class" : ""));
            }

            for (var label = 0; label < classes.Length; label++)
            {
                var below = Below(classes[label].Folder).Order(StringComparer.Ordinal).ToLookup(IsPicture);
                files.AddRange(below[true].Select(file => new PictureFile(file, label)));
                strays.AddRange(below[false]);
            }

            return options.Unreadable == UnreadablePictures.Refuse && strays.Count > 0
                ? Error.New($"{path}: {strays.Count} files are no pictures of a class by place and name "
                    + $"({string.Join(", ", Extensions)} in a class's folder):{Environment.NewLine}{Lines(strays)}{Environment.NewLine}"
                    + Advice)
                : new FolderListing([.. classes.Select(entry => entry.Name)], files.ToImmutable()).Whole(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Error.New($"{path} cannot be listed: {fault.Message}", fault);
        }
    }

    /// <summary>The files without those at fault, or an error that names them.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="faults">What is wrong with each file, if anything is.</param>
    /// <param name="options">Whether such files are refused or left out.</param>
    public Either<Error, FolderListing> Without(string path, Option<Error>[] faults, ImageOptions options)
    {
        string[] found = [.. faults.SelectMany(fault => fault.AsEnumerable()).Select(fault => fault.Message)];
        return found.Length == 0 ? this
            : options.Unreadable == UnreadablePictures.Refuse
                ? Error.New($"{path}: {found.Length} of {Files.Length} pictures cannot be read:{Environment.NewLine}{Lines(found)}"
                    + $"{Environment.NewLine}{Advice}")
            : (this with { Files = [.. Files.Where((_, i) => faults[i].IsNone)] }).Whole(path);
    }

    private static string Advice =>
        $"Repair or remove them, or give new {nameof(ImageOptions)} {{ {nameof(ImageOptions.Unreadable)} = "
            + $"{nameof(UnreadablePictures)}.{nameof(UnreadablePictures.LeaveOut)} }}";

    private Either<Error, FolderListing> Whole(string path)
    {
        var counts = new int[Names.Length];
        foreach (var file in Files)
        {
            counts[file.Label]++;
        }

        string[] empty = [.. Names.Where((_, label) => counts[label] == 0)];
        return empty.Length == 0 ? this : Error.New(
            $"{path}: {(empty.Length == 1 ? "the folder of the class" : "the folders of the classes")} {string.Join(", ", empty)} "
                + $"{(empty.Length == 1 ? "has" : "have")} no pictures: put some in, or remove the "
                + $"{(empty.Length == 1 ? "folder" : "folders")}");
    }

    private static string Lines(IReadOnlyCollection<string> lines) =>
        string.Join(Environment.NewLine, lines.Take(MaxNamed))
            + (lines.Count > MaxNamed ? $"{Environment.NewLine}… and {lines.Count - MaxNamed} more" : "");

    /// <summary>The files below a folder. Folders that are links are not gone into: they may lead in a circle.</summary>
    private static FileSystemEnumerable<string> Below(string folder) => new(
        folder, (ref entry) => entry.ToFullPath(),
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
    {
        ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && !IsHidden(entry.FileName),
        ShouldRecursePredicate = (ref entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 && !IsHidden(entry.FileName),
    };

    private static bool IsPicture(string file) => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    /// <summary>What systems put into folders by themselves.</summary>
    private static bool IsHidden(ReadOnlySpan<char> path) => Path.GetFileName(path) is var name
        && (name.StartsWith('.') || name.Equals(Ignored[0], StringComparison.OrdinalIgnoreCase)
            || name.Equals(Ignored[1], StringComparison.OrdinalIgnoreCase));
}
