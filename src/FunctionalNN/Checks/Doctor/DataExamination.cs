using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>What one pass over a data set's inputs tells: column by column and row by row.</summary>
internal sealed class DataExamination<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Shown = 5;
    private readonly DataSet<T> data;
    private readonly string name;
    private readonly ColumnSummary summary;
    private readonly ulong[] columnHashes;
    private long nonFinite;
    private (int Row, int Column, T Value) firstNonFinite;

    public DataExamination(DataSet<T> data, string name)
    {
        this.data = data;
        this.name = name;
        summary = new ColumnSummary(data.Inputs.Width);
        columnHashes = new ulong[data.Inputs.Width];
        Hashes = new RowHashes(data.Count);
        foreach (var (first, inputs) in data.Blocks())
        {
            Add(inputs, first);
        }
    }

    public RowHashes Hashes { get; }

    public bool IsFinite => nonFinite == 0;

    /// <summary>Numbers that are no numbers, in inputs and targets.</summary>
    public IEnumerable<Finding> NonFiniteNumbers()
    {
        if (nonFinite > 0)
        {
            yield return new Finding(
                Severity.Error, FindingKind.NonFinite,
                $"{nonFinite} inputs of the {name} rows are not finite, the first in row {firstNonFinite.Row}, column "
                    + $"{firstNonFinite.Column}: {firstNonFinite.Value}",
                "drop these rows or fill the gaps: one such number makes the whole run NaN");
        }

        if (data.Targets is RealTargets<T> real && NonFinite.IndexIn(real.Values.Values) is var at and >= 0)
        {
            yield return new Finding(
                Severity.Error, FindingKind.NonFinite,
                $"a target of the {name} rows is not finite, in row {at / real.Values.Columns}: {real.Values.Values[at]}",
                "drop such rows: one such number makes the whole run NaN");
        }
    }

    /// <summary>Columns that teach nothing, or nothing new.</summary>
    public IEnumerable<Finding> Columns()
    {
        var changing = Enumerable.Range(0, data.Inputs.Width).Where(column => summary.Minima[column] < summary.Maxima[column]).ToArray();
        var constant = Enumerable.Range(0, data.Inputs.Width).Except(changing).ToArray();
        if (constant.Length > 0 && data.Count > 1 && IsFinite)
        {
            yield return new Finding(
                constant.Length == data.Inputs.Width ? Severity.Error : Severity.Note, FindingKind.ConstantColumns,
                $"{Numbered(constant.Length, "column")} never change{(constant.Length == 1 ? "s" : "")}: {List(constant)}",
                constant.Length == data.Inputs.Width
                    ? "all rows are the same: look at how the data was read"
                    : "they teach nothing and may be left out");
        }

        var twins = changing.GroupBy(column => columnHashes[column]).Where(group => group.Count() > 1).ToArray();
        if (twins.Length > 0 && data.Count > 1)
        {
            yield return new Finding(
                Severity.Note, FindingKind.DuplicateColumns,
                $"{string.Join("; ", twins.Take(Shown).Select(twin => $"columns {List([.. twin])}"))}{(twins.Length > Shown ? "; …" : "")} "
                    + $"are the same in every row",
                "keep one of each: the others teach nothing new, and hide how important it is");
        }
    }

    /// <summary>Inputs far from the scale for which weights are drawn.</summary>
    /// <param name="isScaled">Whether the network begins by scaling them.</param>
    /// <param name="embedded">Numbers of categories, which have no scale.</param>
    /// <param name="isImages">Whether columns are pixels, which share weights: at the edge they may change little.</param>
    public IEnumerable<Finding> Scale(bool isScaled, ImmutableArray<EmbeddedColumn> embedded, bool isImages = false)
    {
        const double Large = 20;
        const double Small = 0.02;
        const double Ratio = 1000;
        const string Advice = "begin the network with new Normalization() and call model.Adapt(train), or scale the columns";
        var columns = Enumerable.Range(0, data.Inputs.Width).Except(embedded.Select(column => column.Position))
            .Where(column => summary.Minima[column] < summary.Maxima[column]).ToArray();
        if (isScaled || !IsFinite || columns.Length == 0)
        {
            yield break;
        }

        double Size(int column) => Math.Sqrt(Math.Pow(summary.Means[column], 2) + summary.Variance(column));
        double Range(int column) => summary.Maxima[column] - summary.Minima[column];
        var (greatest, widest, narrowest) = (columns.MaxBy(Size), columns.MaxBy(Range), columns.MinBy(Range));
        if (Size(greatest) > Large)
        {
            yield return new Finding(
                Severity.Warning, FindingKind.InputScale,
                $"inputs are large: column {greatest} has the mean {summary.Means[greatest]:G4} and the standard deviation "
                    + $"{Math.Sqrt(summary.Variance(greatest)):G4}, where networks start for numbers around 1", Advice);
        }
        else if (Size(greatest) < Small)
        {
            yield return new Finding(
                Severity.Warning, FindingKind.InputScale,
                $"inputs are small: column {greatest}, the greatest, has the mean {summary.Means[greatest]:G4} and the standard "
                    + $"deviation {Math.Sqrt(summary.Variance(greatest)):G4}, where networks start for numbers around 1", Advice);
        }
        else if (!isImages && Range(widest) > Ratio * Range(narrowest))
        {
            yield return new Finding(
                Severity.Warning, FindingKind.InputScale,
                $"columns differ in scale: column {widest} spans {Range(widest):G4}, column {narrowest} {Range(narrowest):G4}",
                Advice);
        }
    }

    private static string List(int[] columns) => string.Join(", ", columns.Take(Shown)) + (columns.Length > Shown ? ", …" : "");

    private static string Numbered(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private void Add(Matrix<T> block, int firstRow)
    {
        summary.Add(block);
        Hashes.Add(block, firstRow);
        for (var row = 0; row < block.Rows; row++)
        {
            var values = block.Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                columnHashes[column] =
                    RowHashes.Mix(columnHashes[column], BitConverter.DoubleToUInt64Bits(double.CreateTruncating(values[column])));
            }

            for (var from = 0; NonFinite.IndexIn(values[from..]) is var at and >= 0; from += at + 1)
            {
                firstNonFinite = nonFinite++ == 0 ? (firstRow + row, from + at, values[from + at]) : firstNonFinite;
            }
        }
    }
}
