namespace FunctionalNN;

/// <summary>An item of a plan as the ledger keeps it.</summary>
internal sealed class LedgerItem(int index)
{
    public int Index => index;

    public int Stage { get; set; }

    public bool IsRunning { get; set; } = true;

    public bool IsDropped { get; set; }

    public double Score { get; set; } = double.NaN;

    public Parcel? Result { get; set; }

    public string? Reason { get; set; }

    /// <summary>Deaths, hangs and troubles while it was leased.</summary>
    public int Losses { get; set; }

    /// <summary>Who holds it.</summary>
    public List<Holding> Holdings { get; } = [];

    /// <summary>Who computed its latest stage, and to what.</summary>
    public List<(string Worker, string Hash)> Computed { get; } = [];

    /// <summary>Whether two workers came to different results, and a third is to say which is right.</summary>
    public bool IsDisputed { get; set; }

    /// <summary>Whether its result has to be computed again because it is lost.</summary>
    public bool IsLost { get; set; }

    /// <summary>The count of the plan's changes when it last changed.</summary>
    public long Version { get; set; }

    public bool CanGoOn => IsRunning && !IsDropped && Reason is null;

    public ItemRecord Record => new(Index, Stage, IsRunning, IsDropped, Score, Result, Reason);
}

/// <summary>A lease that was given out.</summary>
internal sealed class Holding(long number, string worker, DateTimeOffset begun)
{
    public long Number => number;

    public string Worker => worker;

    public DateTimeOffset Begun { get; } = begun;

    public DateTimeOffset Heard { get; set; } = begun;

    public int Epochs { get; set; } = -1;

    public DateTimeOffset Moved { get; set; } = begun;
}
