namespace FunctionalNN;

/// <summary>How many threads a run may use. It changes how long a run takes and never its result: the bits are the same for any count.</summary>
/// <param name="Threads">1 or more. More than 64, or than twice the cores where that is more, are as good as so many, and no more are started than the system gives.</param>
public sealed record Parallelism(int Threads)
{
    /// <summary>One thread a core.</summary>
    public static Parallelism AllCores { get; } = new(Environment.ProcessorCount);

    /// <summary>The calling thread alone.</summary>
    public static Parallelism None { get; } = new(1);

    /// <summary>1 or more.</summary>
    public int Threads { get; init => field = Positive(value); } = Positive(Threads);

    private static int Positive(int threads) =>
        threads >= 1 ? threads : throw new ArgumentOutOfRangeException(nameof(threads), $"{threads} threads cannot compute: give 1 or more");
}
