using System.Numerics;

namespace FunctionalNN;

/// <summary>Repeats a step that failed and names the first number that was not finite, in the order in which they are computed.</summary>
internal static class Autopsy
{
    public static Divergence Of<T>(TrainingState<T> state, Batch<T> batch, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var descent = new Descent<T>(state, loss, new Heap<T>(), isPlain: true);
        descent.Advance(batch, Team.Single);
        var names = state.Model.Network.LayerNames;
        return Find(state.Step, "inputs", "value", batch.Inputs.Values)
            ?? (batch.Targets is RealTargets<T> targets ? Find(state.Step, "targets", "value", targets.Values.Values) : null)
            ?? Layers()
            ?? Slots(state, descent.Statistics, "after the step")
            ?? Sum("value", descent.Measured.DataLoss)
            ?? Slots(state, descent.Gradient, "gradient")
            ?? Sum("penalty", descent.Measured.Penalty)
            ?? descent.Moments.Vectors.Select((moment, i) => Slots(state, moment, $"moment {i + 1}")).FirstOrDefault(found => found is not null)
            ?? Slots(state, descent.Parameters, "after the update")
            ?? new Divergence(state.Step, "loss", "value", 0, descent.Measured.Loss);

        Divergence? Sum(string quantity, double value) =>
            double.IsFinite(value) ? null : new Divergence(state.Step, "loss", quantity, 0, value);

        Divergence? Layers()
        {
            foreach (var (layer, output) in descent.Engine.Outputs)
            {
                if (Find(state.Step, names[layer], "output", output.Values) is { } found)
                {
                    return found;
                }
            }

            return null;
        }
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
