
namespace FunctionalNN;

/// <summary>How hard the laws of <see cref="Laws"/> are tried, and how a failure is tried again.</summary>
public sealed record LawSettings
{
    /// <summary>How many random cases each law is tried on, 1 or more; laws about threads, whose cases are large, take a tenth.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There would be none.</exception>
    public int Cases
    {
        get; init =>
        field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"{value} cases prove nothing: give 1 or more");
    } = 30;

    /// <summary>
    /// How large the inputs of the law "finite" are: normal numbers times this. Make it smaller for what has a right to overflow, such as
    /// an exponential without a limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a finite number above 0.</exception>
    public double Largest
    {
        get; init =>
        field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"the largest input is {value}, expected a finite number above 0");
    } =
                100;

    /// <summary>Laws to leave out, by the names that a report lists.</summary>
    public IReadOnlyCollection<string> Without { get; init; } = [];

    /// <summary>
    /// What the message of a broken law ends with, such as "gradient 123,457,12": that law alone is tried, and fails on the same case.
    /// Without it each call draws new cases.
    /// </summary>
    public string? Replay { get; init; }

    /// <summary>The settings.</summary>
    public override string ToString() =>
        $"{Cases} cases, inputs up to {Largest}{(Without.Count == 0 ? "" : $", without {string.Join(", ", Without)}")}"
            + $"{(Replay is null ? "" : $", replaying {Replay}")}";
}
