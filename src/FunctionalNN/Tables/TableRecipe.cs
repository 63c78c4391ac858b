using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Inputs for two columns together: each input of the one times each of the other. Of two numbers their product (after scaling),
/// of two one-hot columns one input a pair of categories, of both a slope a category.</summary>
/// <param name="First">The name of a column.</param>
/// <param name="Second">The name of another.</param>
public sealed record Interaction(string First, string Second)
{
    /// <summary>Both names.</summary>
    public override string ToString() => $"{First} × {Second}";
}

/// <summary>A column of the table that becomes nothing: a row that is served may have it or not.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Reason">Why, for the printed recipe.</param>
public sealed record LeftOutColumn(string Name, string Reason = "")
{
    /// <summary>The name and the reason.</summary>
    public override string ToString() => $"{Name} left out{(Reason.Length > 0 ? $": {Reason}" : "")}";
}

/// <summary>
/// What the columns of a table become: a description without numbers. <see cref="Propose"/> makes one from the data,
/// <see cref="With(ReadOnlySpan{Column})"/> changes it, <see cref="Fit"/> takes means, categories and quantiles from training rows.
/// </summary>
/// <example><code>
/// var table = Table.Read("customers.csv").OrThrow();
/// var (train, validation, test) = table.Split("churned", 0.2, 0.2, seed: 1);
/// var recipe = TableRecipe.Propose(train, "churned").OrThrow().With(new NumberColumn("income") { Log = true, Gaps = Gaps.Median });
/// var encoding = recipe.Fit(train).OrThrow();
/// </code></example>
public sealed record TableRecipe
{
    /// <summary>The columns that become inputs, in the order of the inputs.</summary>
    public ImmutableArray<Column> Columns { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Pairs of columns that get inputs of their own besides.</summary>
    public ImmutableArray<Interaction> Interactions { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Columns that are known and become nothing.</summary>
    public ImmutableArray<LeftOutColumn> LeftOut { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The column to predict; null where there is none.</summary>
    public TargetColumn? Target { get; init; }

    /// <summary>A column by name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists what there is.</exception>
    public Column this[string name] => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new KeyNotFoundException(
            $"the recipe has no column \"{name}\"; it has {CsvText.Listed([.. Columns.Select(column => column.Name)])}");

    /// <summary>
    /// The recipe that the data suggests, to be printed, and changed with <see cref="With(ReadOnlySpan{Column})"/> and
    /// <see cref="Without"/>. Each column becomes the first of these that it is:
    /// left out, without a value or without a second one;
    /// a <see cref="FlagColumn"/>, of two texts such as yes and no;
    /// left out, of whole numbers that all differ under a name that ends in id or key; a <see cref="NumberColumn"/>, of numbers without
    /// leading zeros, with a logarithm where none is negative and the 99 % quantile is more than 20 times the median;
    /// a <see cref="DateColumn"/>, of ISO 8601 dates or of dates that exactly one common format reads, as age, place in the year and in the
    /// week, and in the day where there are times; left out where several formats read them;
    /// left out, of texts of which more than half differ and more than 20; a <see cref="CategoryColumn"/>, one input each, those of fewer
    /// than 5 rows together, and of more than 100 different ones those of fewer than a hundredth of the rows.
    /// Gaps become the median, the most frequent flag or no category, and are marked. The target is a quantity where its numbers have
    /// fractions or more than 20 values, else classes.
    /// </summary>
    /// <param name="trainingRows">The rows to learn from.</param>
    /// <param name="target">The column to predict.</param>
    /// <returns>A recipe, or an error for each column that can be read in more than one way.</returns>
    /// <exception cref="ArgumentException">There is no such column, or this is a validation or test part.</exception>
    public static Validation<Error, TableRecipe> Propose(Table trainingRows, string target) => TableProposal.Of(trainingRows, target);

    /// <summary>The recipe with columns in place of those of the same name, or behind the others.</summary>
    public TableRecipe With(params ReadOnlySpan<Column> columns)
    {
        var all = Columns;
        var leftOut = LeftOut;
        foreach (var column in columns)
        {
            var place = all.IndexOf(all.FirstOrDefault(known => known.Name == column.Name)!);
            all = place < 0 ? all.Add(column) : all.SetItem(place, column);
            leftOut = leftOut.RemoveAll(known => known.Name == column.Name);
        }

        return this with { Columns = all, LeftOut = leftOut };
    }

    /// <summary>The recipe without columns, which then become nothing.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public TableRecipe Without(params ReadOnlySpan<string> names)
    {
        var recipe = this;
        foreach (var name in names)
        {
            var column = recipe[name];
            recipe = recipe with
            {
                Columns = recipe.Columns.Remove(column),
                LeftOut = recipe.LeftOut.Add(new LeftOutColumn(name, "left out by choice")),
            };
        }

        return recipe;
    }

    /// <summary>Takes from training rows, and from nothing else, what the columns need.</summary>
    /// <param name="trainingRows">A training part, or a table that is not split at all.</param>
    /// <returns>How rows become inputs, or all that is wrong, each error with the column, the row, what was found and what was
    /// expected.</returns>
    /// <exception cref="ArgumentException">This is a validation or test part, or there are no rows.</exception>
    public Validation<Error, TableEncoding> Fit(Table trainingRows) => TableFit.Of(this, trainingRows);

    /// <inheritdoc/>
    public bool Equals(TableRecipe? other) =>
        other is not null && Columns.SequenceEqual(other.Columns) && Interactions.SequenceEqual(other.Interactions)
            && LeftOut.SequenceEqual(other.LeftOut) && Target == other.Target;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Columns.Length, Interactions.Length, LeftOut.Length, Target);

    /// <summary>A table: each column, what it becomes, what stands for a gap.</summary>
    public override string ToString() => TextTable.Of(
        ["column", "becomes", "a gap is"],
        [
            .. Columns.Select(column => new[] { column.Name, column.Description, column.GapText }),
            .. Interactions.Select(pair => new[] { $"{pair.First} × {pair.Second}", "products of both", "" }),
            .. LeftOut.Select(column => new[] { column.Name, $"left out{(column.Reason.Length > 0 ? $": {column.Reason}" : "")}", "" }),
            .. Target is { } target
                ? [[target.Name, target.IsQuantity ? "target: a quantity" : "target: classes", "an error"]]
                : Array.Empty<string[]>(),
        ], left: 3);
}
