using System.Diagnostics;

namespace FunctionalNN.Tests;

/// <summary>More threads than there is use for are not started, and none stay behind.</summary>
[Collection(nameof(AllThreads))]
public class ThreadCountTests
{
    [Fact]
    public void A_hundred_thousand_threads_are_as_good_as_some()
    {
        var data = Generate.Spiral(samples: 400, classes: 3, seed: 0);
        var start = new Network(2, [new Dense(64), new Relu(), new Dense(3), new Softmax()]).Initialize(1).Train(new Adam());
        var expected = start.Epochs(data.Shuffled(256), new CategoricalCrossEntropy(), Parallelism.None).Take(2).Last();
        var before = Process.GetCurrentProcess().Threads.Count;
        StateBits.AssertSame(expected,
            start.Epochs(data.Shuffled(256), new CategoricalCrossEntropy(), new Parallelism(100_000)).Take(2).Last());
        Assert.True(SpinWait.SpinUntil(() => Process.GetCurrentProcess().Threads.Count <= before + 24, TimeSpan.FromSeconds(20)),
            $"{before} threads before, {Process.GetCurrentProcess().Threads.Count} after");
    }
}
