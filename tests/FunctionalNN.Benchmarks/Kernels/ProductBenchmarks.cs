using BenchmarkDotNet.Attributes;
using FunctionalNN;

namespace FunctionalNN.Benchmarks;

/// <summary>The three products of a dense layer at the shapes of the workloads.</summary>
[MemoryDiagnoser]
public class ProductBenchmarks
{
    private Block<float> x, w, z;
    private Team team = Team.Single;

    /// <summary>Rows × inputs × outputs.</summary>
    [Params("128x784x128", "128x128x128", "128x784x512", "128x512x512", "256x784x256", "512x2048x2048", "200x3072x15", "128x128x10",
        "300x2x64", "300x64x3", "1x784x512")]
    public string Shape { get; set; } = "";

    /// <summary>How many threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    private (int Rows, int Inputs, int Outputs) Sizes => Shape.Split('x') is [var rows, var inputs, var outputs]
        ? (int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture),
            int.Parse(inputs, System.Globalization.CultureInfo.InvariantCulture),
            int.Parse(outputs, System.Globalization.CultureInfo.InvariantCulture))
        : default;

    /// <summary>Allocates.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var (rows, inputs, outputs) = Sizes;
        (x, w, z) = (Filled(rows * inputs), Filled(inputs * outputs), Filled(rows * outputs));
        team = Team.Lease(new Parallelism(Threads));
    }

    /// <summary>Gives the threads back.</summary>
    [GlobalCleanup]
    public void CleanUp() => team.Dispose();

    /// <summary>z = x·W.</summary>
    [Benchmark]
    public void Forward() => Product.Forward(team, x.Span, w.Span, [], z.Span, Sizes.Rows, Sizes.Inputs, Sizes.Outputs);

    /// <summary>dW = xᵀ·dz.</summary>
    [Benchmark]
    public void WeightGradient() => Product.WeightGradient(team, x.Span, z.Span, w.Span, Sizes.Rows, Sizes.Inputs, Sizes.Outputs);

    /// <summary>dx = dz·Wᵀ.</summary>
    [Benchmark]
    public void InputGradient() => Product.InputGradient(team, z.Span, w.Span, x.Span, Sizes.Rows, Sizes.Inputs, Sizes.Outputs);

    internal static Block<float> Filled(int count)
    {
        var block = Block<float>.AllocatePinned(count);
        for (var i = 0; i < count; i++)
        {
            block.Span[i] = (float)((i % 17) - 8) / 64;
        }

        return block;
    }
}
