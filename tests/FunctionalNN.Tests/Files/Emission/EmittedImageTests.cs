using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>What emitted source of a network of images predicts is what the library predicts, bit for bit.</summary>
[Trait("Duration", "Long")]
public class EmittedImageTests
{
    [Fact]
    public void Every_layer()
    {
        foreach (var found in ImageCases.Cases().Generator.Sample(80, new Rnd(11, 1), 30))
        {
            AssertSame<float>(found.Alone, found.Seed);
        }
    }

    [Fact]
    public void Networks_in_float_and_double()
    {
        foreach (var run in ImageCases.Runs().Generator.Sample(40, new Rnd(13, 1), 30))
        {
            AssertSame<float>(run.Network, run.Seed);
            AssertSame<double>(run.Network, run.Seed);
        }
    }

    private static void AssertSame<T>(Network network, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var model = OnnxCase.As<T>(OnnxCase.Random(network, seed));
        var predict = Emitted.Compile<T>(model.EmitCSharp("Net").OrThrow(), "Net");
        var (key, expected, found) = (new Key((ulong)seed).Fold(3), new T[network.Outputs], new T[network.Outputs]);
        for (var row = 0; row < 5; row++)
        {
            T[] input = [.. Enumerable.Range(0, network.Inputs).Select(i => T.CreateTruncating(key.Normal((row * 10_000) + i)))];
            model.Predict(input, expected);
            predict(input, found);
            Assert.True(expected.AsSpan().SequenceEqual(found),
                $"{network}{Environment.NewLine}{string.Join(' ', expected)}{Environment.NewLine}"
                + $"{string.Join(' ', found)}");
        }
    }
}
