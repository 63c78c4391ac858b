using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>
/// Everything that training needs to go on from here: a value that never changes. The optimizer is part of it, so
/// <c>state with { Optimizer = adam with { LearningRate = 1e-4 } }</c> changes the rate in mid-run.
/// </summary>
/// <typeparam name="T">float to train, double to check gradients.</typeparam>
public sealed record TrainingState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const long StepKey = 0x57;

    /// <summary>The network and its numbers.</summary>
    public required Model<T> Model { get; init; }

    /// <summary>How gradients become new parameters. One whose moments mean something else starts with fresh ones.</summary>
    /// <exception cref="ArgumentException">In <c>with</c>: its hyper-parameters are wrong; the message names all of them.</exception>
    public required Optimizer Optimizer { get; init => field = ReferenceEquals(value, field) ? value : Checked(value); }

    /// <summary>What the optimizer remembers.</summary>
    public required Moments<T> Moments { get; init; }

    /// <summary>The source of the order of batches and of all that layers draw.</summary>
    public required Key Key { get; init; }

    /// <summary>The number of updates done.</summary>
    /// <exception cref="ArgumentOutOfRangeException">In <c>with</c>: it is less than 0.</exception>
    public long Step
    {
        get; init =>
        field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), $"the step is {value}, expected 0 or more");
    }

    /// <summary>The number of epochs done.</summary>
    /// <exception cref="ArgumentOutOfRangeException">In <c>with</c>: it is less than 0.</exception>
    public int Epoch
    {
        get; init =>
        field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), $"the epoch is {value}, expected 0 or more");
    }

    /// <summary>The loss that the latest steps minimised; none before the first.</summary>
    public Option<Loss> Objective { get; init; }

    /// <summary>Loss and accuracy in training since the epoch began: each batch measured just before its update. After
    /// <see cref="Train.EndEpoch"/> it is the whole epoch's, and the next step begins anew.</summary>
    public Metrics Training { get; init; }

    /// <summary>Whether the epoch has ended, so that the next step begins <see cref="Training"/> anew: true from
    /// <see cref="Train.EndEpoch"/> to the next step.</summary>
    public bool IsEpochEnd { get; init; }

    /// <summary>Loss and accuracy on held-out data, where <see cref="TrainingVerbs.Validate"/> measured them.</summary>
    public Option<Metrics> Validation { get; init; }

    /// <summary>Why the run cannot go on, if it cannot: this is then the last good state, and stepping leaves it as it is.</summary>
    public Option<Divergence> Divergence { get; init; }

    /// <summary>Why a verb ended the sequence, on the state that closes it: a repetition of one before. The next step clears it.</summary>
    public Option<string> Stopped { get; init; }

    /// <summary>
    /// How the state came to be, from a model with numbers drawn by seed through <see cref="Train.Epochs"/>: what
    /// <see cref="Verification"/> repeats. The first time that it is asked for, and when the state is saved, the data is hashed: a stream
    /// is read once more for it, and there is no recipe where it cannot be. States are equal whatever their recipes.
    /// </summary>
    public Option<Recipe> Recipe => Origin.Recipe;

    /// <summary>The learning rate of the next update.</summary>
    public double LearningRate => Optimizer.RateAt(Step);

    /// <summary>One line: epoch, step, rate, metrics, and why it stopped.</summary>
    public override string ToString() =>
        $"epoch {Epoch}, step {Step}, rate {LearningRate:G6}: {Training}{Validation.Match(v => $"; validation {v}", () => "")}"
            + $"{Divergence.Match(d => $"; diverged at {d}", () => "")}{Stopped.Match(s => $"; {s}", () => "")}";

    internal RecipeOrigin Origin { get; init; } = RecipeOrigin.Unknown;

    /// <summary>The rows of its latest epoch, where they are in memory.</summary>
    internal LearnedRows<T> Learned { get; init; } = LearnedRows<T>.Unknown;

    /// <summary>Loss with penalties and accuracy of the model on the rows that it learned from; null where they are not known.</summary>
    internal Metrics? OnLearned
    {
        get
        {
            if (Objective.Case is not Loss loss || Learned.Data is not { } data)
            {
                return null;
            }

            var metrics = Model.Evaluate(data, loss);
            return metrics with { PenaltySum = Model.Penalty() * metrics.Rows };
        }
    }

    /// <summary>The state before a step: at the end of an epoch the metrics of the next begin.</summary>
    internal TrainingState<T> BeforeStep => IsEpochEnd ? this with { IsEpochEnd = false, Training = default } : this;

    internal Key KeyOf(long step) => Key.Fold(StepKey).Fold(step);

    internal static TrainingState<T> Start(Model<T> model, Optimizer optimizer, Key key)
    {
        Compatibility.Throw(optimizer.Check() | optimizer.Fits(model.Network.ParameterLayout));
        return new TrainingState<T>
        {
            Model = model,
            Optimizer = optimizer,
            Moments = optimizer.InitialMoments(model.Parameters),
            Key = key,
        };
    }

    private static Optimizer Checked(Optimizer optimizer)
    {
        Compatibility.Throw(optimizer.Check());
        return optimizer;
    }
}
