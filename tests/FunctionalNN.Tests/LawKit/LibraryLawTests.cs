namespace FunctionalNN.Tests;

/// <summary>The kit that users try their own layers, losses and optimizers with passes those of the library.</summary>
[Trait("Duration", "Long")]
public sealed class LibraryLawTests
{
    private static readonly LawSettings Few = new() { Cases = 2 };

    public static TheoryData<string> Layers => [.. LibraryParts.Layers.Keys];

    public static TheoryData<string> Losses => [.. LibraryParts.Losses.Keys];

    public static TheoryData<string> Optimizers => [.. LibraryParts.Optimizers.Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layers_keep_the_laws(string layer) => Assert.Equal(9, Laws.Layer(LibraryParts.Layers[layer], Few).Laws.Length);

    /// <summary>A rate is e to the power of the output: on rough data it overflows, and "finite" is no law of it.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void Losses_keep_the_laws(string loss) => Assert.InRange(
        Laws.Loss(LibraryParts.Losses[loss],
            loss == "Poisson of logarithms" ? Few with { Largest = 5, Without = ["finite"] } : Few).Laws.Length,
        loss == "Poisson of logarithms" ? 7 : 8,
        9);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Optimizers_keep_the_laws(string optimizer) =>
        Assert.Equal(8, Laws.Optimizer(LibraryParts.Optimizers[optimizer], Few).Laws.Length);

    [Fact]
    public void Every_kind_of_the_library_is_tried()
    {
        Assert.Empty(LayerGenerators.Table.Keys.Except(LibraryParts.Layers.Values.Select(layer => layer.GetType().Name)));
        Assert.Empty(LossGenerators.Table.Keys.Except(LibraryParts.Losses.Values.Select(loss => loss.GetType().Name)));
        Assert.Empty(OptimizerGenerators.Table.Keys.Except(LibraryParts.Optimizers.Values.Select(optimizer => optimizer.GetType().Name)));
    }

    [Fact]
    public void A_report_lists_the_laws()
    {
        var report = Laws.Optimizer(new Lion(), Few with { Without = ["threads"] });
        Assert.StartsWith("Lion { LearningRate = 0.0001, Beta1 = 0.9, Beta2 = 0.99 } keeps 7 laws", report.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(["finite", "purity", "places", "downhill", "precision", "fold", "resume"], report.Laws.Select(law => law.Name));
        Assert.All(report.Laws, law => Assert.Equal(2, law.Cases));
        Assert.Contains("a run over batches is the fold of the step", report.ToString(), StringComparison.Ordinal);
    }
}
