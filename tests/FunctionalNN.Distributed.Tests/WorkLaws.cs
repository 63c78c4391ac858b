namespace FunctionalNN.Distributed.Tests;

/// <summary>Stage by stage, from whatever is left, gives what the plan gives at once.</summary>
public class WorkLaws
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_is_lost_between_stages_the_result_is_the_same(int seed)
    {
        foreach (var run in Spirals.All)
        {
            run.AssertSame(run.Plan.Collect(Computed(run.Plan, new Key((ulong)seed))));
        }

        Same.Assert(Spirals.Comparison.Run(), Spirals.Comparison.Collect(Computed(Spirals.Comparison, new Key((ulong)seed))));
    }

    [Fact]
    public void A_run_is_the_search_of_the_same_settings() =>
        Same.Assert(Search.Over(Spirals.Settings, Spirals.Run, 9, new Halving(2, 2)),
            Spirals.Whole.Plan(Spirals.Settings, 9, new Halving(2, 2)).Run());

    [Fact]
    public void Folds_and_their_errors_come_back()
    {
        var plan = Spirals.Folds.Plan();
        Assert.Equal(plan.Run(), plan.Collect(Computed(plan, new Key(1))));
        var failing = Jobs.CrossValidation("test/failing", Generate.Moons(20, 0.1, 0), 3,
            double (Fold<float> fold) => throw new InvalidOperationException("none"));
        Assert.Equal("fold 1: InvalidOperationException: none",
            Assert.Throws<InvalidOperationException>(() => failing.Plan().Collect(Computed(failing.Plan(), new Key(1)))).Message);
    }

    [Fact]
    public void An_order_comes_back_and_what_is_none_is_refused()
    {
        var order = Spirals.Comparison.Order;
        Assert.Equal(order, PlanOrder.Parse(order.ToBytes()));
        var bytes = order.ToBytes();
        for (var i = 0; i < 300; i++)
        {
            var hostile = bytes.ToArray();
            hostile[new Key((ulong)i).Below(hostile.Length, 0)] ^= (byte)(1 + new Key((ulong)i).Below(255, 1));
            try
            {
                PlanOrder.Parse(hostile);
            }
            catch (FormatException)
            {
                // Refused.
            }
        }
    }

    [Fact]
    public void Settings_that_do_not_come_back_from_JSON_are_refused()
    {
        var job = Jobs.Training("test/odd", (int[] settings) => Spirals.Run((0.1, settings.Length)));
        Assert.Contains("come back from JSON", Assert.Throws<ArgumentException>(() => job.Plan([[1]], 1)).Message);
    }

    /// <summary>An engine of one thread that forgets: whether an item goes on from memory, from bytes or from the start is
    /// drawn.</summary>
    private static ItemState[] Computed<TResult>(Plan<TResult> plan, Key key)
    {
        var order = PlanOrder.Parse(plan.Order.ToBytes());
        Work Open() => plan.Job.Open(order, hash => plan.Attachments[hash]);
        var items = new ItemState?[order.Items.Length];
        var dropped = new bool[items.Length];
        var work = Open();
        for (var stage = 1; stage <= order.Stages.Length; stage++)
        {
            foreach (var i in Enumerable.Range(0, items.Length).Where(i => !dropped[i] && items[i] is not { IsRunning: false }))
            {
                switch (key.Fold(stage).Below(3, i))
                {
                    case 0:
                        break;
                    case 1:
                        work.Dispose();
                        work = Open();
                        break;
                    default:
                        items[i] = null;
                        goto case 1;
                }

                items[i] = work.Advance(i, stage, items[i]);
            }

            int[] running = [.. Enumerable.Range(0, items.Length).Where(i => !dropped[i] && items[i]!.IsRunning)];
            foreach (var i in stage == order.Stages.Length ? [] : Halving.Dropped([.. running.Select(i => items[i]!.Score)], order.Factor))
            {
                dropped[running[i]] = true;
            }
        }

        work.Dispose();
        return items!;
    }
}
