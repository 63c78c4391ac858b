using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>What a model does with some rows before training: its loss, its units, its gradients, and whether it can learn them by
/// heart.</summary>
internal sealed class ModelExamination<T>(Model<T> model, Loss loss, DataSet<T> rows, int seed)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double MaxDead = 0.75;
    private const double Same = 1e-6;
    private static readonly double[] Rates = [0.01, 0.001];

    public double StartLoss { get; } = model.Evaluate(rows, loss).DataLoss;

    /// <summary>The loss of an answer that does not look at the inputs; NaN for a loss that has no such number.</summary>
    public double Baseline { get; } = loss.Baseline(rows.Targets);

    public ImmutableArray<LayerVitals> Vitals() => Vitals(model, loss, rows, seed);

    public static ImmutableArray<LayerVitals> Vitals(Model<T> model, Loss loss, DataSet<T> rows, int seed)
    {
        var network = WithoutNoise(model.Network);
        var engine = new Engine<T>(network.Plan, new Heap<T>(), loss, isPlain: true);
        var gradient = ParameterVector<T>.NewBuffer(model.Parameters.Layout);
        var batch = new Batch<T>(rows.InputsOf([.. Enumerable.Range(0, rows.Count)]), rows.Targets);
        engine.Differentiate(Team.Single, model.Parameters, model.Statistics.Thaw(), batch, new Key((ulong)seed), gradient, out _);
        return [.. engine.Outputs.Select(output => Vital(model, network, output.Layer, output.Output, gradient))];
    }

    public IEnumerable<Finding> StartingLoss()
    {
        const double Far = 10;
        if (!double.IsFinite(StartLoss))
        {
            yield return new Finding(Severity.Error, FindingKind.StartLoss,
                $"the loss at the start is {StartLoss}", "look for extreme inputs or parameters");
        }
        else if (StartLoss > Far * Baseline)
        {
            var what = loss.Reads == OutputReading.Quantities
                ? "always predicting the mean"
                : "giving all answers the same probability";
            yield return new Finding(
                Severity.Warning, FindingKind.StartLoss,
                $"the loss at the start is {StartLoss:G4}, that of {what} {Baseline:G4}",
                "the first outputs are far too large: scale inputs (new Normalization()) and targets, or draw smaller weights");
        }
    }

    /// <summary>A layer that outputs only constants makes every layer above it look dead: the lowest one is reported. With inputs that are
    /// all positive, about half of a rectifier's units may be inactive.</summary>
    public static IEnumerable<Finding> DeadUnits(ImmutableArray<LayerVitals> layers) => layers
        .Where((layer, i) => layer.Dead > MaxDead && layers.Take(i).All(below => below.Dead < 1))
        .Select(layer => new Finding(
            layer.Dead == 1 ? Severity.Error : Severity.Warning, FindingKind.DeadUnits,
            $"{layer.Layer}: {layer.Dead:P0} of the units put out the same for every row",
            "nothing comes through them: scale the inputs, or start biases at 0, weights by Initializer.He, or use LeakyRelu"));

    public static IEnumerable<Finding> Gradients(ImmutableArray<LayerVitals> layers)
    {
        const double Extreme = 1e4;
        var trained = layers.Where(layer => !double.IsNaN(layer.GradientSize)).ToArray();
        if (trained.Length == 0)
        {
            yield break;
        }

        var (first, last) = (trained[0], trained[^1]);
        var still = trained.Where(layer => layer.GradientSize == 0).ToArray();
        if (still.Length > 0)
        {
            yield return new Finding(
                Severity.Error, FindingKind.Gradients, $"the gradient of {string.Join(", ", still.Select(layer => layer.Layer))} is 0",
                "it will never learn: look at the layers above it for dead or saturated units");
        }
        else if (first.GradientSize * Extreme < last.GradientSize)
        {
            yield return new Finding(
                Severity.Warning, FindingKind.Gradients,
                $"gradients vanish: {last.Layer} has {last.GradientSize:E1}, {first.Layer} {first.GradientSize:E1}",
                "use Relu instead of Sigmoid or Tanh, BatchNormalization or Residual layers, or fewer layers");
        }
        else if (first.GradientSize > Extreme * last.GradientSize)
        {
            yield return new Finding(
                Severity.Warning, FindingKind.Gradients,
                $"gradients explode: {last.Layer} has {last.GradientSize:E1}, {first.Layer} {first.GradientSize:E1}",
                "scale inputs, draw smaller weights, or clip with .ClipByGlobalNorm(1)");
        }
    }

    /// <summary>Trains on one small batch alone, without dropout: a network that is fit to learn gets it right.</summary>
    public IEnumerable<Finding> Overfit(DataSet<T> batch)
    {
        const int Steps = 1000;
        const double Enough = 0.1;
        var network = WithoutNoise(model.Network);
        if (network.ParameterLayout.Count == 0 || batch.Count < Math.Max(2, network.Plan.MinRows) || loss.Baseline(batch.Targets) == 0)
        {
            yield break;
        }

        var start = new Model<T>(network, model.Parameters, model.Statistics);
        var baseline = loss.Baseline(batch.Targets) is var known && double.IsNaN(known) ? start.Evaluate(batch, loss).DataLoss : known;
        var least = double.PositiveInfinity;
        if (!Rates.Any(rate => start.Train(new Adam(rate), seed).Epochs(batch.FullBatch(), loss, Parallelism.None).Take(Steps)
            .Any(IsLearned)))
        {
            yield return new Finding(
                Severity.Warning, FindingKind.Overfit,
                $"{Steps} steps of Adam on {batch.Count} rows alone bring the loss no lower than {least:G4}, from {baseline:G4} of "
                        + $"knowing nothing",
                "such a network learns little of the rest: look at the scale of inputs and targets, at the loss, and at the layers; then "
                    + "try wider ones");
        }

        bool IsLearned(TrainingState<T> state)
        {
            least = Math.Min(least, double.IsNaN(state.Training.DataLoss) ? double.PositiveInfinity : state.Training.DataLoss);
            return state.Divergence.IsNone
                && (state.Training.DataLoss <= Enough * baseline || state.Training.Correct == state.Training.Predictions);
        }
    }

    private static LayerVitals Vital(Model<T> model, Network network, int layer, Matrix<T> output, ParameterVector<T> gradient)
    {
        var plan = network.Plan;
        var (sum, squares) = (0.0, 0.0);

        // A filter is one unit: at the edge of images most put out the same.
        var isAlive = new bool[plan.Shapes[layer + 1].Image?.Channels ?? output.Columns];
        for (var column = 0; column < output.Columns; column++)
        {
            var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var row = 0; row < output.Rows; row++)
            {
                var value = double.CreateTruncating(output[row, column]);
                (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
                (sum, squares) = (sum + value, squares + (value * value));
            }

            isAlive[column % isAlive.Length] |= output.Rows <= 1 || !(greatest - least <= Same * Math.Max(1, Math.Abs(greatest)));
        }

        var slots = gradient.Block.Span[plan.Offsets[layer]..plan.Offsets[layer + 1]];
        var (count, size) = (output.Values.Length, Norm(slots));
        var mean = sum / count;
        return new LayerVitals(
            model.Network.LayerNames[layer],
            Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))),
            layer < plan.FirstTrained ? 0 : (double)isAlive.Count(alive => !alive) / isAlive.Length,
            slots.Length == 0 ? double.NaN : size / Norm(model.Parameters.Block.Span[plan.Offsets[layer]..plan.Offsets[layer + 1]]),
            slots.Length == 0 ? double.NaN : size / Math.Sqrt(slots.Length));
    }

    private static double Norm(ReadOnlySpan<T> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Pow(double.CreateSaturating(value), 2);
        }

        return Math.Sqrt(sum);
    }

    /// <summary>The network without what is random: it would blur what is measured.</summary>
    private static Network WithoutNoise(Network network) =>
        network with { Layers = [.. network.Layers.Select(layer => layer.WithoutNoise())] };
}
