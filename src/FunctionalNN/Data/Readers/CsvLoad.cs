using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Loads a whole CSV file: scans its rows, then encodes them.</summary>
internal static class CsvLoad<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The rows from which on texts that nearly all differ are no categories.</summary>
    private const int MinTexts = 8;
    private const int MinLabels = 20;
    private const double MaxDifferent = 0.75;

    /// <summary>Reads a file and fits the encoding on it.</summary>
    public static Either<Error, CsvTable<T>> Fit(string path, Stream stream, CsvOptions options) =>
        Open(path, stream, options).Bind(scan =>
        {
            using (scan)
            {
                var statistics = new CsvStatistics<T>(scan.Columns);
                var rows = new CsvRows<T>(scan.Layout);
                while (scan.Next())
                {
                    statistics.Add(scan.Row);
                    rows.Add(scan.Row);
                }

                return from encoding in Encode(path, scan, statistics, options)
                       from room in Fits(path, statistics.Rows, encoding)
                       let targets = rows.Targets(encoding.ClassNames, Places(scan))
                       select new CsvTable<T>(rows.Inputs(encoding.Features, Places(scan)), targets, WithTolerance(encoding, targets),
                           scan.Dropped, MissingOf(scan), isFittedHere: true);
            }
        });

    /// <summary>Fits the encoding on a file without keeping its inputs.</summary>
    public static Either<Error, CsvEncoding> FitEncoding(string path, Stream stream, CsvOptions options) =>
        Open(path, stream, options).Bind(scan =>
        {
            using (scan)
            {
                var statistics = new CsvStatistics<T>(scan.Columns);
                var answers = new CsvRows<T>(new CsvLayout([], [], -1, scan.Layout.Targets, []));
                while (scan.Next())
                {
                    statistics.Add(scan.Row);
                    if (!scan.Layout.Targets.IsEmpty)
                    {
                        answers.Add(scan.Row.AsSpan(scan.Layout.Inputs.Length));
                    }
                }

                return Encode(path, scan, statistics, options)
                    .Map(encoding => encoding.LabelName is null ? WithTolerance(encoding, answers.Targets([], [])) : encoding);
            }
        });

    /// <summary>Reads a file with an encoding fitted before.</summary>
    public static Either<Error, CsvTable<T>> Fitted(string path, Stream stream, CsvEncoding encoding) =>
        Open(path, stream, encoding, withAnswers: true).Bind(scan =>
        {
            using (scan)
            {
                return from rows in CsvRows<T>.ReadAll(scan, path)
                       from room in Fits(path, rows.Count, encoding)
                       select new CsvTable<T>(rows.Inputs(encoding.Features, Places(scan)),
                           rows.Targets(encoding.ClassNames, Places(scan), encoding.Tolerance), encoding, scan.Dropped, MissingOf(scan),
                           isFittedHere: false);
            }
        });

    /// <summary>Reads the inputs alone with an encoding fitted before.</summary>
    public static Either<Error, Matrix<T>> Inputs(string path, Stream stream, CsvEncoding encoding) =>
        Open(path, stream, encoding, withAnswers: false).Bind(scan =>
        {
            using (scan)
            {
                return CsvRows<T>.ReadAll(scan, path).Map(rows => encoding.Fill(rows.Inputs(encoding.Features, Places(scan))));
            }
        });

    /// <summary>A scan of a file with an encoding fitted before.</summary>
    public static Either<Error, CsvScan<T>> Open(string path, Stream stream, CsvEncoding encoding, bool withAnswers)
    {
        var options =
            encoding.Options with
            {
                Missing = withAnswers || encoding.Options.Missing != Missing.DropRow
                ? encoding.Options.Missing
                : Missing.Error
            };
        return CsvScan<T>.Open(path, stream, options, Layout, _ => Readers(encoding, options, withAnswers));

        Either<Error, CsvLayout> Layout(ImmutableArray<string> names)
        {
            if (options.HasHeader)
            {
                return CsvLayout.Of(path, names, encoding, withAnswers);
            }

            // Without names the columns are told by position: a file without those to predict has the others in the same order.
            ImmutableArray<string> answers = encoding.LabelName is null ? encoding.TargetNames : [encoding.LabelName];
            return names.Length == encoding.ColumnNames.Length ? CsvLayout.Of(path, encoding.ColumnNames, encoding, withAnswers)
                : !withAnswers && names.Length == encoding.ColumnNames.Length - answers.Length
                    ? CsvLayout.Of(path, encoding.ColumnNames.RemoveRange(answers), encoding, withAnswers)
                : Error.New(
                    $"{path}, line 1: {names.Length} fields, expected {encoding.ColumnNames.Length} as in the file that the encoding was "
                        + $"fitted on");
        }
    }

    /// <summary>Class numbers from the codes of a label column.</summary>
    public static Either<Error, ClassLabels> Classes(string path, CsvFieldReader<T> label, IEnumerable<int> codes)
    {
        var (names, places) = label.Categories.Sorted();
        int[] labels = [.. codes.Select(code => places[code])];
        return names.Length == 1 ? OneClass(path, label.Name, names[0], labels.Length) : new ClassLabels(labels, names.Length, names);
    }

    private static Error OneClass(string path, string column, string name, long rows) =>
        Error.New(
            $"{path}, column \"{CsvText.Cut(column)}\": all {rows} rows have the class \"{CsvText.Cut(name)}\": there is nothing to "
                + $"tell apart");

    private static Either<Error, CsvScan<T>> Open(string path, Stream stream, CsvOptions options) =>
        CsvScan<T>.Open(path, stream, options, names => CsvLayout.Of(path, names, options), layout => Readers(layout, options));

    private static Either<Error, CsvEncoding> Encode(string path, CsvScan<T> scan, CsvStatistics<T> statistics, CsvOptions options) =>
        scan.End(path, statistics.Rows).Bind<CsvEncoding>(_ =>
        {
            var (features, empty) = statistics.Features(scan.Layout.Inputs.Length);
            var classes = scan.Layout.Label >= 0 ? scan.Columns[^1].Categories.Sorted().Names : [];
            return Suspect(scan, statistics, options) is { } suspect ? Error.New(path + suspect)
                : empty is not null
                    ? Error.New(
                        $"{path}, column \"{CsvText.Cut(empty)}\": every value is missing, so that it has no mean: leave the column out "
                            + $"with Ignore = "
                            + $"[\"{CsvText.Cut(empty)}\"]")
                : classes.Length == 1 ? OneClass(path, scan.Columns[^1].Name, classes[0], statistics.Rows)
                : new CsvEncoding(
                    features,
                    scan.Layout.Label >= 0 ? scan.Columns[^1].Name : null,
                    classes,
                    [.. scan.Layout.Targets.Select(position => scan.Layout.Names[position])],
                    scan.Layout.Names,
                    options);
        });

    /// <summary>What shows only when all rows were read: a row in place of a header, texts that name rows.</summary>
    private static string? Suspect(CsvScan<T> scan, CsvStatistics<T> statistics, CsvOptions options)
    {
        if (options is { HasHeader: true, IsHeaderSure: false }
            && scan.Columns.FirstOrDefault(column => column.Kind == CsvKind.Number
                && CsvNumber.Canonical(column.Name) is not null) is { } numbered)
        {
            return CsvCursor.FirstRow(numbered.Name);
        }

        foreach (var (i, column) in scan.Columns.Index())
        {
            var (values, names) = (statistics.CountOf(i), column.Categories.Names.Count);
            var isInput = column.Role == CsvRole.Input;
            if (column is { IsInferred: true, Kind: CsvKind.Category } && values >= (isInput ? MinTexts : MinLabels)
                && names > values * MaxDifferent)
            {
                return $", column \"{CsvText.Cut(column.Name)}\": {names} different {(isInput ? "texts" : "classes")} in {values} rows, "
                    + $"which name the "
                        + $"rows more than what they have in common: "
                        + $"{(isInput ? $"leave the column out with Ignore = [\"{CsvText.Cut(column.Name)}\"]" : "for a quantity name "
                        + "the column in "
                        + "Targets instead of Label")}, or, if they are categories all the same, name it in Categories";
            }
        }

        return null;
    }

    private static Either<Error, Unit> Fits(string path, long rows, CsvEncoding encoding) =>
        encoding.Features.Sum(feature => (long)feature.Width) is var width && width * rows > Array.MaxLength - Block<T>.Padding
            ? Error.New(
                $"{path}: {rows} rows of {width} inputs are more than one array can hold: read them with Csv.Fit and CsvEncoding.Stream")
            : Unit.Default;

    private static CsvEncoding WithTolerance(CsvEncoding encoding, Targets targets) =>
        encoding with { Tolerance = (targets as RealTargets<T>)?.Tolerance };

    private static ImmutableArray<CsvFieldReader<T>> Readers(CsvLayout layout, CsvOptions options) =>
        [
            .. layout.Inputs.Select(position =>
                new CsvFieldReader<T>(layout.Names[position], CsvRole.Input, KindOf(layout, position), [], options)),
            .. layout.Label >= 0
                ? [new CsvFieldReader<T>(layout.Names[layout.Label], CsvRole.Label,
                    options.Classes.IsDefaultOrEmpty ? KindOf(layout, layout.Label) : CsvKind.Category, options.Classes, options)]
                : layout.Targets.Select(position =>
                    new CsvFieldReader<T>(layout.Names[position], CsvRole.Target, CsvKind.Number, [], options)),
        ];

    private static ImmutableArray<CsvFieldReader<T>> Readers(CsvEncoding encoding, CsvOptions options, bool withAnswers) =>
        [
            .. encoding.Features.Select(feature =>
                new CsvFieldReader<T>(feature.Name, CsvRole.Input, feature.IsNumber ? CsvKind.Number : CsvKind.Category, feature.Categories,
                    options)),
            .. !withAnswers ? []
                : encoding.LabelName is { } label
                    ? [new CsvFieldReader<T>(label, CsvRole.Label, CsvKind.Category, encoding.ClassNames, options)]
                : encoding.TargetNames.Select(target => new CsvFieldReader<T>(target, CsvRole.Target, CsvKind.Number, [], options)),
        ];

    private static CsvKind KindOf(CsvLayout layout, int position) =>
        layout.Categories.Contains(position) ? CsvKind.Category : CsvKind.Unknown;

    /// <summary>For each column the place of each category's code.</summary>
    public static int[][] Places(CsvScan<T> scan) => [.. scan.Columns.Select(column => column.Categories.Sorted().Places)];

    private static ImmutableArray<int> MissingOf(CsvScan<T> scan) =>
        [.. scan.Columns.Where(column => column.Role == CsvRole.Input).Select(column => column.MissingCount)];
}
