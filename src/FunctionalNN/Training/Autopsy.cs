using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Repeats a step that failed and names the first number that was not finite, in the order in which they are computed, and the
/// rows that made it.</summary>
internal static class Autopsy
{
    public static Divergence Of<T>(TrainingState<T> state, Batch<T> batch, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // What is wrong before the step is none of the data's.
        if ((Slots(state, state.Model.Parameters, Divergence.Before) ?? Slots(state, state.Model.Statistics, Divergence.Before)
            ?? state.Moments.Vectors.Select((moment, i) => Slots(state, moment, $"moment {i + 1} {Divergence.Before}"))
                .FirstOrDefault(found => found is not null)) is { } given)
        {
            return given;
        }

        var steps = new TrainingSteps<T>(state, loss, new Heap<T>(), isPlain: true);
        steps.Advance(batch, Team.Single);
        var names = state.Model.Network.LayerNames;
        var losses = steps.Engine.RowLosses!.Values.ToArray();
        return Rowwise("inputs", "value", batch.Inputs)
            ?? (batch.Targets is RealTargets<T> targets ? Rowwise("targets", "value", targets.Values) : null)
            ?? steps.Engine.Outputs.Select(step => Rowwise(names[step.Layer], "output", step.Output))
                .FirstOrDefault(found => found is not null)
            ?? Summed(Slots(state, steps.Statistics, "after the step"))
            ?? (double.IsFinite(steps.Measured.DataLoss) ? null : LossOf(steps.Measured.DataLoss))
            ?? Summed(Slots(state, steps.Gradient, "gradient"))
            ?? (double.IsFinite(steps.Measured.Penalty)
                ? null
                : new Divergence(state.Step, "loss", "penalty", 0, steps.Measured.Penalty))
            ?? Summed(steps.Moments.Vectors.Select((moment, i) => Slots(state, moment, $"moment {i + 1}"))
                .FirstOrDefault(found => found is not null))
            ?? Summed(Slots(state, steps.Parameters, "after the update"))
            ?? new Divergence(state.Step, "loss", "value", 0, steps.Measured.Loss);

        Divergence? Rowwise(string layer, string quantity, Matrix<T> matrix) =>
            Find(state.Step, layer, quantity, matrix.Values) is { } found
                ? found with { Rows = Culprits.Named(batch, row => NonFinite.IndexIn(matrix.Row(row)) >= 0) }
                : null;

        Divergence? Summed(Divergence? found) => found is null ? null : found with { Rows = Culprits.OfSum(state, batch, loss) };

        Divergence LossOf(double value) =>
            new(state.Step, "loss", "value", 0, value) { Rows = Culprits.Named(batch, row => !T.IsFinite(losses[row])) };
    }

    private static Divergence? Slots<T>(TrainingState<T> state, ParameterVector<T> vector, string quantity)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < vector.Layout.Placements.Length; i++)
        {
            var (layer, slot, _) = vector.Layout.Placements[i];
            if (Find(state.Step, layer, $"{slot.Name} {quantity}", vector.View(i).Values) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static Divergence? Find<T>(long step, string layer, string quantity, ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var position = NonFinite.IndexIn(values);
        return position < 0 ? null : new Divergence(step, layer, quantity, position, double.CreateSaturating(values[position]));
    }
}

/// <summary>Which rows of a batch made a number that is not finite.</summary>
internal static class Culprits
{
    /// <summary>How many numbers to go through at most to tell the rows of a sum apart.</summary>
    private const long MaxNumbers = 1L << 28;

    /// <summary>The rows of which something holds, all when it holds of none, by their numbers in the data set.</summary>
    public static ImmutableArray<int> Named<T>(Batch<T> batch, Func<int, bool> holds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] all = [.. Enumerable.Range(0, batch.Inputs.Rows)];
        int[] found = [.. all.Where(holds)];
        return [.. (found.Length == 0 ? all : found).Select(row => batch.Rows.IsEmpty ? row : batch.Rows[row])];
    }

    /// <summary>The rows whose own share of the step, without the others, is not finite; all where rows are not independent.</summary>
    public static ImmutableArray<int> OfSum<T>(TrainingState<T> state, Batch<T> batch, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var count = batch.Inputs.Rows;
        var isTold = new Engine<T>(state.Model.Network.Plan, new Heap<T>(), loss, isPlain: true).IsRowwise
            && count * (long)(state.Model.Parameters.Count + batch.Inputs.Columns) <= MaxNumbers;
        return Named(
            batch, row => isTold && !new TrainingSteps<T>(state, loss, new Heap<T>(), isPlain: true).Advance(Alone(row), Team.Single));

        Batch<T> Alone(int row) => new(Matrix.Row(batch.Inputs.Row(row).ToArray()), batch.Targets.Pick([row]))
        {
            Weights = Matrix.Row((batch.Weights is null ? T.One : batch.Weights.Values[row]) / T.CreateChecked(count)),
        };
    }
}
