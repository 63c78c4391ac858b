using System.Numerics;

namespace FunctionalNN;

/// <summary>Loss and gradient of a batch, in numbers of its own that never change.</summary>
/// <param name="Metrics">Loss and accuracy; the loss is with penalties.</param>
/// <param name="Gradient">∂L/∂p of every parameter p, L the mean loss of a row plus the penalties.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record LossGradient<T>(Metrics Metrics, ParameterVector<T> Gradient)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The running statistics after the batch: a loop of your own goes on with them, where the network has any.</summary>
    public required ParameterVector<T> Statistics { get; init; }
}

/// <content>The gradient of the loss, and what each layer puts out.</content>
public sealed partial record Model<T>
{
    /// <summary>
    /// Loss and gradient of a batch in training mode, as a step of training computes them: batch statistics, dropout by key, weights of
    /// rows, penalties. The model
    /// stays as it was. For loops of your own: <c>var (metrics, gradient) = model.Gradient(batch, loss, key)</c>.
    /// </summary>
    /// <remarks>Any rows may be asked about. That a loop does not learn from held-out rows is up to the loop;
    /// <see cref="FunctionalNN.Train"/> refuses them.</remarks>
    /// <param name="batch">The rows.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="key">Decides what layers draw: another for each step, such as <c>key.Fold(step)</c>. The same key gives the same
    /// bits.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The batch or the loss does not fit the network, or names of inputs or classes are others than
    /// the model's; the message names everything that is wrong.</exception>
    public LossGradient<T> Gradient(Batch<T> batch, Loss loss, Key key = default, Parallelism? parallelism = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch = this.Arrange(batch);
        Compatibility.Require(Network, new DataSet<T>(batch.Inputs, batch.Targets), loss);
        using var team = Team.Lease(parallelism ?? Parallelism.AllCores);
        var (gradient, statistics) = (ParameterVector<T>.Zeros(Parameters.Layout), Statistics.Copy());
        var engine = new Engine<T>(Network.Plan, new Arena<T>(), loss);
        var metrics = engine.Differentiate(team, Parameters, statistics, batch, key, gradient, out _);
        return new LossGradient<T>(metrics, gradient) { Statistics = statistics };
    }

    /// <summary>What each layer puts out in prediction, from the first to the last, whose output is that of
    /// <see cref="Predict(Matrix{T}, Parallelism?)"/>.</summary>
    /// <param name="inputs">The rows: [n × inputs].</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The rows have another width than the network's input.</exception>
    public LayerOutputs<T> Outputs(Matrix<T> inputs, Parallelism? parallelism = null)
    {
        RequireWidth(inputs.Columns);
        using var team = Team.Lease(parallelism ?? Parallelism.AllCores);
        var (plan, scratch, output) = (Network.Plan, new Heap<T>(), inputs);
        var outputs = new Matrix<T>[plan.Layers.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            var (first, firstStatistic) = (plan.FirstParameters[i], plan.FirstStatistics[i]);
            var pass =
                new Pass<T>(scratch, team, Parameters, first, Statistics, firstStatistic, default(Key).Fold(i), needsInputGradient: false);
            outputs[i] = output = plan.Layers[i].Infer(pass, output);
        }

        return new LayerOutputs<T>(plan.Names, [.. outputs]);
    }
}
