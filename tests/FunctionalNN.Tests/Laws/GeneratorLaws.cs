using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>No layer, loss, optimizer, schedule or initialiser of the library goes without the laws.</summary>
[Properties(Arbitrary = [typeof(TrainingGenerators)])]
public class GeneratorLaws
{
    [Fact]
    public void Every_layer_has_a_generator() =>
        AssertComplete<Layer>(LayerGenerators.Table.Values.Select(entry => entry.Type), "LayerGenerators.cs");

    [Fact]
    public void Every_loss_has_a_generator() =>
        AssertComplete<Loss>(LossGenerators.Table.Values.SelectMany(any => any.Sample(10, new Rnd(1, 1), 30))
            .Select(objective => objective.Loss.GetType()), "LossGenerators.cs");

    [Fact]
    public void Every_optimizer_has_a_generator() =>
        AssertComplete<Optimizer>(OptimizerGenerators.Table.Values.SelectMany(any => any.Sample(10, new Rnd(1, 1), 30))
            .Select(optimizer => optimizer.GetType()), "OptimizerGenerators.cs");

    [Fact]
    public void Every_schedule_has_a_generator() =>
        AssertComplete<LearningRateSchedule>(ScheduleGenerators.Table.Values.SelectMany(any => any.Sample(10, new Rnd(1, 1), 30))
            .Select(schedule => schedule.GetType()), "ScheduleGenerators.cs");

    [Fact]
    public void Every_initializer_has_a_generator() =>
        AssertComplete<Initializer>(InitializerGenerators.Samples.Select(initializer => initializer.GetType()), "InitializerGenerators.cs");

    [Fact]
    public void A_layer_generator_gives_the_layer_that_it_is_registered_for() =>
        Assert.All(LayerGenerators.Table.Values,
            entry => Assert.All(entry.Any.Sample(20, new Rnd(1, 1), 30), layer => Assert.IsType(entry.Type, layer)));

    [Property(MaxTest = 300)]
    public void A_generated_run_is_valid_and_so_is_all_it_shrinks_to(TrainingCase run)
    {
        Assert.True(run.IsValid, run.ToString());
        Assert.InRange(run.Network.Layers.Length, 1, 6);
        Assert.All(TrainingShrinker.Simpler(run).Take(20), simpler => Assert.True(simpler.IsValid, simpler.ToString()));
    }

    [Property]
    public void A_run_prints_what_it_takes_to_build_it(TrainingCase run)
    {
        Assert.All(run.Network.Layers, layer => Assert.Contains(layer.Kind, run.ToString(), StringComparison.Ordinal));
        Assert.Contains(run.Loss.Kind, run.ToString(), StringComparison.Ordinal);
        Assert.Contains(run.Optimizer.Kind, run.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Private ones count too: initialisers are. What the engine alone makes, to compute several layers as one, is FusionLaws'
    /// part.</summary>
    private static void AssertComplete<TFamily>(IEnumerable<Type> registered, string file)
    {
        var known = registered.ToHashSet();
        var missing = typeof(Layer).Assembly.GetTypes()
            .Where(type => type.IsSealed && !type.IsNotPublic && type.IsAssignableTo(typeof(TFamily)) && !known.Contains(type)).ToArray();
        Assert.True(missing.Length == 0,
            $"{string.Join(", ", missing.Select(type => type.Name))}: no generator, so no law is tested. Add an entry to "
                + $"tests/FunctionalNN.Tests/Generators/{file}.");
    }
}
