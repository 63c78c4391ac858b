using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// From rows to a pipeline as one description: what the columns become, hidden layers, optimizer, batches, epochs. Every part can be
/// searched over, and nothing is fitted but on the rows that <see cref="Fit"/> is given.
/// </summary>
/// <example><code>
/// var learner = new TableLearner(recipe, new Dense(32), new Relu()) { Optimizer = new Adam(0.003), Epochs = 60 };
/// Console.WriteLine(learner.CrossValidate(train, folds: 5, Scoring.RocAuc));
/// </code></example>
/// <param name="Recipe">What the columns become; it names what is to be predicted.</param>
/// <param name="Hidden">The hidden layers; none for a linear model. The output follows from the target.</param>
public sealed record TableLearner(TableRecipe Recipe, params ImmutableArray<Layer> Hidden) : ITableEstimator
{
    /// <summary>The hidden layers; none for a linear model.</summary>
    public ImmutableArray<Layer> Hidden { get; init => field = value.IsDefault ? [] : value; } = Hidden.IsDefault ? [] : Hidden;

    /// <summary>How gradients become new parameters: Adam with its defaults by default.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>The loss to minimise; by default, null, cross-entropy for classes and the mean squared error for a quantity.</summary>
    public Loss? Loss { get; init; }

    /// <summary>Rows a batch, 1 or more: 32 by default.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The number of epochs, or with <see cref="Patience"/> the most: 100 by default.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>After how many epochs without a smaller loss on rows held out training ends, with the best state: null, the default, for
    /// all epochs. The rows are a part of the training rows, and the columns are fitted without them.</summary>
    public int? Patience { get; init; }

    /// <summary>The share of the training rows that <see cref="Patience"/> holds out, above 0 and below 1: 0.1 by default.</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Decides the first numbers, the order of batches, what dropout drops and which rows are held out.</summary>
    public int Seed { get; init; }

    /// <summary>Trains each of some learners and compares them epoch by epoch, each with columns fitted on the training rows.</summary>
    /// <param name="learners">Learners by name.</param>
    /// <param name="training">The rows to learn from.</param>
    /// <param name="heldOut">The rows that each epoch is measured on.</param>
    /// <param name="epochs">How many epochs, 1 or more.</param>
    /// <param name="parallelism">How many runs at the same time; one a core by default. The result is the same.</param>
    /// <exception cref="ArgumentException">There are no learners.</exception>
    public static Comparison<string, float> Compare(IEnumerable<(string Name, TableLearner Learner)> learners, Table training,
        Table heldOut,
        int epochs, Parallelism? parallelism = null)
    {
        var named = learners.ToDictionary(pair => pair.Name, pair => pair.Learner, StringComparer.Ordinal);
        return Search.Over(named.Keys, name => named[name].Run(training, heldOut, Parallelism.None), epochs, parallelism: parallelism);
    }

    /// <inheritdoc/>
    public Pipeline<float> Fit(Table trainingRows, Parallelism? parallelism = null)
    {
        if (Epochs < 1 || Patience < 1 || BatchSize < 1)
        {
            throw new ArgumentException($"Epochs is {Epochs}, Patience {Patience} and BatchSize {BatchSize}: give numbers of 1 or more");
        }

        if (Patience is not { } patience)
        {
            var fresh = Fresh(trainingRows);
            return fresh.With(States(fresh, trainingRows, null, parallelism).Take(Epochs).Last());
        }

        if (!(ValidationFraction is > 0 and < 1))
        {
            throw new ArgumentException($"ValidationFraction is {ValidationFraction}, expected above 0 and below 1");
        }

        var (inner, heldOut) = trainingRows.Split(TargetName, ValidationFraction, Seed);
        var pipeline = Fresh(inner);
        return pipeline.With(States(pipeline, inner, heldOut, parallelism).StopEarly(patience).Take(Epochs).Last());
    }

    /// <summary>The states after each epoch, for <see cref="Search.Over"/> and the verbs; their model is one of
    /// <see cref="Fresh"/>.</summary>
    /// <param name="training">The rows to learn from, on which the columns are fitted.</param>
    /// <param name="heldOut">Rows that each state is measured on; none by default.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The rows do not hold what the recipe says, or the settings do not go together.</exception>
    public IEnumerable<TrainingState<float>> Run(Table training, Table? heldOut = null, Parallelism? parallelism = null) =>
        States(Fresh(training), training, heldOut, parallelism);

    /// <summary>The pipeline before training: columns fitted on training rows, and a network with numbers drawn by
    /// <see cref="Seed"/>.</summary>
    /// <exception cref="ArgumentException">The rows do not hold what the recipe says, or the layers do not fit.</exception>
    public Pipeline<float> Fresh(Table trainingRows) => Pipeline.Of(Recipe.Fitted(trainingRows), Hidden, Seed);

    /// <inheritdoc/>
    public bool Equals(TableLearner? other) =>
        other is not null && Recipe.Equals(other.Recipe) && Hidden.SequenceEqual(other.Hidden) && Optimizer == other.Optimizer
            && Loss == other.Loss && BatchSize == other.BatchSize && Epochs == other.Epochs && Patience == other.Patience
            && ValidationFraction == other.ValidationFraction && Seed == other.Seed;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Recipe, Hidden.Length, Optimizer, BatchSize, Epochs, Seed);

    /// <summary>Layers, optimizer, batches and epochs.</summary>
    public override string ToString() =>
        $"{Recipe.Columns.Length} columns → {string.Join(" → ", Hidden.Select(layer => layer.Kind).Append("output"))}, {Optimizer}, "
            + $"batches "
            + $"of {BatchSize}, {Epochs} epochs{(Patience is { } patience ? $" or {patience} without progress" : "")}, seed {Seed}";

    private string TargetName =>
        Recipe.Target?.Name ?? throw new ArgumentException("the recipe names nothing to predict: set Target in the recipe");

    private IEnumerable<TrainingState<float>> States(Pipeline<float> fresh, Table training, Table? heldOut, Parallelism? parallelism)
    {
        var states = fresh.Epochs(training, Optimizer, BatchSize, Seed, Loss, parallelism);
        return heldOut is null ? states : states.Validate(fresh.Encode(heldOut), parallelism);
    }
}
