namespace FunctionalNN.Distributed.Tests;

/// <summary>Where a plan runs, and who dies meanwhile, changes nothing.</summary>
public class PlaceLaws
{
    private static readonly ClusterSettings Settings = new() { Slots = 2, MostDeaths = int.MaxValue };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_plan_gives_the_same_on_a_cluster_as_on_one_machine(int silos)
    {
        await using var cluster = await Cluster.Local(silos, Settings);
        foreach (var run in Spirals.All)
        {
            run.AssertSame(await run.Plan.On(cluster));
        }

        Same.Assert(Spirals.Comparison.Run(), await Spirals.Comparison.On(cluster));
        Assert.Equal(Spirals.Folds.Plan().Run(), await Spirals.Folds.Plan().On(cluster));
        Assert.Equal(Spirals.Resumable.EnsemblePlan([(0.1, 2), (0.01, 8)], 3).Run(),
            await Spirals.Resumable.EnsemblePlan([(0.1, 2), (0.01, 8)], 3).On(cluster));
    }

    [Fact]
    public async Task Plans_at_the_same_time_do_not_disturb_each_other()
    {
        await using var cluster = await Cluster.Local(2, Settings);
        var found = await Task.WhenAll(Spirals.All.Select(run => run.Plan.On(cluster)));
        foreach (var (run, comparison) in Spirals.All.Zip(found))
        {
            run.AssertSame(comparison);
        }
    }

    /// <summary>More with FUNCTIONALNN_CLUSTER_KILLS; the silo with the ledger is as likely as any.</summary>
    [Fact]
    public async Task Silos_that_are_killed_change_nothing()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("FUNCTIONALNN_CLUSTER_KILLS") ?? "10");
        await using var cluster = await Cluster.Local(3, Settings);
        var (done, key) = (0, new Key(7));
        for (var round = 0; done < kills; round++)
        {
            var run = Spirals.Long[round % Spirals.Long.Length];
            var told = new Told();
            var found = run.Plan.On(cluster, told);
            for (var beat = 0; beat < 8 && done < kills; beat++)
            {
                // Waits for progress, not for the clock; a plan that is done before is another one's turn.
                await Task.WhenAny(found, told.After(1));
                if (found.IsCompleted)
                {
                    break;
                }

                await cluster.Kill(key.Fold(round).Below(3, 10 + beat));
                await cluster.AddSilo();
                done++;
            }

            run.AssertSame(await found);
        }

        Assert.Equal(kills, done);
    }

    [Fact]
    public async Task Everything_ends_and_the_same_plan_goes_on_from_the_folder()
    {
        var folder = Directory.CreateTempSubdirectory("functionalnn").FullName;
        var settings = Settings with { Folder = folder };
        var run = Spirals.All[0];
        try
        {
            using (var source = new CancellationTokenSource())
            await using (var first = await Cluster.Local(2, settings))
            {
                var told = new Told();
                var cut = run.Plan.On(first, told, source.Token);
                await Task.WhenAny(cut, told.After(2));
                await source.CancelAsync();
                await Task.WhenAny(cut);
            }

            await using var second = await Cluster.Local(2, settings);
            run.AssertSame(await run.Plan.On(second));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_cancelled_plan_ends_in_mid_epoch_and_can_be_had_again()
    {
        await using var cluster = await Cluster.Local(1, Settings);
        using var source = new CancellationTokenSource();
        var began = new TaskCompletionSource();
        var endless = Jobs.Training("test/endless", (int seed) => Forever(seed, began));
        var waiting = endless.Plan([1, 2], 1).On(cluster, null, source.Token);
        await began.Task;
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Spirals.All[2].AssertSame(await Spirals.All[2].Plan.On(cluster));
    }

    [Fact]
    public async Task An_item_that_throws_or_is_not_a_number_is_a_row_with_its_end()
    {
        var job = Jobs.Training("test/poison", (int kind) => kind switch
        {
            0 => Spirals.Run((0.1, 4)),
            1 => throw new InvalidOperationException("poison"),
            2 => throw new IOException("no file"),
            _ => Spirals.Run((1e30, 4)),
        });
        var plan = job.Plan([0, 1, 2, 3], 3);
        await using var cluster = await Cluster.Local(2, Settings with { MostDeaths = 3 });
        Same.Assert(plan.Run(), await plan.On(cluster));
    }

    [Fact]
    public async Task A_job_that_no_silo_knows_is_an_error_that_says_so()
    {
        await using var cluster = await Cluster.Local(1, Settings);
        await using var other = await Cluster.Local(1, Settings);
        var (order, here) = (Spirals.All[0].Plan.Order, PlatformFingerprint.Here());
        var grain = other.Grains.GetGrain<IPlanGrain>("unknown");
        var bytes = (order with { Job = "test/nobody" }).ToBytes();
        await grain.Begin(new Brief(await new Parcels(other.Grains).Send(bytes), here.Hash, here.Platform), bytes, 1, []);
        await other.Grains.GetGrain<IBoardGrain>(0).Announce("unknown");
        News? news;
        do
        {
            news = await grain.Since("", 0);
        }
        while (news!.Refusals.Count == 0);

        Assert.Contains("\"test/nobody\" is not known here", news.Refusals.Values.Single());
        Assert.Contains("of build", Spirals.Resumable.Differs(order with { Build = "another" })!);
        Assert.Contains("reads the data", Spirals.Resumable.Differs(order with { Data = ["another"] })!);
    }

    private static IEnumerable<TrainingState<float>> Forever(int seed, TaskCompletionSource began) =>
        Spirals.Endless(seed, () => began.TrySetResult());
}
