// Writes docs/api from the doc comments of all packages. Run it after any change to a public type; a test compares.
//   dotnet run --project tools/ApiReference [-- FOLDER]

using FunctionalNN.ApiReference;

var folder = args is [var given] ? given : Path.Combine("docs", "api");
if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(folder))))
{
    Console.Error.WriteLine($"there is no place for {Path.GetFullPath(folder)}: run this in the repository's root, or name a folder");
    return 1;
}

var pages = Pages.Create();
Directory.CreateDirectory(folder);
foreach (var stale in Directory.EnumerateFiles(folder, "*.md").Where(path => !pages.ContainsKey(Path.GetFileName(path))))
{
    File.Delete(stale);
}

foreach (var (name, text) in pages)
{
    File.WriteAllText(Path.Combine(folder, name), text);
}

Console.WriteLine($"{pages.Count} pages in {folder}");
return 0;
