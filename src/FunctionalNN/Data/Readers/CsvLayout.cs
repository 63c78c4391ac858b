using System.Collections.Immutable;
using System.Globalization;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Which columns of a file are inputs, label and targets. A name that is not there is reported with the nearest that is, all at
/// once.</summary>
/// <param name="Names">All names of the file.</param>
/// <param name="Inputs">The positions of the inputs.</param>
/// <param name="Label">The position of the label, or −1.</param>
/// <param name="Targets">The positions of the targets.</param>
/// <param name="Categories">The positions of the columns that were said to hold categories.</param>
internal sealed record CsvLayout(
    ImmutableArray<string> Names, ImmutableArray<int> Inputs, int Label, ImmutableArray<int> Targets, ImmutableArray<int> Categories)
{
    private const int MaxFaults = 10;

    /// <summary>The columns as the options say.</summary>
    public static Either<Error, CsvLayout> Of(string path, ImmutableArray<string> names, CsvOptions options)
    {
        List<string> faults = [];
        if (options.Label is null && options.Targets.IsDefaultOrEmpty)
        {
            faults.Add(
                $"the options name no column to predict: set Label (classes) or Targets (quantities); the columns are "
                    + $"{CsvText.Listed(names)}");
        }

        return Of(path, names, options, faults);
    }

    /// <summary>The columns of a file in which nothing is to be predicted.</summary>
    public static Either<Error, CsvLayout> OfInputs(string path, ImmutableArray<string> names, CsvOptions options) =>
        Of(path, names, options, []);

    private static Either<Error, CsvLayout> Of(string path, ImmutableArray<string> names, CsvOptions options, List<string> faults)
    {
        var label = options.Label is { } column ? Find(names, column, "Label", faults) : -1;
        var targets = FindAll(names, options.Targets, "Targets", faults);
        var ignored = FindAll(names, options.Ignore, "Ignore", faults);
        var categories = FindAll(names, options.Categories, "Categories", faults);
        ImmutableArray<int> answers = label >= 0 ? [label] : targets;
        faults.AddRange(answers.Concat(categories).Intersect(ignored)
            .Select(both => $"the column \"{CsvText.Cut(names[both])}\" is in Ignore, but is also to be read: take it out of one"));
        ImmutableArray<int> inputs = [.. Enumerable.Range(0, names.Length).Except(answers).Except(ignored)];
        if (inputs.IsEmpty)
        {
            faults.Add("no column is left for the inputs");
        }

        faults.AddRange(Unnamed(names, [.. answers, .. inputs], options));
        return Result(path, names, options, faults, new CsvLayout(names, inputs, label, targets, categories));
    }

    /// <summary>The columns that an encoding was fitted on, found by name.</summary>
    public static Either<Error, CsvLayout> Of(string path, ImmutableArray<string> names, CsvEncoding encoding, bool withAnswers)
    {
        List<string> faults = [];
        var label = withAnswers && encoding.LabelName is { } name ? Find(names, name, "the encoding", faults) : -1;
        var targets = withAnswers
            ? FindAll(names, [.. encoding.TargetNames.Select(target => new CsvColumn(target))], "the encoding", faults)
            : [];
        var inputs = FindAll(names, [.. encoding.Features.Select(feature => new CsvColumn(feature.Name))], "the encoding", faults);
        ImmutableArray<int> answers = label >= 0 ? [label] : targets;
        faults.AddRange(Unnamed(names, [.. answers, .. inputs], encoding.Options));
        return Result(path, names, encoding.Options, faults, new CsvLayout(names, inputs, label, targets, []));
    }

    private static Either<Error, CsvLayout> Result(string path, ImmutableArray<string> names, CsvOptions options, List<string> faults,
        CsvLayout layout) =>
        faults.Count == 0 ? layout
        : OtherSeparator(names, options) is { } hint ? Error.New($"{path}, line 1: {faults[0]}{hint}")
        : Error.New(string.Join(Environment.NewLine,
            [.. faults.Take(MaxFaults).Select(fault => $"{path}, line 1: {fault}"),
                .. faults.Count > MaxFaults
                    ? [$"{path}, line 1: {(faults.Count - MaxFaults).ToString(CultureInfo.InvariantCulture)} more mistakes of this kind"]
                    : Array.Empty<string>()]));

    /// <summary>One column whose name holds what often separates columns.</summary>
    private static string? OtherSeparator(ImmutableArray<string> names, CsvOptions options) =>
        names is [var only] && only.IndexOfAny([',', ';', '\t', '|']) is var at and >= 0
            ? $"; the fields seem to be separated by "
                + $"{(only[at] == '\t' ? "tabs: set Separator = '\\t'" : $"'{only[at]}': set Separator = '{only[at]}'")} (it is "
                + $"{(options.Separator == '\t' ? "a tab" : $"'{options.Separator}'")})"
            : null;

    private static ImmutableArray<int> FindAll(ImmutableArray<string> names, ImmutableArray<CsvColumn> columns, string option,
        List<string> faults)
    {
        if (columns.IsDefaultOrEmpty)
        {
            return [];
        }

        // Of many columns each is looked up, not searched for; what is not there is searched for, to give a hint, some times only.
        var places = names.Index().GroupBy(name => name.Item, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Index, StringComparer.Ordinal);
        return
        [
            .. columns.Select(column => column.Name is { } name && places.TryGetValue(name, out var place) ? place
                : column.Name is not null && faults.Count > MaxFaults ? Missing(faults, column)
                : Find(names, column, option, faults)).Where(position => position >= 0).Distinct(),
        ];
    }

    private static int Missing(List<string> faults, CsvColumn column)
    {
        faults.Add($"there is no column {column}");
        return -1;
    }

    private static int Find(ImmutableArray<string> names, CsvColumn column, string option, List<string> faults)
    {
        var position = column.Name is null ? column.Position.GetOffset(names.Length) : names.IndexOf(column.Name);
        if (position >= 0 && position < names.Length)
        {
            return position;
        }

        faults.Add(column.Name is null
            ? $"there is no column {column}, which {option} names: the file has {names.Length}, 0 to {names.Length - 1}"
            : $"there is no column {column}, which {option} names"
                + NearestName.HintOr(column.Name, names, $"; the columns are {CsvText.Listed(names)}"));
        return -1;
    }

    private static string Positions(int[] positions) =>
        positions.Length <= MaxFaults
            ? string.Join(" and ", positions)
            : $"{string.Join(", ", positions.Take(MaxFaults))} and "
                + $"{(positions.Length - MaxFaults).ToString(CultureInfo.InvariantCulture)} more";

    private static IEnumerable<string> Unnamed(ImmutableArray<string> names, ImmutableArray<int> used, CsvOptions options)
    {
        foreach (var position in used.Where(position => names[position].Length == 0))
        {
            yield return $"column {position} has no name (often the row numbers that a program has put first): give it one, or leave it "
                + $"out with Ignore = [{position}]";
        }

        foreach (var twin in used.Where(position => names[position].Length > 0).GroupBy(position => names[position])
            .Where(group => group.Count() > 1))
        {
            yield return $"the columns {Positions([.. twin.Order()])} have the same name, "
                + $"{CsvText.Shown(System.Text.Encoding.UTF8.GetBytes(twin.Key))}: rename one, or leave it out with Ignore = "
                + $"[{twin.Max()}]";
        }

        if (options is { HasHeader: true, IsHeaderSure: false } && names.Length > 0
            && names.All(name => CsvNumber.Canonical(name) is not null))
        {
            yield return $"the names of the columns are all numbers ({CsvText.Listed(names)}): if the file has no header, set HasHeader = "
                + $"false; if these are names, set HasHeader = true";
        }
    }
}
