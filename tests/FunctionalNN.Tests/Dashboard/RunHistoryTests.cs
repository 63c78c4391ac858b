using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>The points that are kept of a long run, and the time that pictures may take.</summary>
public class RunHistoryTests
{
    private static RunPoint Point(int epoch) => new(epoch, 0.1, default, default);

    [Property]
    public bool However_long_the_run_first_and_newest_are_kept_evenly_and_in_little_room(PositiveInt count, PositiveInt half)
    {
        var (room, epochs) = (2 * Math.Min(half.Get, 20), count.Get * 7);
        var history = new RunHistory(room);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            history.Add(Point(epoch));
        }

        var kept = history.Points.Select(point => point.Epoch).ToArray();
        var steps = kept.Zip(kept.Skip(1), (a, b) => b - a).ToArray();
        return kept[0] == 1 && kept[^1] == epochs && kept.Length <= room + 1 && steps.SkipLast(1).Distinct().Count() <= 1
            && (epochs > room || kept.Length == epochs);
    }

    [Fact]
    public void An_empty_history_has_no_points() => Assert.Empty(new RunHistory(4).Points);

    [Fact]
    public void Pictures_get_a_hundredth_of_the_time_and_a_little_to_begin_with()
    {
        var clock = new ManualClock();
        var budget = new PaintBudget(clock);
        Assert.True(budget.Allows);
        Spend(TimeSpan.FromSeconds(2));
        Assert.True(budget.Allows);
        Spend(TimeSpan.FromSeconds(0.3));
        Assert.False(budget.Allows);
        clock.Pass(TimeSpan.FromSeconds(22));
        Assert.False(budget.Allows);
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.True(budget.Allows);

        void Spend(TimeSpan time)
        {
            var begun = clock.GetTimestamp();
            clock.Pass(time);
            budget.Spend(begun);
        }
    }
}
