namespace FunctionalNN;

/// <summary>How many threads a run may use. It changes how long a run takes and never its result: the bits are the same for any
/// count.</summary>
/// <param name="Threads">1 or more. A value above 64, or above twice the number of cores where that is more, has no further effect, and no
/// more threads are started than the system allows.</param>
public sealed record Parallelism(int Threads)
{
    /// <summary>One thread a core.</summary>
    public static Parallelism AllCores { get; } = new(Environment.ProcessorCount);

    /// <summary>The calling thread alone.</summary>
    public static Parallelism None { get; } = new(1);

    /// <summary>1 or more.</summary>
    public int Threads { get; init => field = Positive(value); } = Positive(Threads);

    private static int Positive(int threads) =>
        threads >= 1
            ? threads
            : throw new ArgumentOutOfRangeException(nameof(threads), $"{threads} threads cannot compute: give 1 or more");
}
