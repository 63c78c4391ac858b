using Xunit.Abstractions;

namespace FunctionalNN.Tests;

/// <summary>
/// Normalisations one behind the other: each divides by a spread that the ones before have rounded, so rounding grows along the chain. Both
/// programs are within the bound of the exact result; neither is nearer to it.
/// </summary>
[Trait("Duration", "Long")]
public sealed class OnnxNormalizationTests(ITestOutputHelper output)
{
    /// <summary>Stated in docs/onnx.md.</summary>
    private const double Bound = 1e-5;

    private const int Chains = 60;

    [Fact]
    public void Chains_of_normalisations_agree_with_ONNX_Runtime_within_the_stated_bound()
    {
        OnnxOptions[] variants = [new(), new() { Opset = 17 }, new() { FoldsBatchNormalization = true }];
        using var matrix = new OnnxMatrix(Enumerable.Range(0, Chains).SelectMany(seed => variants.Select(options =>
            new OnnxCase("chains of normalisations", OnnxCase.Random(Chain(new Key((ulong)seed)), seed), options))));
        var runs = matrix.Runs().ToArray();
        output.WriteLine(OnnxMatrix.Table(runs));
        var exact = runs.Select(run => (Ours: Worst(run.Case, run.Case.Expected), Both: run.Difference)).ToArray();
        output.WriteLine($"ours from the exact result {exact.Max(run => run.Ours):E1}, from ONNX Runtime {exact.Max(run => run.Both):E1}");
        Assert.Empty(runs.Where(run => run.Fault is not null).Select(run => run.Fault));
        Assert.Empty(runs.Where(run => run.Difference > Bound).Select(run => $"{run.Difference}: {run.Case.Model.Network}"));
        Assert.True(exact.Max(run => run.Ours) <= Bound);
    }

    /// <summary>Two to eight normalisations of every kind, with dense layers between some of them.</summary>
    private static Network Chain(Key key)
    {
        Layer[] kinds = [new BatchNormalization(), new LayerNormalization(), new Normalization(), new Dense(7), new Tanh()];
        return new Network(6, [new Dense(9),
            .. Enumerable.Range(0, 2 + key.Below(7, 0))
                .Select(i => kinds[i % 2 == 0 ? key.Below(3, i + 1) : key.Below(kinds.Length, i + 1)]),
            new LayerNormalization(), new Dense(3)]);
    }

    private static double Worst(OnnxCase one, double[] found)
    {
        var exact = one.Model.Predict(one.Inputs).Values.ToArray();
        return exact.Zip(found).Select(pair => pair.ToTuple())
            .Max(pair => Math.Abs(pair.Item1 - pair.Item2) / Math.Max(1, Math.Abs(pair.Item1)));
    }
}
