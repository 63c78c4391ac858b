namespace FunctionalNN;

/// <summary>
/// How much time pictures may take from a run: a hundredth of it, and a little at the beginning, when each method runs for the first time. A picture that took long is paid
/// off before the next one.
/// </summary>
/// <param name="clock">Measures both.</param>
internal sealed class PaintBudget(TimeProvider clock)
{
    private const double Share = 0.01;
    private static readonly TimeSpan Initial = TimeSpan.FromMilliseconds(200);
    private readonly long begun = clock.GetTimestamp();
    private TimeSpan spent;

    /// <summary>Whether there is time for a picture.</summary>
    public bool Allows => spent < Initial + (clock.GetElapsedTime(begun) * Share);

    public void Spend(long since) => spent += clock.GetElapsedTime(since);
}
