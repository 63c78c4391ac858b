using System.Globalization;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Writes the rows of a data set as PNG files, a folder a class.</summary>
internal sealed class FolderWriter<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly DataSet<T> data;
    private readonly ClassLabels labels;
    private readonly ImageSize size;
    private readonly ImageOptions options;
    private readonly string[] folders;

    public FolderWriter(DataSet<T> data, ImageSize size, ImageOptions options)
    {
        if (size.ProblemWith(nameof(ImageFolder), data.Inputs.Width) is { } problem)
        {
            throw new ArgumentException(problem);
        }

        labels = data.Targets as ClassLabels ?? throw new ArgumentException(
            $"a folder a class needs class labels, the data has {data.Targets}: make them with ToClassLabels()");
        folders = [.. Enumerable.Range(0, labels.Classes).Select(label => ClassFolderName.Of(labels.NameOf(label)))];
        if (folders.GroupBy(folder => folder, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1
            || group.Key.Length == 0) is { } wrong)
        {
            throw new ArgumentException($"the class name \"{wrong.Key}\" is there {wrong.Count()} times or empty, so it names no folder of "
                + $"its own: give each class a name that differs in more than case");
        }

        (this.data, this.size, this.options) = (data, size, options);
    }

    public Either<Error, int> Write(string path)
    {
        if (Directory.Exists(path) || File.Exists(path))
        {
            return Error.New($"{path} is there already: give the name of a folder that is not, or remove it");
        }

        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var part = $"{full}.part-{Environment.ProcessId}";
        try
        {
            foreach (var folder in folders)
            {
                Directory.CreateDirectory(Path.Combine(part, folder));
            }

            var faults = new Option<Error>[data.Count];
            var digits = $"D{Math.Max(6, (data.Count - 1).ToString(CultureInfo.InvariantCulture).Length)}";
            foreach (var (first, inputs) in data.Blocks())
            {
                // Of several faults the first row's is told, whichever thread finds one first.
                var wrongs = new ArgumentException?[inputs.Rows];
                Parallel.For(0, inputs.Rows, i =>
                {
                    try
                    {
                        faults[first + i] = PictureOf(inputs, i, first + i)
                            .Write(Path.Combine(part, folders[labels[first + i]],
                                $"{(first + i).ToString(digits, CultureInfo.InvariantCulture)}.png"))
                            .Match(_ => Option<Error>.None, error => error);
                    }
                    catch (ArgumentException wrong)
                    {
                        wrongs[i] = wrong;
                    }
                });
                if (wrongs.FirstOrDefault(wrong => wrong is not null) is { } firstWrong)
                {
                    throw firstWrong;
                }

                if (faults.AsSpan(first, inputs.Rows).ToArray().SelectMany(fault => fault.AsEnumerable()).FirstOrDefault() is { } fault)
                {
                    return fault;
                }
            }

            Directory.Move(part, full);
            return data.Count;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Error.New($"{path} cannot be written: {fault.Message}", fault);
        }
        finally
        {
            if (Directory.Exists(part))
            {
                Directory.Delete(part, recursive: true);
            }
        }
    }

    private Picture PictureOf(Matrix<T> inputs, int row, int number)
    {
        try
        {
            return Picture.FromRow(inputs.Row(row), size, options);
        }
        catch (ArgumentException wrong)
        {
            throw new ArgumentException($"row {number}: {wrong.Message}", wrong);
        }
    }
}
