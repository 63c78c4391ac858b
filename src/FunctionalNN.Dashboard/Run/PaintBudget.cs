namespace FunctionalNN;

/// <summary>
/// How much time pictures may take from a run: a hundredth of it, and a little at the beginning. A picture that took long is paid off
/// before the next one; not so the first, for which the runtime compiles much that is then there.
/// </summary>
/// <param name="clock">Measures both.</param>
internal sealed class PaintBudget(TimeProvider clock)
{
    private const double Share = 0.01;
    private static readonly TimeSpan Initial = TimeSpan.FromMilliseconds(50);
    private readonly long begun = clock.GetTimestamp();
    private TimeSpan spent;
    private bool isWarm;

    /// <summary>Whether there is time for a picture.</summary>
    public bool Allows => spent < Initial + (clock.GetElapsedTime(begun) * Share);

    public void Spend(long since)
    {
        spent += isWarm ? clock.GetElapsedTime(since) : TimeSpan.Zero;
        isWarm = true;
    }
}
