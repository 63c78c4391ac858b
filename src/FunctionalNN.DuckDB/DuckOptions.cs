using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>What a query is run in.</summary>
public sealed record DuckOptions
{
    /// <summary>A file of DuckDB's own, which is opened to be read alone; null, the default, for none: the query then names
    /// files.</summary>
    public string? Database { get; init; }

    /// <summary>Statements that are run before the query, in order: <c>ATTACH 'shop.sqlite' AS shop (TYPE sqlite)</c>, <c>CREATE VIEW
    /// …</c>, <c>SET …</c>. None by default.</summary>
    public ImmutableArray<string> Before { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The most memory that DuckDB takes, as it writes it: "500MB", "2GB". What a sort or a join needs beyond goes to files beside
    /// the database. Null, the default, for DuckDB's own rule, 80 % of the machine's.</summary>
    public string? MemoryLimit { get; init; }

    /// <summary>The threads of DuckDB; 0, the default, for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>How numbers and gaps are written where a column holds them as texts; with a decimal point and without marks of gaps by
    /// default.</summary>
    public CsvOptions? Notation { get; init; }

    /// <inheritdoc/>
    public bool Equals(DuckOptions? other) =>
        other is not null && Database == other.Database && Before.SequenceEqual(other.Before) && MemoryLimit == other.MemoryLimit
            && Threads == other.Threads && Equals(Notation, other.Notation);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Database, Before.Length, MemoryLimit, Threads);
}
