using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Loads a whole CSV file: scans its rows, then encodes them.</summary>
internal static class CsvLoad<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Reads a file and fits the encoding on it.</summary>
    public static Either<Error, CsvTable<T>> Fit(string path, Stream stream, CsvOptions options) =>
        CsvScan<T>.Open(path, stream, options, names => CsvLayout.Of(path, names, options), layout => Readers(layout, options)).Bind(scan =>
        {
            using (scan)
            {
                return from rows in CsvRows<T>.ReadAll(scan, path, options)
                       from table in Fit(path, scan, rows, options)
                       select table;
            }
        });

    /// <summary>Reads a file with an encoding fitted before.</summary>
    public static Either<Error, CsvTable<T>> Fitted(string path, Stream stream, CsvEncoding encoding) =>
        Open(path, stream, encoding, withAnswers: true).Bind(scan =>
        {
            using (scan)
            {
                return CsvRows<T>.ReadAll(scan, path, encoding.Options).Map(rows =>
                    new CsvTable<T>(rows.Inputs(encoding.Features, Places(scan)), rows.Targets(encoding.ClassNames, Places(scan)), encoding, scan.Dropped, MissingOf(scan)));
            }
        });

    /// <summary>Reads the inputs alone with an encoding fitted before.</summary>
    public static Either<Error, Matrix<T>> Inputs(string path, Stream stream, CsvEncoding encoding) =>
        Open(path, stream, encoding, withAnswers: false).Bind(scan =>
        {
            using (scan)
            {
                return CsvRows<T>.ReadAll(scan, path, encoding.Options).Map(rows => CsvFill.Filled(rows.Inputs(encoding.Features, Places(scan)), encoding.Features));
            }
        });

    /// <summary>A scan of a file with an encoding fitted before.</summary>
    public static Either<Error, CsvScan<T>> Open(string path, Stream stream, CsvEncoding encoding, bool withAnswers)
    {
        var options = encoding.Options with { Missing = withAnswers || encoding.Options.Missing != Missing.DropRow ? encoding.Options.Missing : Missing.Error };
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
                : !withAnswers && names.Length == encoding.ColumnNames.Length - answers.Length ? CsvLayout.Of(path, encoding.ColumnNames.RemoveRange(answers), encoding, withAnswers)
                : Error.New(string.Create(CultureInfo.InvariantCulture, $"{path}, line 1: {names.Length} fields, expected {encoding.ColumnNames.Length} as in the file that the encoding was fitted on"));
        }
    }

    /// <summary>Class numbers from the codes of a label column.</summary>
    public static Either<Error, ClassLabels> Classes(string path, CsvFieldReader<T> label, IEnumerable<int> codes)
    {
        var (names, places) = label.Categories.Sorted();
        int[] labels = [.. codes.Select(code => places[code])];
        return names.Length == 1 ? OneClass(path, label.Name, names[0], labels.Length) : new ClassLabels(labels, names.Length, names);
    }

    private static Error OneClass(string path, string column, string name, int rows) =>
        Error.New(string.Create(CultureInfo.InvariantCulture, $"{path}, column \"{column}\": all {rows} rows have the class \"{name}\": there is nothing to tell apart"));

    private static Either<Error, CsvTable<T>> Fit(string path, CsvScan<T> scan, CsvRows<T> rows, CsvOptions options)
    {
        var sorted = scan.Columns.Select(column => column.Categories.Sorted()).ToArray();
        ImmutableArray<CsvFeature> features = [.. scan.Layout.Inputs.Select((_, i) => new CsvFeature(scan.Columns[i].Name, sorted[i].Names, []))];
        var places = sorted.Select(pair => pair.Places).ToArray();
        var width = features.Sum(feature => (long)feature.Width);
        if (width * rows.Count > Array.MaxLength)
        {
            return Error.New(string.Create(CultureInfo.InvariantCulture, $"{path}: {rows.Count} rows of {width} inputs are more than one array can hold: read them as a stream"));
        }

        var classes = scan.Layout.Label >= 0 ? sorted[^1].Names : [];
        if (scan.Layout.Label >= 0 && classes.Length == 1)
        {
            return OneClass(path, scan.Columns[^1].Name, classes[0], rows.Count);
        }

        var inputs = rows.Inputs(features, places);
        var (fitted, empty) = CsvFill.Fit(inputs, features);
        if (empty is not null)
        {
            return Error.New($"{path}, column \"{empty}\": every value is missing, so that it has no mean: leave the column out with Ignore = [\"{empty}\"]");
        }

        var encoding = new CsvEncoding(
            fitted,
            scan.Layout.Label >= 0 ? scan.Columns[^1].Name : null,
            classes,
            [.. scan.Layout.Targets.Select(position => scan.Layout.Names[position])],
            scan.Layout.Names,
            options);
        return new CsvTable<T>(inputs, rows.Targets(classes, places), encoding, scan.Dropped, MissingOf(scan));
    }

    private static ImmutableArray<CsvFieldReader<T>> Readers(CsvLayout layout, CsvOptions options) =>
        [
            .. layout.Inputs.Select(position => new CsvFieldReader<T>(layout.Names[position], CsvRole.Input, KindOf(layout, position), [], options)),
            .. layout.Label >= 0
                ? [new CsvFieldReader<T>(layout.Names[layout.Label], CsvRole.Label, options.Classes.IsDefaultOrEmpty ? KindOf(layout, layout.Label) : CsvKind.Category, options.Classes, options)]
                : layout.Targets.Select(position => new CsvFieldReader<T>(layout.Names[position], CsvRole.Target, CsvKind.Number, [], options)),
        ];

    private static ImmutableArray<CsvFieldReader<T>> Readers(CsvEncoding encoding, CsvOptions options, bool withAnswers) =>
        [
            .. encoding.Features.Select(feature => new CsvFieldReader<T>(feature.Name, CsvRole.Input, feature.IsNumber ? CsvKind.Number : CsvKind.Category, feature.Categories, options)),
            .. !withAnswers ? []
                : encoding.LabelName is { } label ? [new CsvFieldReader<T>(label, CsvRole.Label, CsvKind.Category, encoding.ClassNames, options)]
                : encoding.TargetNames.Select(target => new CsvFieldReader<T>(target, CsvRole.Target, CsvKind.Number, [], options)),
        ];

    private static CsvKind KindOf(CsvLayout layout, int position) => layout.Categories.Contains(position) ? CsvKind.Category : CsvKind.Unknown;

    private static int[][] Places(CsvScan<T> scan) => [.. scan.Columns.Select(column => column.Categories.Sorted().Places)];

    private static ImmutableArray<int> MissingOf(CsvScan<T> scan) => [.. scan.Columns.Where(column => column.Role == CsvRole.Input).Select(column => column.MissingCount)];
}
