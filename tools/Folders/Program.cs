// Prints which folder of src uses which, and every use against the order of the folders with its file and line; 1 where there is one.
//   dotnet run --project tools/Folders [-- ROOT]

using FunctionalNN.Folders;

var root = args is [var given] ? given : Directory.GetCurrentDirectory();
if (!Directory.Exists(Path.Combine(root, "src")))
{
    Console.Error.WriteLine($"there is no folder src in {Path.GetFullPath(root)}: run this in the repository's root, or name that");
    return 1;
}

var graph = new FolderGraph(SourceUses.Of(root));
Console.WriteLine(graph);
return graph.Upward.Any() ? 1 : 0;
