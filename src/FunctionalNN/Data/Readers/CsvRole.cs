namespace FunctionalNN;

/// <summary>What a column is for.</summary>
internal enum CsvRole
{
    Input,
    Label,
    Target,
}
