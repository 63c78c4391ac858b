using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <summary>Where a run stopped because a number was NaN or infinite. The state that carries it is the last good one;
/// <see cref="Replaying"/> goes on from it.</summary>
/// <param name="Step">The number of updates done before the one that failed.</param>
/// <param name="Layer">The layer's name; "loss", "inputs" or "targets" outside the layers.</param>
/// <param name="Quantity">What was not finite: "output", "weights gradient", "weights after the update" …</param>
/// <param name="Position">The position of the first such number, row by row.</param>
/// <param name="Value">The number.</param>
public sealed record Divergence(long Step, string Layer, string Quantity, int Position, double Value)
{
    private const int Listed = 8;

    /// <summary>
    /// The rows that made it, as numbers of the data set that was trained on, in the order of the batch: those whose own inputs, outputs,
    /// losses or gradients are not finite; the whole batch where each row alone is finite and only their sum is not, or where rows are not
    /// independent. For a batch that was made by hand they count in the batch.
    /// </summary>
    public ImmutableArray<int> Rows { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(Divergence? other) =>
        other is not null
        && (Step, Layer, Quantity, Position) == (other.Step, other.Layer, other.Quantity, other.Position)
        && Value.Equals(other.Value)
        && Rows.AsSpan().SequenceEqual(other.Rows.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Step, Layer, Quantity, Position, Value, Rows.Length);

    /// <summary>A sentence, with what to do.</summary>
    public override string ToString() =>
        $"step {Step}{RowText}: {Layer} {Quantity} is {Value} at position {Position}; this is the last good state: {Advice}";

    private string RowText => Rows.Length switch
    {
        0 => "",
        1 => $", row {Rows[0]}",
        <= Listed => $", rows {Text(Rows.Length - 1)} and {Rows[^1].ToString(CultureInfo.InvariantCulture)}",
        _ => $", rows {Text(Listed)} and {Rows.Length - Listed} more",
    };

    /// <summary>Of a number that was not finite in the model itself, before anything was computed.</summary>
    internal const string Before = "before the step";

    private string Advice => Quantity.EndsWith(Before, StringComparison.Ordinal)
        ? "the model came with it: take one whose numbers are finite, or draw new ones with network.Initialize"
        : Layer is "inputs" or "targets"
        ? "correct or leave out what is not finite in the data"
        : "try a smaller learning rate, or look for extreme values in the data";

    private string Text(int count) => string.Join(", ", Rows.Take(count).Select(row => row.ToString(CultureInfo.InvariantCulture)));
}
