using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>
/// Training steps on vectors of its own: a copy of a state that is advanced in place, and given out again as a state. What it was
/// made from stays as it was, and so does every state that it gave: either that has a copy, or this goes on with one.
/// </summary>
internal sealed class Descent<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Vectors of this size or more are given out themselves, and copied only if there is a next step. Small ones are copied at
    /// once, as memory at a fixed address is dear.</summary>
    private const int ManyNumbers = 1 << 16;

    private TrainingState<T> start;
    private readonly Loss loss;
    private ParameterVector<T> parameters;
    private ParameterVector<T> statistics;
    private Moments<T> moments;
    private bool isGivenOut;
    private Optimizer optimizer;
    private long step;
    private Metrics metrics;

    public Descent(TrainingState<T> start, Loss loss, Scratch<T> scratch, bool isPlain = false)
    {
        Fit.Throw(start.Optimizer.Fits(start.Model.Network.ParameterLayout));
        this.start = start;
        this.loss = loss;
        Engine = new Engine<T>(start.Model.Network, scratch, loss, isPlain);
        Gradient = ParameterVector<T>.Room(start.Model.Parameters.Layout);
        parameters = start.Model.Parameters.Thaw();
        statistics = start.Model.Statistics.Thaw();
        moments = start.Moments.Thaw(start.Optimizer, parameters, start.Step);
        optimizer = start.Optimizer;
        step = start.Step;
        metrics = start.Training;
    }

    public Engine<T> Engine { get; }

    /// <summary>The gradient of the last step.</summary>
    public ParameterVector<T> Gradient { get; }

    /// <summary>The parameters as they are: changed by the next step.</summary>
    public ParameterVector<T> Parameters => parameters;

    /// <summary>The running statistics as they are: changed by the next step.</summary>
    public ParameterVector<T> Statistics => statistics;

    /// <summary>The optimizer's moments as they are: changed by the next step.</summary>
    public Moments<T> Moments => moments;

    /// <summary>What the last step measured.</summary>
    public Metrics Measured { get; private set; }

    /// <summary>Starts to add up metrics, and goes on with an optimizer of the same moments.</summary>
    public void BeginEpoch(Optimizer next, Metrics soFar)
    {
        optimizer = next;
        metrics = soFar;
    }

    /// <summary>One step. False when a number was not finite: the vectors are then of no use any more.</summary>
    public bool Advance(Batch<T> batch, Team team)
    {
        TakeBack();
        var measured = Engine.Differentiate(team, parameters, statistics, batch, start.KeyOf(step), Gradient, out _);
        Measured = measured;
        metrics += measured;
        var isFinite = double.IsFinite(measured.Loss)
            & optimizer.Advance(team, step, Gradient, parameters, moments)
            & NonFinite.IndexIn(statistics.Values) < 0;
        Constraint.Apply(team, start.Model.Network.ParameterLayout, parameters);
        step++;
        return isFinite;
    }

    /// <summary>A batch with its columns and classes in the model's order, which takes the names over where it has none.</summary>
    /// <exception cref="ArgumentException">The names are not the same; the message gives both lists.</exception>
    public Batch<T> Arrange(Batch<T> batch)
    {
        Go(start.Model.Named(batch.InputNames, batch.Targets));
        return start.Model.Arrange(batch);
    }

    /// <summary>Keeps where the rows of a step came from.</summary>
    public void Record(Batch<T> batch) => Go(start.Model.Having(batch));

    /// <summary>The state reached.</summary>
    public TrainingState<T> Snapshot()
    {
        isGivenOut = parameters.Count >= ManyNumbers;
        var (p, s, m) = isGivenOut ? (parameters, statistics, moments) : (parameters.Copy(), statistics.Copy(), moments.Copy());
        return start with
        {
            Model = start.Model with { Parameters = p, Statistics = s },
            Optimizer = optimizer,
            Moments = m,
            Step = step,
            Training = metrics,
            Objective = loss,
            Stopped = Option<string>.None,
        };
    }

    /// <summary>Goes on as a model of the same numbers.</summary>
    private void Go(Model<T> model)
    {
        if (!ReferenceEquals(model, start.Model))
        {
            start = start with { Model = model };
        }
    }

    /// <summary>Goes on with copies of what was given out.</summary>
    private void TakeBack()
    {
        if (isGivenOut)
        {
            (parameters, statistics, moments, isGivenOut) = (parameters.Thaw(), statistics.Thaw(), moments.Thaw(), false);
        }
    }
}
