using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Fits a recipe on training rows.</summary>
internal static class TableFit
{
    public static Validation<Error, TableEncoding> Of(TableRecipe recipe, Table table)
    {
        table.Lineage.RequireTraining("the recipe of a table");
        if (table.Count == 0)
        {
            throw new ArgumentException("the table has no rows: there is nothing to learn from", nameof(table));
        }

        var reader = new CellReader(table.Notation);
        List<string> faults = [.. FaultsOf(recipe, table)];
        if (faults.Count > 0)
        {
            return Failed(faults);
        }

        var rows = table.Pick([.. Enumerable.Range(0, table.Count).Where(row => !IsDropped(recipe, table, row, reader))]);
        if (rows.Count == 0)
        {
            return Failed(["all rows have a gap where Gaps is DropRow, which leaves none: choose another rule for the column with most "
                + "gaps"]);
        }

        var columns = ImmutableArray.CreateBuilder<FittedColumn>();
        foreach (var column in recipe.Columns)
        {
            Try(column.Name, () => columns.Add(column.Fit(ReadingOf(column.Name, column is NumberColumn))));
        }

        FittedTarget? target = null;
        if (recipe.Target is { } asked)
        {
            Try(asked.Name, () => target = TargetOf(asked, ReadingOf(asked.Name, asked.IsQuantity)));
        }

        if (faults.Count > 0)
        {
            return Failed(faults);
        }

        var encoding = new TableEncoding(columns.ToImmutable(), recipe.Interactions, [.. recipe.LeftOut], target, table.Notation)
        {
            FittedOn = table.Lineage.Rows,
            Rows = rows.Count,
        };
        return encoding.Matrix<double>(rows).Match(
            inputs =>
                Validation<Error, TableEncoding>.Success(encoding with { InputMeans = [.. MeansOf(inputs, encoding.EmbeddedColumns)] }),
            fault => Failed([fault.Message]));

        ColumnReading ReadingOf(string name, bool isNumber) => new(rows, rows.PositionOf(name), reader, isNumber);

        void Try(string name, Action fit)
        {
            try
            {
                fit();
            }
            catch (ColumnFault fault)
            {
                faults.Add($"column \"{name}\": {fault.Message}");
            }
        }
    }

    /// <summary>Whether a row has a gap in a column for which such rows are left out.</summary>
    public static bool IsDropped(TableRecipe recipe, Table table, int row, CellReader reader) =>
        recipe.Columns.Any(column => column.Gaps == Gaps.DropRow
            && reader.IsGap(table.CellAt(row, table.PositionOf(column.Name)), column is NumberColumn));

    /// <summary>The class names or the scale of what is to be predicted.</summary>
    private static FittedTarget TargetOf(TargetColumn target, ColumnReading rows)
    {
        if (target.IsQuantity)
        {
            var numbers = rows.Numbers();
            var gap = Array.FindIndex(numbers, double.IsNaN);
            return gap >= 0 ? throw rows.Fault(gap, NoTarget(target.Name))
                : target.IsStandardised
                    ? new FittedTarget(target, [], Statistics.Mean(numbers),
                        Statistics.StandardDeviation(numbers) is var spread and > 0 ? spread : 1)
                : new FittedTarget(target, [], 0, 1);
        }

        var names = rows.Names();
        if (Array.IndexOf(names, null) is var missing and >= 0)
        {
            throw rows.Fault(missing, NoTarget(target.Name));
        }

        ImmutableArray<string> found = CategoryColumn.InOrder(names.Distinct(StringComparer.Ordinal)!);
        if (!target.Classes.IsEmpty && found.Except(target.Classes, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw rows.Fault(Array.IndexOf(names, unknown),
                $"found {CellReader.Shown(unknown)}, expected one of "
                    + $"{CsvText.Listed(target.Classes)}{NearestName.Hint(unknown, target.Classes)}");
        }

        const int MaxClasses = 1000;
        return target.Classes.IsEmpty && found.Length is 1 or > MaxClasses
            ? throw new ColumnFault(found.Length == 1
                ? $"there is only the class {CellReader.Shown(found[0])}: give rows of two or more"
                : $"there are {found.Length} classes, expected at most {MaxClasses}: for a number to predict set IsQuantity")
            : new FittedTarget(target, target.Classes.IsEmpty ? found : target.Classes, 0, 1);
    }

    internal static string NoTarget(string name) =>
        $"the value is missing, and what is to be predicted is never made up: leave such rows out with table.Having(\"{name}\")";

    private static IEnumerable<string> FaultsOf(TableRecipe recipe, Table table)
    {
        if (recipe.Columns.IsEmpty)
        {
            yield return "the recipe has no columns, so that there are no inputs: give it one or more";
        }

        string[] names = [.. recipe.Columns.Select(column =>
            column.Name), .. recipe.Target is { } target ? [target.Name] : Array.Empty<string>()];
        foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"the recipe has {twice.Count()} columns \"{twice.Key}\": give each once, and what is to be predicted is no input";
        }

        foreach (var name in names.Where(name => table.PositionOf(name) < 0).Distinct(StringComparer.Ordinal))
        {
            yield return $"there is no column \"{name}\" in the table"
                + NearestName.HintOr(name, table.Names, $"; the columns are {CsvText.Listed(table.Names)}");
        }

        foreach (var column in recipe.Columns)
        {
            foreach (var fault in column.Faults())
            {
                yield return $"column \"{column.Name}\": {fault}";
            }
        }

        foreach (var pair in recipe.Interactions)
        {
            if (recipe.Columns.OfType<CategoryColumn>().FirstOrDefault(column => column.Encoding == CategoryEncoding.Embedding
                && (column.Name == pair.First || column.Name == pair.Second)) is { } embedded)
            {
                yield return $"the interaction {pair.First} × {pair.Second} multiplies \"{embedded.Name}\", which is embedded: the "
                    + $"number of "
                    + "a category is no quantity; make it CategoryEncoding.OneHot, or leave the interaction to the hidden layers";
            }

            foreach (var name in ((string[])[pair.First, pair.Second]).Where(name => recipe.Columns.All(column => column.Name != name)))
            {
                yield return $"the interaction {pair.First} × {pair.Second} names \"{name}\", which is no column of the recipe";
            }
        }
    }

    /// <summary>The mean of each input; of the numbers of categories the most frequent, of several the least.</summary>
    private static double[] MeansOf(Matrix<double> inputs, ImmutableArray<EmbeddedColumn> embedded)
    {
        var means = new double[inputs.Columns];
        for (var row = 0; row < inputs.Rows; row++)
        {
            for (var column = 0; column < means.Length; column++)
            {
                means[column] += (inputs[row, column] - means[column]) / (row + 1);
            }
        }

        foreach (var column in embedded)
        {
            means[column.Position] = Enumerable.Range(0, inputs.Rows).CountBy(row => inputs[row, column.Position])
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;
        }

        return means;
    }

    private static Validation<Error, TableEncoding> Failed(IEnumerable<string> faults) =>
        Validation<Error, TableEncoding>.Fail(LanguageExt.Seq.createRange(faults.Select(fault => Error.New(fault))));
}
