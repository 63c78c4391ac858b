using System.Numerics;

namespace FunctionalNN;

/// <summary>What a model says of a picture.</summary>
public static class PicturePredictions
{
    /// <summary>The class of a picture and its probability, with those of all classes. Classes have the names that the model was trained
    /// with, else their numbers.</summary>
    /// <param name="model">A classifier of pictures of this size.</param>
    /// <param name="picture">The picture, read with the options that the model's data was read with.</param>
    /// <param name="loss">Says how outputs are to be read that are no probabilities, such as <c>new CategoricalCrossEntropy { FromLogits =
    /// true }</c>.</param>
    /// <exception cref="ArgumentException">The model takes rows of another width, its outputs are no probabilities, or an output is not
    /// finite; the message gives the fix.</exception>
    public static Prediction Predict<T>(this Model<T> model, Picture picture, Loss? loss = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (picture.Size.Count != model.Network.Inputs || (model.Network.Input.Image is { } taken && taken != picture.Size))
        {
            throw new ArgumentException($"the picture is {picture.Size}, so {picture.Size.Count} numbers, the network takes "
                + $"{model.Network.Input}: read it in the size of the pictures that the model was trained on");
        }

        var classes = Math.Max(2, model.Network.Outputs);
        var labels = new ClassLabels([0], classes, model.LabelNames.Length == classes ? model.LabelNames : []);
        var row = picture.ToRow<T>();
        var reading = ClassOutputs.Of(model.Network, new DataSet<T>(row, labels), loss);
        if (!reading.AreProbabilities)
        {
            throw new ArgumentException(
                $"the network ends in {model.Network.Outputs} outputs that are no probabilities: end it in Softmax, "
                + $"or say how they are to be read with the loss, such as new CategoricalCrossEntropy {{ FromLogits = true }}");
        }

        var scores = reading.Read(ModelOutputs.RequireFinite(model.Predict(row)));
        var best = ClassLabels.ClassOf(scores.Row(0));
        return new Prediction
        {
            Class = labels.NameOf(best),
            Probability = scores[0, best],
            Probabilities =
                [.. Enumerable.Range(0, classes).Select(label => new ClassProbability(labels.NameOf(label), scores[0, label]))],
        };
    }
}
