using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <content>Whole tables as data sets.</content>
public sealed partial record TableEncoding
{
    /// <summary>
    /// Inputs and targets of a table to learn from or to be measured by. Rows with a gap in a column whose <see cref="Column.Gaps"/> is
    /// <see cref="Gaps.DropRow"/> are left out. The part of the split goes along.
    /// </summary>
    /// <param name="table">Any rows with the columns of the encoding, in any order.</param>
    /// <typeparam name="T">float or double.</typeparam>
    /// <returns>The data, or an error that names row, column, what was found and what was expected.</returns>
    /// <exception cref="ArgumentException">The encoding was fitted before the split that the table comes from.</exception>
    public Either<Error, DataSet<T>> Encode<T>(Table table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (FittedOn is { } rows)
        {
            table.Lineage.RequireFittedAfterSplit("the encoding of the columns", rows);
        }

        if (Target is not { } target)
        {
            return Error.New("the recipe names nothing to predict: set Target, or encode the inputs alone with Matrix");
        }

        if (table.PositionOf(target.Name) < 0)
        {
            return Error.New($"there is no column \"{target.Name}\", which is to be predicted: the columns are "
                + $"{CsvText.Listed(table.Names)}");
        }

        return from positions in Positions(table)
               let kept = table.Pick([.. Enumerable.Range(0, table.Count).Where(row => !IsDropped(table, positions, row))])
               from inputs in Matrix<T>(kept)
               from targets in Targets<T>(kept, target)
               select new DataSet<T>(inputs, targets, null,
                   FittedOn is { } fitted && ReferenceEquals(table.Lineage.Rows, fitted) && table.Part == DataPart.Whole
                       ? table.Lineage.After("encoded by numbers taken from all of them")
                       : table.Lineage,
                   InputNames);
    }

    /// <summary>The inputs of a table, one row a row: [n × inputs]. No row is left out: a gap in a column of <see cref="Gaps.DropRow"/> is
    /// an error.</summary>
    /// <param name="table">Any rows with the columns of the encoding, in any order; what is to be predicted may be missing.</param>
    /// <typeparam name="T">float or double.</typeparam>
    /// <returns>The inputs, or an error that names row, column, what was found and what was expected.</returns>
    public Either<Error, Matrix<T>> Matrix<T>(Table table)
        where T : unmanaged, IFloatingPointIeee754<T> => Positions(table).Bind(positions => Matrix<T>(table, positions));

    private Either<Error, Matrix<T>> Matrix<T>(Table table, int[] positions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var block = Block<T>.Allocate(MatrixSize.Of<T>(table.Count, Width));
        var (cells, numbers) = (new Cell[positions.Length], new double[Width]);
        for (var row = 0; row < table.Count; row++)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = table.CellAt(row, positions[i]);
            }

            if (Write(cells, numbers) is { } fault)
            {
                return Error.New($"{table.PlaceOf(row)}, {fault}");
            }

            Converted(numbers, block.Span.Slice(row * Width, Width));
        }

        return new Matrix<T>(block, table.Count, Width);
    }

    /// <summary>Numbers in the element type: the one place where they are rounded.</summary>
    internal static void Converted<T>(ReadOnlySpan<double> numbers, Span<T> inputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            inputs[i] = T.CreateSaturating(numbers[i]);
        }
    }

    private bool IsDropped(Table table, int[] positions, int row)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            if (Columns[i].Column.Gaps == Gaps.DropRow && reader.IsGap(table.CellAt(row, positions[i]), Columns[i].ComparesNumbers))
            {
                return true;
            }
        }

        return false;
    }

    private Either<Error, int[]> Positions(Table table)
    {
        string[] missing = [.. Columns.Where(column => table.PositionOf(column.Name) < 0).Select(column => column.Name)];
        return missing.Length == 0
            ? Columns.Select(column => table.PositionOf(column.Name)).ToArray()
            : Error.New(string.Join(Environment.NewLine, missing.Select(name => $"there is no column \"{name}\" in the table"
                + NearestName.HintOr(name, table.Names, $"; the columns are {CsvText.Listed(table.Names)}"))));
    }

    private Either<Error, Targets> Targets<T>(Table table, FittedTarget target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var position = table.PositionOf(target.Name);
        var codes = target.Classes.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
        var (labels, values) = (new int[table.Count], Block<T>.Allocate(MatrixSize.Of<T>(table.Count, 1)));
        for (var row = 0; row < table.Count; row++)
        {
            ref readonly var cell = ref table.CellAt(row, position);
            if (FaultOf(cell, row) is { } fault)
            {
                return Error.New($"{table.PlaceOf(row)}, column \"{target.Name}\": {fault}");
            }
        }

        return target.Column.IsQuantity ? new RealTargets<T>(new Matrix<T>(values, table.Count, 1))
            : new ClassLabels(labels, target.Classes.Length, target.Classes);

        string? FaultOf(in Cell cell, int row)
        {
            if (reader.IsGap(cell, target.Column.IsQuantity))
            {
                return TableFit.NoTarget(target.Name);
            }

            if (target.Column.IsQuantity)
            {
                var fault = reader.Number(cell, out var value);
                values.Span[row] = T.CreateSaturating(target.Scale(value));
                return fault;
            }

            var name = CellReader.Name(cell);
            return codes.TryGetValue(name, out labels[row]) ? null
                : $"found the class {CellReader.Shown(name)}, expected one of {CsvText.Listed(target.Classes)}"
                    + NearestName.Hint(name, target.Classes);
        }
    }
}
