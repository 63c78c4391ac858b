namespace FunctionalNN;

/// <summary>What an item of a plan came to after a stage.</summary>
/// <param name="Stage">The number of stages done.</param>
/// <param name="IsRunning">Whether it could go on; false once it has ended by itself.</param>
/// <param name="Score">The value by which items are dropped, the smaller the better; NaN where there is none.</param>
/// <param name="Bytes">What the job wrote.</param>
public sealed record ItemState(int Stage, bool IsRunning, double Score, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether it ended by something that may be wrong with this machine alone: a file that cannot be read, memory that ran
    /// out. An engine tries it elsewhere first.</summary>
    public bool IsTrouble { get; init; }

    /// <inheritdoc/>
    public bool Equals(ItemState? other) =>
        other is not null && Stage == other.Stage && IsRunning == other.IsRunning && Score.Equals(other.Score)
            && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Stage, IsRunning, Score, Bytes.Length);

    /// <summary>Stage, score, and how many bytes there are.</summary>
    public override string ToString() =>
        $"stage {Stage}, {(IsRunning ? "running" : "ended")}, score {Score:G6}, {Bytes.Length} bytes{(IsTrouble ? ", in trouble" : "")}";
}
