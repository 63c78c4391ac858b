using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Compares back-propagation with numeric differentiation, number by number, in double. Works on any network, layers and losses of
/// your own included.
/// </summary>
/// <remarks>
/// The loss is the training loss: batch statistics, penalties, and the same dropout mask for every evaluation. At a distance h from the
/// parameter the five-point rule (f(−2h) − 8f(−h) + 8f(h) − f(2h))/12h is used, from h = 10⁻³ down to 10⁻⁶. A gradient is right when
/// the rule agrees at one of the distances. Where it agrees at none there may be a kink (of ReLU, |x| …) between the points: then the
/// rule of the points to one side, (−25f(0) + 48f(h) − 36f(2h) + 16f(3h) − 3f(4h))/12h, must agree at two distances in a row, down to
/// 10⁻⁷. Where it does not, and the slopes to both sides differ by as much close by as farther away, the parameter sits on a kink and is
/// counted apart.
/// </remarks>
public static class GradientCheck
{
    private const double Smallest = 1e-6;
    private const double Rounding = 5e-15;
    private static readonly double[] Distances = [1e-3, 1e-4, 1e-5, Smallest];
    private static readonly double[] OneSidedDistances = [.. Distances, 1e-7];

    /// <summary>Checks a network at parameters drawn by seed.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="data">A few rows; all are one batch.</param>
    /// <param name="seed">Draws the parameters, the dropout masks and, in a large network, the positions.</param>
    /// <param name="maxPositions">The most positions to check; a random choice when there are more.</param>
    /// <exception cref="ArgumentException">Network, data and loss do not go together; the message names everything that is
    /// wrong.</exception>
    public static GradientReport Of(Network network, Loss loss, DataSet<double> data, int seed = 0, int maxPositions = 2000) =>
        Of(network.Initialize<double>(seed), loss, data, seed, maxPositions);

    /// <summary>Checks a model at its own parameters.</summary>
    /// <inheritdoc cref="Of(Network, Loss, DataSet{double}, int, int)"/>
    public static GradientReport Of(Model<double> model, Loss loss, DataSet<double> data, int seed = 0, int maxPositions = 2000)
    {
        data = model.Arrange(data);
        Compatibility.Throw(Compatibility.Check(model.Network, data.FullBatch(), loss));
        var batch = data.FullBatch().Epoch(default, 0)[0];
        var probe = new Probe(model, loss, batch, new Key((ulong)seed));
        var (gradient, inputGradient) = probe.Gradients();
        var parameters = model.Parameters.Count;
        var count = parameters + inputGradient.Values.Length;
        var positions = count <= maxPositions
            ? Enumerable.Range(0, count)
            : new Key((ulong)seed).Fold(2).Permutation(count).Take(maxPositions).Order();
        System.Collections.Generic.HashSet<int> embedded = [.. model.Network.EmbeddedColumns.Select(column => column.Position)];

        // A number of a category has no neighbours to compare with.
        return new GradientReport([.. positions
            .Where(position => position < parameters || !embedded.Contains((position - parameters) % batch.Inputs.Columns))
            .Select(Compare)]);

        GradientComparison Compare(int position)
        {
            var (place, value, analytic) = position < parameters
                ? (PlaceOf(model.Parameters.Layout, position), model.Parameters.Values[position], gradient.Values[position])
                : (new GradientPlace("inputs", "value", (position - parameters) / batch.Inputs.Columns,
                    (position - parameters) % batch.Inputs.Columns),
                   batch.Inputs.Values[position - parameters],
                   inputGradient.Values[position - parameters]);
            return Judge(place, analytic, value, at => probe.Loss(position, at));
        }
    }

    internal static GradientComparison Judge(GradientPlace place, double analytic, double value, Func<double, double> loss)
    {
        var best = new GradientComparison(place, analytic, double.NaN, IsKink: false);
        foreach (var distance in Distances)
        {
            var h = distance * Math.Max(1, Math.Abs(value));
            var numeric = (loss(value - (2 * h)) - (8 * loss(value - h)) + (8 * loss(value + h)) - loss(value + (2 * h))) / (12 * h);
            var candidate = best with { Numeric = numeric };
            if (candidate.IsRight)
            {
                return candidate;
            }

            best = !(best.Error <= candidate.Error) ? candidate : best;
        }

        return OneSided(best, value, loss, -1) ?? OneSided(best, value, loss, 1) ?? best with { IsKink = IsKink(value, loss) };
    }

    /// <summary>The comparison with the points on one side, where the gradient agrees with them at two distances in a row: no kink lies
    /// between those points. Null where it does not.</summary>
    private static GradientComparison? OneSided(GradientComparison best, double value, Func<double, double> loss, int side)
    {
        GradientComparison? before = null;
        foreach (var distance in OneSidedDistances)
        {
            var h = side * distance * Math.Max(1, Math.Abs(value));
            var numeric = ((-25 * loss(value)) + (48 * loss(value + h)) - (36 * loss(value + (2 * h))) + (16 * loss(value + (3 * h)))
                - (3 * loss(value + (4 * h)))) / (12 * h);
            var candidate = best with { Numeric = numeric };

            // Small gradients of large losses lose their digits first: they are judged as far as there are digits.
            var rounding = Rounding * (1 + Math.Abs(loss(value))) / Math.Abs(h);
            var agrees = candidate.IsRight || Math.Abs(numeric - best.Analytic) <= rounding;
            if (agrees && before is not null)
            {
                return candidate.IsRight ? candidate : before.IsRight ? before : candidate with { IsKink = true };
            }

            before = agrees ? candidate : null;
        }

        return null;
    }

    /// <summary>
    /// Whether the slopes to both sides differ by more than curvature and rounding explain: curvature makes them differ three times more at
    /// three times the distance, a kink does not.
    /// </summary>
    private static bool IsKink(double value, Func<double, double> loss)
    {
        var h = 2 * Smallest * Math.Max(1, Math.Abs(value));
        var here = loss(value);
        return Jump(h) is var near && near > 1e-8 * (1 + Math.Abs(here)) && near > Jump(3 * h) / 2;

        double Jump(double distance) => Math.Abs(loss(value + distance) - (2 * here) + loss(value - distance)) / distance;
    }

    private static GradientPlace PlaceOf(Layout layout, int position)
    {
        var (layer, slot, offset) = layout.Placements.Last(placement => placement.Offset <= position);
        return new GradientPlace(layer, slot.Name, (position - offset) / slot.Columns, (position - offset) % slot.Columns);
    }

    /// <summary>The training loss as a function of one parameter or input.</summary>
    private sealed class Probe(Model<double> model, Loss loss, Batch<double> batch, Key key)
    {
        private readonly Engine<double> engine = new(model.Network.Plan, new Arena<double>(), loss);
        private readonly ParameterVector<double> parameters = model.Parameters.Thaw();
        private readonly ParameterVector<double> statistics = model.Statistics.Thaw();
        private readonly Batch<double> moved =
            batch with { Inputs = Matrix.Create(batch.Inputs.Rows, batch.Inputs.Columns, batch.Inputs.Values) };

        public (ParameterVector<double> Parameters, Matrix<double> Inputs) Gradients()
        {
            var gradient = ParameterVector<double>.Zeros(parameters.Layout);
            engine.Differentiate(Team.Single, parameters, statistics, batch, key, gradient, out var inputs, wantsInputGradient: true);
            return (gradient, Matrix.Create(inputs!.Rows, inputs.Columns, inputs.Values));
        }

        public double Loss(int position, double value)
        {
            var block = position < parameters.Count ? parameters.Block : moved.Inputs.Block;
            ref var number = ref block.Span[position < parameters.Count ? position : position - parameters.Count];
            var before = number;
            number = value;
            var measured = engine.Differentiate(Team.Single, parameters, statistics, moved, key, null, out _).DataLoss
                + engine.Penalty(Team.Single, parameters);
            number = before;
            return measured;
        }
    }
}
