using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// The numbers of a training state, opened for mutation: vectors of its own that steps change in place. What it was made from stays as it
/// was, and so does everything that it gives out: either that has a copy, or this goes on with one.
/// </summary>
internal sealed class TransientState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Vectors of this size or more are given out themselves, and copied only if there is a next step. Small ones are copied at
    /// once, as memory at a fixed address is dear.</summary>
    private const int ManyNumbers = 1 << 16;

    private readonly Layout layout;
    private bool isGivenOut;

    /// <param name="plan">The network.</param>
    /// <param name="parameters">Where to start.</param>
    /// <param name="statistics">The running statistics at the start.</param>
    /// <param name="moments">The optimizer's moments at the start.</param>
    /// <param name="optimizer">How gradients become new parameters.</param>
    /// <param name="step">The number of updates done.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="scratch">The memory for intermediate matrices.</param>
    /// <param name="isPlain">As for <see cref="Engine{T}"/>.</param>
    public TransientState(NetworkPlan plan, ParameterVector<T> parameters, ParameterVector<T> statistics, Moments<T> moments,
        Optimizer optimizer, long step, Loss loss, Scratch<T> scratch, bool isPlain)
    {
        layout = plan.Parameters;
        Engine = new Engine<T>(plan, scratch, loss, isPlain);
        Gradient = ParameterVector<T>.NewBuffer(layout);
        Parameters = parameters.Thaw();
        Statistics = statistics.Thaw();
        Moments = moments.Thaw(optimizer, Parameters, step);
        Optimizer = optimizer;
        Step = step;
    }

    public Engine<T> Engine { get; }

    /// <summary>The gradient of the last step.</summary>
    public ParameterVector<T> Gradient { get; }

    /// <summary>The parameters as they are: changed by the next step.</summary>
    public ParameterVector<T> Parameters { get; private set; }

    /// <summary>The running statistics as they are: changed by the next step.</summary>
    public ParameterVector<T> Statistics { get; private set; }

    /// <summary>The optimizer's moments as they are: changed by the next step.</summary>
    public Moments<T> Moments { get; private set; }

    /// <summary>How gradients become new parameters: another must have the same moments.</summary>
    public Optimizer Optimizer { get; set; }

    /// <summary>The number of updates done.</summary>
    public long Step { get; private set; }

    /// <summary>One step. False when a number was not finite: the vectors are then of no use any more.</summary>
    public bool Advance(Team team, in BatchBuffer<T> batch, Key key, out Metrics measured)
    {
        TakeBack();
        measured = Engine.Differentiate(team, Parameters, Statistics, batch, key, Gradient, out _);
        var isFinite = double.IsFinite(measured.Loss)
            & Optimizer.Advance(team, Step, Gradient, Parameters, Moments)
            & NonFinite.IndexIn(Statistics.Values) < 0;
        Projection.Apply(team, layout, Parameters);
        Step++;
        return isFinite;
    }

    /// <summary>The numbers reached, as values that stay.</summary>
    public (ParameterVector<T> Parameters, ParameterVector<T> Statistics, Moments<T> Moments) Snapshot()
    {
        isGivenOut = Parameters.Count >= ManyNumbers;
        return isGivenOut ? (Parameters, Statistics, Moments) : (Parameters.Copy(), Statistics.Copy(), Moments.Copy());
    }

    /// <summary>Goes on with copies of what was given out.</summary>
    private void TakeBack()
    {
        if (isGivenOut)
        {
            (Parameters, Statistics, Moments, isGivenOut) = (Parameters.Thaw(), Statistics.Thaw(), Moments.Thaw(), false);
        }
    }
}
