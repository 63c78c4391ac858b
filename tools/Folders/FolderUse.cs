namespace FunctionalNN.Folders;

/// <summary>A place in a source that names something declared in another folder.</summary>
/// <param name="From">The folder of the source.</param>
/// <param name="To">The folder of the declaration.</param>
/// <param name="Path">The source, relative to the root.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Name">The type that is named, or whose member is.</param>
internal sealed record FolderUse(string From, string To, string Path, int Line, string Name)
{
    /// <summary>Such as "src/FunctionalNN/Data/Csv.cs, line 12: Data uses Training (Train)".</summary>
    public override string ToString() => $"{Path}, line {Line}: {From} uses {To} ({Name})";
}
