namespace FunctionalNN;

/// <summary>What a reader does with a category that the file it was fitted on does not have.</summary>
public enum UnknownCategory
{
    /// <summary>Gives an error that names the line, the column and the known categories.</summary>
    Error,

    /// <summary>Makes all one-hot columns of the feature 0. An unknown class in the label column stays an error.</summary>
    Zeros,
}
