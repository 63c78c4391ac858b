using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>Training steps from a state on, in one set of vectors, and the states that they lead to.</summary>
internal sealed class TrainingSteps<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Loss loss;
    private readonly TransientState<T> transient;
    private TrainingState<T> start;
    private Metrics metrics;

    public TrainingSteps(TrainingState<T> start, Loss loss, Scratch<T> scratch, bool isPlain = false)
    {
        Compatibility.Throw(start.Optimizer.Fits(start.Model.Network.ParameterLayout));
        this.start = start;
        this.loss = loss;
        var model = start.Model;
        transient = new TransientState<T>(
            model.Network.Plan, model.Parameters, model.Statistics, start.Moments, start.Optimizer, start.Step, loss, scratch, isPlain);
        metrics = start.Training;
    }

    /// <inheritdoc cref="TransientState{T}.Engine"/>
    public Engine<T> Engine => transient.Engine;

    /// <inheritdoc cref="TransientState{T}.Gradient"/>
    public ParameterVector<T> Gradient => transient.Gradient;

    /// <inheritdoc cref="TransientState{T}.Parameters"/>
    public ParameterVector<T> Parameters => transient.Parameters;

    /// <inheritdoc cref="TransientState{T}.Statistics"/>
    public ParameterVector<T> Statistics => transient.Statistics;

    /// <inheritdoc cref="TransientState{T}.Moments"/>
    public Moments<T> Moments => transient.Moments;

    /// <summary>What the last step measured.</summary>
    public Metrics Measured { get; private set; }

    /// <summary>Starts to add up metrics, and goes on with an optimizer of the same moments.</summary>
    public void BeginEpoch(Optimizer next, Metrics soFar)
    {
        transient.Optimizer = next;
        metrics = soFar;
    }

    /// <summary>One step. False when a number was not finite: the vectors are then of no use any more.</summary>
    public bool Advance(in BatchBuffer<T> batch, Team team)
    {
        var isFinite = transient.Advance(team, batch, start.KeyOf(transient.Step), out var measured);
        Measured = measured;
        metrics += measured;
        return isFinite;
    }

    /// <summary>A batch with its columns and classes in the model's order, which takes the names over where it has none.</summary>
    /// <exception cref="ArgumentException">The names are not the same; the message gives both lists.</exception>
    public Batch<T> Arrange(Batch<T> batch)
    {
        ContinueAs(start.Model.Named(batch.InputNames, batch.Targets));
        return start.Model.Arrange(batch);
    }

    /// <summary>Keeps where the rows of a step came from.</summary>
    public void Record(in BatchBuffer<T> batch) => ContinueAs(start.Model.Having(batch.Lineage));

    /// <summary>The state reached.</summary>
    public TrainingState<T> Snapshot()
    {
        var (parameters, statistics, moments) = transient.Snapshot();
        return start with
        {
            Model = start.Model with { Parameters = parameters, Statistics = statistics },
            Optimizer = transient.Optimizer,
            Moments = moments,
            Step = transient.Step,
            Training = metrics,
            IsEpochEnd = false,
            Objective = loss,
            Stopped = Option<string>.None,
        };
    }

    /// <summary>Goes on as a model of the same numbers.</summary>
    private void ContinueAs(Model<T> model)
    {
        if (!ReferenceEquals(model, start.Model))
        {
            start = start with { Model = model };
        }
    }
}
