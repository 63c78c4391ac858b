using System.Numerics;

namespace FunctionalNN;

/// <summary>Repeats a step that failed and names the first number that was not finite, in the order in which they are computed.</summary>
internal static class Autopsy
{
    public static Divergence Of<T>(TrainingState<T> state, Batch<T> batch, Loss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var descent = new Descent<T>(state, loss, new Heap<T>(), Team.Single);
        descent.Advance(batch);
        var names = state.Model.Network.LayerNames;
        return Find(state.Step, "inputs", "value", batch.Inputs.Values)
            ?? Layers()
            ?? Slots(state, descent.Gradient, "gradient")
            ?? Slots(state, descent.Parameters, "after the update")
            ?? new Divergence(state.Step, "loss", "value", 0, double.NaN);

        Divergence? Layers()
        {
            for (var i = 0; i < descent.Engine.Caches.Length; i++)
            {
                if (Find(state.Step, names[i], "output", descent.Engine.Caches[i].Output.Values) is { } found)
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
