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
    /// </summary>
    Mean,
}
