namespace FunctionalNN.Tests;

/// <summary>Time that passes when a test says so.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public void Pass(TimeSpan time) => ticks += time.Ticks;
}
