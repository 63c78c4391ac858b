using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Narrow networks compute the micro-batches of a large batch in parallel. Nobody can tell from the result.</summary>
[Collection(nameof(AllThreads))]
[Trait("Duration", "Long")]
public class MicroBatchLaws
{
    /// <summary>Sizes around micro-batches, in networks that compute them in parallel and in some that are too large for it.</summary>
    public sealed record Run(int Rows, int Width, int First, int Second, bool IsOfBytes, bool IsWeighted, int Threads, int Seed)
    {
        public static Arbitrary<Run> Any() => Arb.From(
            from rows in Gen.OneOf(Gen.Choose(1020, 1030), Gen.Choose(1024, 4000), Gen.Elements(1152, 1280, 2048, 2049))
            from width in Gen.OneOf(Gen.Choose(1, 40), Gen.Elements(100, 300, 784))
            from first in Gen.OneOf(Gen.Choose(1, 12), Gen.Elements(20, 30))
            from second in Gen.Choose(2, 12)
            from isOfBytes in Gen.Elements(false, true)
            from isWeighted in Gen.Elements(false, true)
            from threads in Gen.Elements(2, 3, 8)
            from seed in Gen.Choose(0, int.MaxValue)
            select new Run(rows, width, first, second, isOfBytes, isWeighted, threads, seed),
            Simpler);

        private static IEnumerable<Run> Simpler(Run now) =>
            [
                .. now.Rows > 1025
                    ? [now with { Rows = Math.Max(1025, now.Rows / 2) }, now with { Rows = now.Rows - 1 }]
                    : Array.Empty<Run>(),
                .. now.Width > 1 ? [now with { Width = now.Width / 2 }] : Array.Empty<Run>(),
                .. now.First > 1 ? [now with { First = now.First / 2 }] : Array.Empty<Run>(),
                .. now.IsWeighted ? [now with { IsWeighted = false }] : Array.Empty<Run>(),
                .. now.IsOfBytes ? [now with { IsOfBytes = false }] : Array.Empty<Run>(),
            ];

        public TrainingState<T> Trained<T>(int threads)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var random = new Random(Seed);
            var data = RandomBytes.Of<T>(random, Rows, Width);
            data = IsWeighted
                ? data.Weighted<T>([.. Enumerable.Range(0, Rows).Select(_ => T.CreateTruncating(random.NextDouble()))])
                : data;
            var network =
                new Network(Width,
                    [new Dense(First), new Relu(), new Dense(Second) { WeightPenalty = Penalty.L2(1e-3) }, new Tanh(),
                        new LayerNormalization(), new Dense(3), new Softmax()]);
            return network.Initialize<T>(Seed).Train(new Adam(), Seed)
                .Epochs((IsOfBytes ? data : data.InMemory()).InOrder(5000), new CategoricalCrossEntropy(), new Parallelism(threads))
                .Take(3).Last();
        }
    }

    [Property(MaxTest = 60, Arbitrary = [typeof(Run)])]
    public void Parallel_micro_batches_train_to_the_bits_of_one_thread(Run run)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var alone = run.Trained<T>(threads: 1);
            StateBits.AssertSame(alone, run.Trained<T>(run.Threads));
            StateBits.AssertSame(alone, (run with { IsOfBytes = !run.IsOfBytes }).Trained<T>(run.Threads));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_micro_batch_that_throws_keeps_no_other_waiting(bool inBackward)
    {
        var data = Generate.Spiral(2000, 3, 1);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("no activation", Assert.Throws<NotSupportedException>(() => Trained(Broken(true, true), 3)).Message);

            // Which micro-batches the caller gets, and which a worker, is not certain.
            Assert.True(Record.Exception(() => Trained(Broken(i % 2 == 0, i % 2 == 1), 3)) is null
                or NotSupportedException { Message: "no activation" });
        }

        var healthy = new Network(2, [new Dense(8), new Tanh(), new Dense(3), new Softmax()]);
        StateBits.AssertSame(Trained(healthy, 1), Trained(healthy, 3));

        Network Broken(bool onCaller, bool onWorker) =>
            new(2, [new Dense(8), new ThrowingActivation(onCaller, onWorker, inBackward), new Dense(3), new Softmax()]);

        TrainingState<float> Trained(Network network, int threads) =>
            network.Initialize(1).Train(new Adam(), 1).Epochs(data.InOrder(6000), new CategoricalCrossEntropy(), new Parallelism(threads))
                .Take(2).Last();
    }

    [Fact]
    public void Nobody_waits_for_a_turn_that_never_comes()
    {
        var order = new AccumulationOrder(2);
        order.Begin();
        Assert.True(order.Await(1, 0));
        order.End(1, 0);
        Assert.True(order.Await(1, 1));
        order.Break();
        Assert.False(order.Await(1, 2));
        order.Begin();
        Assert.True(order.Await(1, 0));
    }
}
