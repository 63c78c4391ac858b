namespace FunctionalNN;

/// <summary>What a server accepts.</summary>
public sealed record ServeOptions
{
    /// <summary>The most bytes of a request's body, 1 or more; 1,000,000 by default. What is longer is answered with 413.</summary>
    /// <exception cref="ArgumentOutOfRangeException">In <c>with</c>: below 1.</exception>
    public int MaxBytes { get; init => field = Positive(value, nameof(MaxBytes)); } = 1_000_000;

    /// <summary>The most rows of a batch, 1 or more; 1,000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">In <c>with</c>: below 1.</exception>
    public int MaxRows { get; init => field = Positive(value, nameof(MaxRows)); } = 1000;

    private static int Positive(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, $"{name} is {value}, expected 1 or more");
}
