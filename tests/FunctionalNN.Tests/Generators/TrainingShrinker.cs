namespace FunctionalNN.Tests;

/// <summary>Runs that are simpler than a failing one, with every kind of layer made simpler in its own way.</summary>
public static class TrainingShrinker
{
    private static readonly CaseShrinker Shrinker = new(LayerGenerators.Simpler, OptimizerGenerators.Simplest);

    public static IEnumerable<TrainingCase> Simpler(TrainingCase run) => Shrinker.Simpler(run);
}
