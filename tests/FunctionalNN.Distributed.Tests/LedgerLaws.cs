namespace FunctionalNN.Distributed.Tests;

/// <summary>The ledger alone, with a clock that is set: leases, copies, deaths, hangs, disputes.</summary>
public class LedgerLaws
{
    private readonly SetClock clock = new();
    private readonly HashSet<string> dead = [];

    /// <summary>Workers take, finish, die, come back late and compute twice, as a key says; who is dropped does not depend on it.</summary>
    [Fact]
    public void Any_schedule_ends_with_the_same_items()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var key = new Key((ulong)seed);
            var (count, stages) = (1 + key.Below(7, 0), 1 + key.Below(3, 1));
            var (ledger, held) = (New(count, stages, int.MaxValue), new List<(string Worker, Lease Lease)>());
            for (var step = 2; !ledger.IsDone; step++)
            {
                Assert.True(step < 10_000, $"the schedule of seed {seed} does not end");
                var worker = $"w{key.Fold(step).Below(3, 0)}";
                switch (key.Fold(step).Below(5, 1))
                {
                    case 0:
                        clock.Advance(TimeSpan.FromSeconds(1.5));
                        break;
                    case 1 when held.Count > 0:
                        held.RemoveAt(key.Fold(step).Below(held.Count, 2));
                        break;
                    case 2 when key.Fold(step).Below(10, 3) == 0:
                        var news = ledger.Since("", 0);
                        ledger = New(count, stages, int.MaxValue);
                        ledger.Restore(news.Stage, news.Items);
                        break;
                    case 3 when held.Count > 0:
                        var (who, lease) = held[key.Fold(step).Below(held.Count, 4)];
                        ledger.Finish(who, Of(lease.Item, lease.Stage));
                        break;
                    default:
                        if (ledger.Take(worker) is { } given)
                        {
                            held.Add((worker, given));
                        }

                        break;
                }
            }

            Assert.Null(ledger.Failure);
            Assert.Equal(Alone(count, stages), ledger.Since("", 0).Items.OrderBy(item => item.Item));
        }
    }

    [Fact]
    public void A_lease_that_nobody_hears_of_is_given_out_again_and_a_late_result_is_compared()
    {
        var ledger = New(1, 1, 3);
        var first = ledger.Take("a")!;
        Assert.Null(ledger.Take("b"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(ledger.Beat(0, first.Number, 0));
        clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.True(ledger.Beat(0, first.Number, 1));
        clock.Advance(TimeSpan.FromSeconds(2));
        var second = ledger.Take("b")!;
        Assert.False(ledger.Beat(0, first.Number, 2));
        ledger.Finish("b", Of(0, 1));
        ledger.Finish("a", Of(0, 1));
        Assert.True(ledger.IsDone && ledger.Failure is null && second.Number != first.Number);
    }

    [Fact]
    public void A_slow_item_is_given_to_a_second_worker_and_no_third()
    {
        var ledger = New(1, 1, 3);
        var first = ledger.Take("a")!;
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(ledger.Beat(0, first.Number, i));
        }

        Assert.NotNull(ledger.Take("b"));
        Assert.Null(ledger.Take("a"));
        Assert.Null(ledger.Take("c"));
    }

    [Fact]
    public void An_item_that_takes_its_silos_with_it_is_given_up()
    {
        var ledger = New(2, 1, 3);
        ledger.Finish("z", Of(1, 1));
        foreach (var worker in (string[])["a", "b", "c"])
        {
            Assert.Equal(0, ledger.Take(worker)!.Item);
            dead.Add(worker);
        }

        Assert.Null(ledger.Take("d"));
        Assert.True(ledger.IsDone);
        Assert.Equal("given up: the silo died, on 3 silos that had it", ledger.Since("", 0).Items.Single(item => item.Item == 0).Reason);
    }

    [Fact]
    public void An_item_that_hangs_is_given_up_and_one_that_is_slow_is_not()
    {
        var ledger = New(1, 1, 2);
        for (var time = 0; time < 2; time++)
        {
            var lease = ledger.Take("a")!;
            Assert.True(ledger.Beat(0, lease.Number, 1));
            for (var i = 0; i < 9; i++)
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                Assert.True(ledger.Beat(0, lease.Number, 1));
            }

            clock.Advance(TimeSpan.FromMinutes(1));
            Assert.False(ledger.Beat(0, lease.Number, 1));
        }

        Assert.True(ledger.IsDone);
        Assert.Equal("given up: no epoch was done in 10 minutes, on 2 silos that had it", ledger.Since("", 0).Items[0].Reason);
    }

    [Fact]
    public void Of_three_results_that_of_two_counts_and_the_third_silo_is_shut_out()
    {
        foreach (var wrongFirst in (bool[])[false, true])
        {
            var ledger = New(2, 1, 3);
            ledger.Take("a");
            clock.Advance(TimeSpan.FromSeconds(3));
            Assert.Equal(0, ledger.Take("b")!.Item);
            ledger.Finish(wrongFirst ? "b" : "a", wrongFirst ? Of(0, 1, "wrong") : Of(0, 1));
            ledger.Finish(wrongFirst ? "a" : "b", wrongFirst ? Of(0, 1) : Of(0, 1, "wrong"));
            Assert.Equal(0, ledger.Take("c")!.Item);
            ledger.Finish("c", Of(0, 1));
            ledger.Finish("c", Of(1, 1));
            Assert.True(ledger.IsDone && ledger.Failure is null);
            Assert.Equal(["b"], ledger.Since("", 0).Refusals.Keys);
            Assert.Equal(Alone(2, 1), ledger.Since("", 0).Items.OrderBy(item => item.Item));
        }
    }

    [Fact]
    public void Other_bits_after_the_decision_end_the_plan()
    {
        var ledger = New(1, 2, 3);
        ledger.Finish("a", Of(0, 1));
        ledger.Finish("b", Of(0, 1, "wrong"));
        Assert.Contains("different bits", ledger.Failure);
        Assert.Null(ledger.Take("c"));
    }

    [Fact]
    public void A_lost_result_is_computed_again_and_must_be_the_same()
    {
        var ledger = New(1, 1, 3);
        ledger.Finish("a", Of(0, 1));
        ledger.Lost(0, Of(0, 1).Result.Hash);
        Assert.False(ledger.IsDone);
        Assert.Equal((1, null), (ledger.Take("b")!.Stage, ledger.Take("b")?.From));
        ledger.Finish("b", Of(0, 1));
        Assert.True(ledger.IsDone && ledger.Failure is null);
    }

    private static StageOutcome Of(int item, int stage, string? text = null)
    {
        var key = new Key(99).Fold(item);
        var ends = key.Below(4, stage) == 0;
        return new StageOutcome(item, stage, !ends, key.Below(5, 10 + stage), new Parcel(text ?? $"{item}/{stage}", 0, []), false);
    }

    /// <summary>What comes of it when one computes all, in order.</summary>
    private ItemRecord[] Alone(int count, int stages)
    {
        var ledger = New(count, stages, 1);
        while (ledger.Take("alone") is { } lease)
        {
            ledger.Finish("alone", Of(lease.Item, lease.Stage));
        }

        return [.. ledger.Since("", 0).Items.OrderBy(item => item.Item)];
    }

    private Ledger New(int count, int stages, int deaths) => new(
        new PlanOrder("test", "", "", [], [.. Enumerable.Range(0, count).Select(i => $"{i}")], [.. Enumerable.Range(1, stages)], 2),
        new ClusterSettings { MostDeaths = deaths, Time = clock }, dead.Contains);

    /// <summary>A clock that stands until it is set.</summary>
    private sealed class SetClock : TimeProvider
    {
        private DateTimeOffset now = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => now;

        public void Advance(TimeSpan time) => now += time;
    }
}
