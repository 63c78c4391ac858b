using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>The one place where laws reach into the engine under the public verbs.</summary>
internal static class Inside
{
    /// <summary>Loss and gradient of one batch, in memory of its own; the gradient starts from what the caller fills it with.</summary>
    public static (Metrics Metrics, ParameterVector<T> Gradient) Differentiate<T>(Model<T> model, Loss loss, Batch<T> batch, Key key,
        T fill = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var engine = new Engine<T>(model.Network.Plan, new Heap<T>(), loss);
        var gradient = ParameterVector<T>.Zeros(model.Parameters.Layout).Map(_ => fill);
        return (engine.Differentiate(Team.Single, model.Parameters, model.Statistics.Thaw(), batch, key, gradient, out _), gradient);
    }

    /// <summary>What the last layer that is not part of the loss puts out in training.</summary>
    public static Matrix<T> Output<T>(Model<T> model, Loss loss, Batch<T> batch, Key key)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var engine = new Engine<T>(model.Network.Plan, new Heap<T>(), loss);
        engine.Differentiate(Team.Single, model.Parameters, model.Statistics.Thaw(), batch, key, null, out _);
        return engine.Outputs.Last().Output;
    }

    /// <summary>The output in prediction, with intermediate matrices from a scratch.</summary>
    public static Matrix<T> Infer<T>(Model<T> model, Matrix<T> inputs, Scratch<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new Engine<T>(model.Network.Plan, scratch).Infer(Team.Single, model.Parameters, model.Statistics, inputs);

    /// <summary>Steps over batches until one fails, with intermediate matrices from a scratch.</summary>
    public static TrainingState<T> Descend<T>(TrainingState<T> start, IEnumerable<Batch<T>> batches, Loss loss, Scratch<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var descent = new TrainingSteps<T>(start, loss, scratch);
        foreach (var batch in batches)
        {
            if (!descent.Advance(batch, Team.Single))
            {
                break;
            }
        }

        return descent.Snapshot();
    }

    /// <summary>What a run reads of an epoch, batch by batch: good until the next is asked for.</summary>
    public static IEnumerable<Batch<T>> Read<T>(Epoch<T> epoch, Team team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var reader = new BatchReader<T>();
        for (var i = 0; i < epoch.Count; i++)
        {
            var buffer = reader.Read(epoch, i, team);
            yield return new Batch<T>(buffer.Inputs, buffer.Targets) { Weights = buffer.Weights };
        }
    }
}
