using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>How many threads compute changes no bit, and no run gets into the way of another.</summary>
[Collection(nameof(AllThreads))]
public class ThreadLaws
{
    private static readonly int[] Counts = [2, 3, 8];

    [Property(MaxTest = 100, Arbitrary = [typeof(TrainingGenerators)])]
    public void Any_number_of_threads_gives_the_same_bits(TrainingCase run)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var alone = run.Trained<T>(threads: 1);
            Assert.All(Counts, threads => StateBits.AssertSame(alone, run.Trained<T>(threads)));
        }
    }

    /// <summary>Every kind of layer, so wide that each job is cut into as many parts as there are threads.</summary>
    public static TheoryData<string> Losses => [.. LossGenerators.Table.Keys];

    [Theory]
    [MemberData(nameof(Losses))]
    public void So_does_work_that_is_large_enough_to_be_split(string loss)
    {
        var (run, odd) = (Wide(loss, rows: 512, width: 140), Wide(loss, rows: 67, width: 293));
        Check<float>(run);
        Check<double>(odd);

        static void Check<T>(TrainingCase run)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var alone = run.Trained<T>(threads: 1);
            Assert.True(alone.Divergence.IsNone, $"{alone}");
            Assert.All(Counts, threads => StateBits.AssertSame(alone, run.Trained<T>(threads)));
        }
    }

    [Fact]
    public void That_work_really_is_split()
    {
        using var team = Team.Lease(new Parallelism(8));
        Assert.Equal(8, team.Threads);
        Assert.Equal(8, team.PartsFor(1e6));
        Assert.Equal(1, team.PartsFor(1));
        Assert.Equal(8, Threads(team, 8).Distinct().Count());
        Assert.Single(Threads(team, 1).Distinct());
    }

    [Fact]
    public unsafe void Each_part_is_done_once_whoever_does_it()
    {
        const int Jobs = 20_000;
        using var team = Team.Lease(new Parallelism(4));
        var counts = stackalloc int[4];
        new Span<int>(counts, 4).Clear();
        var job = new Tally(counts);
        for (var i = 0; i < Jobs; i++)
        {
            team.Run(ref job, team.Threads);
        }

        Assert.All(new ReadOnlySpan<int>(counts, team.Threads).ToArray(), count => Assert.Equal(Jobs, count));
    }

    [Fact]
    public void Evaluation_and_prediction_do_not_depend_on_threads()
    {
        var run = Wide(nameof(CategoricalCrossEntropy), rows: 600, width: 200);
        var (model, data) = (run.Start<float>().Model, run.Data.Create<float>());
        var inputs = data.InputsOf([.. Enumerable.Range(0, data.Count)]);
        Assert.All(Counts, threads =>
        {
            StateBits.AssertSame("prediction", model.Predict(inputs, Parallelism.None).Values,
                model.Predict(inputs, new Parallelism(threads)).Values);
            StateBits.AssertSame(model.Evaluate(data, run.Loss, Parallelism.None),
                model.Evaluate(data, run.Loss, new Parallelism(threads)));
        });
    }

    [Fact]
    public void Two_runs_at_once_and_runs_inside_a_parallel_loop_agree_with_one_alone()
    {
        var run = Wide(nameof(MeanSquaredError), rows: 256, width: 100) with { Epochs = 3 };
        var alone = run.Trained<float>(threads: 1);
        Parallel.For(0, 12, new ParallelOptions { MaxDegreeOfParallelism = 4 },
            i => StateBits.AssertSame(alone, run.Trained<float>(threads: 1 + (i % 4))));
    }

    [Fact]
    public void A_run_inside_a_run_gets_by_without_workers_that_are_taken()
    {
        var inner = Wide(nameof(MeanSquaredError), rows: 128, width: 100);
        var alone = inner.Trained<float>(threads: 1);
        var outer = inner with { Epochs = 2 };
        var states = outer.Start<float>().Epochs(outer.Batches<float>(), outer.Loss, new Parallelism(3))
            .Do(_ => StateBits.AssertSame(alone, inner.Trained<float>(threads: 3)))
            .Take(2);
        Assert.Equal(2, states.Count());
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, false)]
    [InlineData(false, true, true)]
    [InlineData(true, true, true)]
    public void A_run_that_throws_leaves_the_workers_usable(bool onCaller, bool onWorker, bool inBackward)
    {
        var healthy = Wide(nameof(MeanSquaredError), rows: 256, width: 100);
        var alone = healthy.Trained<float>(threads: 1);
        var network =
            new Network(healthy.Network.Inputs,
                [new Dense(1000), new ThrowingActivation(onCaller, onWorker, inBackward), new Dense(healthy.Network.Outputs)]);
        var broken = healthy with { Network = network };
        var thrown = 0;
        for (var i = 0; thrown < 20 && i < 1000; i++)
        {
            // What no worker has begun the caller does, so that not every run fails that would fail on a worker.
            var exception = Record.Exception(() => broken.Trained<float>(threads: 3));
            Assert.True(exception is NotSupportedException { Message: "no activation" } || (exception is null && !onCaller),
                $"{exception}");
            thrown += exception is null ? 0 : 1;
        }

        Assert.True(thrown > 0, "no worker ever had a share");

        StateBits.AssertSame(alone, healthy.Trained<float>(threads: 3));
        StateBits.AssertSame(alone, healthy.Trained<float>(threads: 8));
    }

    [Fact]
    public void A_layer_that_throws_leaves_state_and_workers_as_they_were()
    {
        var healthy = Wide(nameof(MeanSquaredError), rows: 64, width: 100);
        var broken =
            healthy with
            {
                Network =
                new Network(healthy.Network.Inputs, [new Dense(9), new ThrowingLayer(), new Dense(healthy.Network.Outputs)])
            };
        var start = broken.Start<float>();
        var before = StateBits.Of(start);
        for (var i = 0; i < 50; i++)
        {
            Assert.Throws<NotSupportedException>(() => start.Run(broken.AllBatches<float>(), broken.Loss, new Parallelism(4)));
            Assert.Throws<NotSupportedException>(() =>
                start.Model.Predict(Matrix.Zeros<float>(3, broken.Network.Inputs), new Parallelism(4)));
        }

        Assert.Equal(before, StateBits.Of(start));
        StateBits.AssertSame(healthy.Trained<float>(threads: 1), healthy.Trained<float>(threads: 4));
    }

    [Fact]
    public void A_run_stopped_half_way_gives_its_workers_back()
    {
        var run = Wide(nameof(MeanSquaredError), rows: 64, width: 100);
        for (var i = 0; i < 50; i++)
        {
            Assert.Single(run.Start<float>().Epochs(run.Batches<float>(), run.Loss, new Parallelism(3)).Take(1));
        }

        using var team = Team.Lease(new Parallelism(3));
        Assert.InRange(team.Threads, 1, 3);
    }

    /// <summary>A run through every kind of layer.</summary>
    internal static TrainingCase Wide(string loss, int rows, int width)
    {
        var objective = LossGenerators.Table[loss].Sample(1, new Rnd(1, 1), 20)[0];
        Layer[] every =
            [.. LayerGenerators.Table.Values.Select(entry => LayerGenerators.Of(entry, width).Sample(1, new Rnd(2, 1), 20)[0])
                .Where(layer => layer is not Dense)];
        var network =
            new Network(width,
                [new Dense(width), .. every, new Dense(width + 1) { WeightPenalty = Penalty.ElasticNet(1e-4, 1e-4) }, .. objective.Ending]);
        var data = new DataShape(rows, width, objective.Targets, objective.Outputs, Roughness.Plain, 1);
        return new TrainingCase(network, objective.Loss, new Adam(1e-3), data, (rows / 2) + 1, true, 1, 1, 2);
    }

    private static unsafe int[] Threads(Team team, int parts)
    {
        var (numbers, arrived) = (new int[parts], 0);
        fixed (int* places = numbers)
        {
            var job = new WhoAmI(places, &arrived);
            team.Run(ref job, parts);
        }

        return numbers;
    }

    /// <summary>Each part waits for all others to have begun: no thread can then do two.</summary>
    private readonly unsafe struct WhoAmI(int* threads, int* arrived) : IJob
    {
        public void Execute(int part, int parts)
        {
            threads[part] = Environment.CurrentManagedThreadId;
            Interlocked.Increment(ref *arrived);
            SpinWait wait = default;
            while (Volatile.Read(ref *arrived) < parts)
            {
                wait.SpinOnce();
            }
        }
    }

    private readonly unsafe struct Tally(int* counts) : IJob
    {
        public void Execute(int part, int parts) => Interlocked.Increment(ref counts[part]);
    }
}
