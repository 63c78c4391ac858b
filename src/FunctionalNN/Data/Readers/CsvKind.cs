namespace FunctionalNN;

/// <summary>What a column holds.</summary>
internal enum CsvKind
{
    Unknown,
    Number,
    Category,
}
