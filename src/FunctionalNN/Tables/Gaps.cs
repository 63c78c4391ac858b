namespace FunctionalNN;

/// <summary>What a column does where a value is missing.</summary>
public enum Gaps
{
    /// <summary>An error that names the row and the column.</summary>
    Error,

    /// <summary>The row is left out when data is encoded to learn from or to be measured by; a row to predict is an error.</summary>
    DropRow,

    /// <summary>The mean of the training rows; for numbers and dates.</summary>
    Mean,

    /// <summary>The median of the training rows; for numbers and dates.</summary>
    Median,

    /// <summary>The most frequent value of the training rows; of several the first in order.</summary>
    MostFrequent,

    /// <summary>0 in all inputs that the column becomes: of a standardised number its mean, of categories none.</summary>
    Zeros,
}
