namespace FunctionalNN;

/// <summary>What a reader does where a value is missing.</summary>
public enum Missing
{
    /// <summary>Gives an error that names the line and the column.</summary>
    Error,

    /// <summary>Leaves the row out and counts it.</summary>
    DropRow,

    /// <summary>
    /// Puts the mean of the column in its place. A missing category becomes the mean of its one-hot columns: each category's share.
    /// A label or a target is never made up: where one is missing, this is an error.
    /// The means are of all rows of the file: rows filled in with them cannot be split any more, but
    /// <see cref="CsvTable{T}.Split(double, int)"/> splits first.
    /// </summary>
    Mean,

    /// <summary>
    /// Leaves NaN in its place (in all columns of a one-hot category), for a <see cref="Filler{T}"/> that is fitted after a split: in a
    /// cross-validation, say. A label or a target is never left out: where one is missing, this is an error.
    /// </summary>
    Keep,
}
