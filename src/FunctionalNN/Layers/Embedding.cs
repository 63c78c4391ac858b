using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Rows of trained tables for categories, and the other inputs as they are: y = (plain inputs, E₁[c₁], E₂[c₂], …), where the column of c
/// holds the number of a category. It is Dense without bias on one-hot columns, and never makes them (C. Guo and F. Berkhahn, "Entity
/// embeddings of categorical variables", 2016, arXiv 1604.06737).
/// x: [n × in], Eₖ: [categories × width], y: [n × (in − columns + Σ widths)]. Backward: row c of dEₖ is Σ dy over the rows with the
/// category c; dx is dy at the plain inputs and 0 at the numbers of categories. It stands first in a network, since what other layers
/// compute is no number of a category. A number that is none is an <see cref="ArgumentException"/> with the column and the number.
/// </summary>
/// <param name="Columns">One column or more, each position once. Their rows follow the plain inputs in this order.</param>
public sealed record Embedding(params ImmutableArray<EmbeddedColumn> Columns) : Layer
{
    internal static Schema Schema => SchemaOf("Embedding", new Embedding([]))
        .With("columns", embedding => embedding.Columns, (embedding, value) => embedding with { Columns = value })
        .With("tableInitializer", embedding => embedding.TableInitializer, (embedding, value) =>
            embedding with { TableInitializer = value })
        .With("tablePenalty", embedding => embedding.TablePenalty, (embedding, value) => embedding with { TablePenalty = value });

    /// <summary>One column or more.</summary>
    public ImmutableArray<EmbeddedColumn> Columns { get; init => field = value.IsDefault ? [] : value; } =
        Columns.IsDefault ? [] : Columns;

    /// <summary>How the tables start: uniform between −0.05 and 0.05, as in Keras. PyTorch's is <c>Initializer.Normal(1)</c>.</summary>
    public Initializer TableInitializer { get; init; } = Initializer.Uniform(0.05);

    /// <summary>What is added to the loss for the tables: a batch's share of it falls on all rows, those of categories that are not in the
    /// batch too.</summary>
    public Penalty TablePenalty { get; init; } = Penalty.None;

    /// <inheritdoc/>
    public override ImmutableArray<EmbeddedColumn> EmbeddedColumns => Columns;

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    protected internal override string Details => string.Join("; ", Columns);

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs)
    {
        if (Columns.IsEmpty)
        {
            return Wrong("there are no columns to embed: give one or more, or leave the layer out");
        }

        if (Columns.FirstOrDefault(column => column is null || column.Position < 0 || column.Position >= inputs || column.Width < 1
            || column.Categories is < 1 or > EmbeddedColumn.MaxCategories) is { } wrong)
        {
            return Wrong($"{wrong.Title} is at the position {wrong.Position} with {wrong.Categories} categories and the width {wrong.Width}"
                + $": give a position from 0 to {inputs - 1}, 1 to {EmbeddedColumn.MaxCategories} categories and a width of 1 or more");
        }

        var twice = Columns.GroupBy(column => column.Position).FirstOrDefault(group => group.Count() > 1);
        var width = inputs - Columns.Length + Columns.Sum(column => (long)column.Width);
        return twice is not null ? Wrong($"the position {twice.Key} is there {twice.Count()} times: give each column once")
            : !TablePenalty.IsValid ? Wrong($"the table penalty is {TablePenalty}: give finite strengths of 0 or more")
            : width > Array.MaxLength || Columns.Any(column => (long)column.Categories * column.Width > Array.MaxLength)
                ? Wrong("a table does not fit an array: make the columns narrower")
            : Right((int)width);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Parameters(int inputs) =>
    [
        .. Columns.Select((column, i) => new Slot($"table{i + 1}", column.Categories, column.Width)
        {
            Initializer = TableInitializer,
            Penalty = TablePenalty,

            // A row is looked up alone: one input of a one-hot is 1.
            FanIn = 1,
            FanOut = column.Width,
        }),
    ];

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new EmbeddingCache<T>(this, input, Infer(pass, input));

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
    {
        var (inputs, plain) = (input.Columns, Plain(input.Columns));
        var outputs = inputs - Columns.Length + Columns.Sum(column => column.Width);
        var output = pass.Rent(input.Rows, outputs, out var y);
        var x = input.Values;
        for (var row = 0; row < input.Rows; row++)
        {
            ReadOnlySpan<T> from = x.Slice(row * inputs, inputs);
            var to = y.Slice(row * outputs, outputs);
            for (var i = 0; i < plain.Length; i++)
            {
                to[i] = from[plain[i]];
            }
        }

        var start = plain.Length;
        for (var i = 0; i < Columns.Length; i++)
        {
            var column = Columns[i];
            var table = pass.Parameter(i).Values;
            for (var row = 0; row < input.Rows; row++)
            {
                var to = y.Slice((row * outputs) + start, column.Width);
                var category = CategoryOf(column, x[(row * inputs) + column.Position]);
                if (category < 0)
                {
                    to.Clear();
                }
                else
                {
                    table.Slice(category * column.Width, column.Width).CopyTo(to);
                }
            }

            start += column.Width;
        }

        return output;
    }

    /// <inheritdoc/>
    public bool Equals(Embedding? other) =>
        other is not null && base.Equals(other) && Columns.SequenceEqual(other.Columns) && TableInitializer == other.TableInitializer
            && TablePenalty == other.TablePenalty;

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Columns.Aggregate(HashCode.Combine(base.GetHashCode(), TableInitializer, TablePenalty), HashCode.Combine);

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(base.PrintMembers(builder) ? ", " : "").Append("Columns = [").AppendJoin("; ", Columns)
            .Append("], TableInitializer = ").Append(TableInitializer).Append(", TablePenalty = ").Append(TablePenalty);
        return true;
    }

    /// <summary>The positions of the inputs that stay as they are.</summary>
    internal int[] Plain(int inputs) => [.. Enumerable.Range(0, inputs).Except(Columns.Select(column => column.Position))];

    /// <summary>The number of a category, −1 for one without a row.</summary>
    private static int CategoryOf<T>(EmbeddedColumn column, T number)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        number >= T.Zero && number < T.CreateTruncating(column.Categories) && T.IsInteger(number) ? int.CreateTruncating(number)
        : column.TakesUnknown && number == T.NegativeOne ? -1
        : throw None(column, double.CreateTruncating(number));

    private static ArgumentException None(EmbeddedColumn column, double number) => new($"{column.Title}: found {number}, expected the "
        + $"number of a category, a whole number from {(column.TakesUnknown ? "−1" : "0")} to {column.Categories - 1}: number the "
        + "categories as the network was built, or build it with more Categories");

    private sealed record EmbeddingCache<T>(Embedding Layer, Matrix<T> Input, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var (n, inputs, outputs, plain) = (Input.Rows, Input.Columns, outputGradient.Columns, Layer.Plain(Input.Columns));
            ReadOnlySpan<T> x = Input.Values, dy = outputGradient.Values;
            if (!pass.Accumulates)
            {
                parameterGradient.Clear();
            }

            var (start, offset) = (plain.Length, 0);
            foreach (var column in Layer.Columns)
            {
                // In the order of the rows: the sums are those of Dense on the one-hot.
                for (var row = 0; row < n; row++)
                {
                    if (CategoryOf(column, x[(row * inputs) + column.Position]) is var category and >= 0)
                    {
                        Add(dy.Slice((row * outputs) + start, column.Width),
                            parameterGradient.Slice(offset + (category * column.Width), column.Width));
                    }
                }

                start += column.Width;
                offset += column.Categories * column.Width;
            }

            if (!pass.NeedsInputGradient)
            {
                return outputGradient;
            }

            var inputGradient = pass.Rent(n, inputs, out var dx);
            dx.Clear();
            for (var row = 0; row < n; row++)
            {
                for (var i = 0; i < plain.Length; i++)
                {
                    dx[(row * inputs) + plain[i]] = dy[(row * outputs) + i];
                }
            }

            return inputGradient;
        }

        private static void Add(ReadOnlySpan<T> term, Span<T> sum)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += term[i];
            }
        }
    }
}
