using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Training steps on vectors of its own: a copy of a state that is advanced in place and turned into a state again. What it was
/// made from stays as it was.
/// </summary>
internal sealed class Descent<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TrainingState<T> start;
    private readonly Loss loss;
    private readonly Team team;
    private readonly Engine<T> engine;
    private readonly ParameterVector<T> gradient;
    private readonly ParameterVector<T> parameters;
    private readonly ParameterVector<T> statistics;
    private readonly Moments<T> moments;
    private long step;
    private Metrics metrics;

    public Descent(TrainingState<T> start, Loss loss, Scratch<T> scratch, Team team)
    {
        Fit.Throw(start.Optimizer.Check() | start.Optimizer.Fits(start.Model.Network.ParameterLayout));
        this.start = start;
        this.loss = loss;
        this.team = team;
        engine = new Engine<T>(start.Model.Network, scratch, team, loss);
        gradient = ParameterVector<T>.Zeros(start.Model.Parameters.Layout).Thaw();
        parameters = start.Model.Parameters.Thaw();
        statistics = start.Model.Statistics.Thaw();
        moments = start.Moments.Thaw(start.Optimizer, parameters, start.Step);
        step = start.Step;
        metrics = start.Training;
    }

    public Engine<T> Engine => engine;

    public ParameterVector<T> Gradient => gradient;

    public ParameterVector<T> Parameters => parameters;

    /// <summary>One step. False when a number was not finite: the vectors are then of no use any more.</summary>
    public bool Advance(Batch<T> batch)
    {
        var measured = engine.Differentiate(parameters, statistics, batch, start.KeyOf(step), gradient, out _);
        metrics += measured;
        var isFinite = double.IsFinite(measured.Loss)
            & start.Optimizer.Advance(team, step, gradient, parameters, moments)
            & NonFinite.IndexIn(statistics.Values) < 0;
        Constraint.Apply(team, start.Model.Network.ParameterLayout, parameters);
        step++;
        return isFinite;
    }

    /// <summary>The state reached. The vectors go over to it: no step may follow.</summary>
    public TrainingState<T> Freeze() => start with
    {
        Model = new Model<T>(start.Model.Network, parameters, statistics),
        Moments = moments,
        Step = step,
        Training = metrics,
        Objective = loss,
    };
}
