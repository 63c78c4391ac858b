using System.Collections.Immutable;
using System.Text;

namespace FunctionalNN.Folders;

/// <summary>Which folder uses which, against the order that the folders have: a folder uses those of the levels before its own.</summary>
internal sealed class FolderGraph(ImmutableArray<FolderUse> uses)
{
    /// <summary>The folders from the lowest level up. Those of one level do not use each other.</summary>
    public static ImmutableArray<ImmutableArray<string>> Levels { get; } =
    [
        ["Values"], ["Kernels"], ["Data"], ["Tables"], ["Layers"], ["Losses"], ["Optimizers"], ["Execution"], ["Networks"], ["Training"],
        ["Checks", "Evaluation", "Files"], ["Plans"], ["Estimators", "Pipelines", "Visualisation", "Laws", "DuckDB", "Distributed"],
        ["Selection", "Onnx", "Dashboard", "Images", "AspNetCore"],
    ];

    private static readonly ImmutableArray<string> Order = [.. Levels.SelectMany(level => level)];

    /// <summary>All uses of one folder by another.</summary>
    public ImmutableArray<FolderUse> Uses => uses;

    /// <summary>The folders that have no level.</summary>
    public IEnumerable<string> Unknown =>
        uses.SelectMany(use => new[] { use.From, use.To }).Distinct().Where(folder => !Order.Contains(folder))
            .Order(StringComparer.Ordinal);

    /// <summary>The uses of a folder that is not below.</summary>
    public IEnumerable<FolderUse> Upward => uses.Where(use => LevelOf(use.To) >= LevelOf(use.From));

    /// <summary>The position of a folder's level; that of a folder without one is after all.</summary>
    public static int LevelOf(string folder)
    {
        var level = Levels.ToList().FindIndex(level => level.Contains(folder));
        return level < 0 ? Levels.Length : level;
    }

    /// <summary>The table, and each use against the order on a line of its own.</summary>
    public override string ToString()
    {
        ImmutableArray<string> folders = [.. Order, .. Unknown];
        var counts = uses.GroupBy(use => (use.From, use.To)).ToDictionary(
            group => group.Key, group => group.Select(use => (use.Path, use.Name)).Distinct().Count());
        var text = new StringBuilder("A row uses a column: the number of types named, file by file.").AppendLine().AppendLine()
            .Append(' ', 14).AppendJoin("", folders.Select(folder => $"{folder[..Math.Min(6, folder.Length)],7}")).AppendLine();
        foreach (var from in folders)
        {
            text.Append($"{from,-14}").AppendJoin("", folders.Select(to =>
                $"{(from == to ? "-" : counts.TryGetValue((from, to), out var count) ? $"{count}" : "."),7}")).AppendLine();
        }

        text.AppendLine().Append($"Uses against the order: {Upward.Count()}");
        foreach (var use in Upward.OrderBy(use => use.Path, StringComparer.Ordinal).ThenBy(use => use.Line))
        {
            text.AppendLine().Append("  ").Append(use);
        }

        return text.ToString();
    }
}
