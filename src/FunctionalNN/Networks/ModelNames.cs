using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>The names of inputs and of classes where a model meets data.</summary>
internal static class ModelNames
{
    /// <summary>The names as the model has them: given by the data where it has none yet.</summary>
    public static Model<T> Named<T>(this Model<T> model, ImmutableArray<string> inputNames, Targets? targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inputs = model.InputNames.IsEmpty && inputNames.Length == model.Network.Inputs ? inputNames : model.InputNames;
        var labels = model.LabelNames.IsEmpty && targets is ClassLabels { Names.IsEmpty: false } labelled
            ? labelled.Names
            : model.LabelNames;
        return inputs == model.InputNames && labels == model.LabelNames ? model : model with { InputNames = inputs, LabelNames = labels };
    }

    /// <summary>The batch with its columns and classes in the model's order.</summary>
    /// <exception cref="ArgumentException">The names are not the same; the message gives both lists.</exception>
    public static Batch<T> Arrange<T>(this Model<T> model, Batch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var columns = NameOrder.Places("inputs", model.InputNames, batch.InputNames);
        var targets = NameOrder.Arrange(model.LabelNames, batch.Targets);
        return columns is null && ReferenceEquals(targets, batch.Targets) ? batch : batch with
        {
            Inputs = columns is null ? batch.Inputs : NameOrder.Columns(batch.Inputs, columns),
            Targets = targets,
            InputNames = columns is null ? batch.InputNames : model.InputNames,
        };
    }
}
