using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// A multi-layer perceptron that tells classes apart, with scikit-learn's parameter names and defaults: <c>new
/// MlpClassifier().Fit(train).Score(test)</c>. Two classes: one logistic output and binary cross-entropy; more: softmax and categorical
/// cross-entropy.
/// </summary>
public sealed record MlpClassifier : Mlp
{
    /// <summary>Learns from class labels.</summary>
    /// <param name="trainingData">A training part, or data that is not split.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The settings are wrong, the data has no rows, no class labels or a single class, or is a
    /// held-out part: the message names everything.</exception>
    public FittedMlpClassifier<T> Fit<T>(DataSet<T> trainingData, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Compatibility.Throw(Check());
        var labels = MlpTraining.Labels(trainingData);
        var loss = LossFor(labels.Classes);
        var run =
            MlpTraining.Run(this, trainingData, NetworkFor, loss, 1, (model, data) => model.Evaluate(data, loss, parallelism).Accuracy,
                parallelism);
        return new FittedMlpClassifier<T>(this, run, labels, loss);
    }

    /// <summary>The network that these settings stand for.</summary>
    /// <exception cref="ArgumentException">The data has no class labels.</exception>
    public Network NetworkFor<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        MlpTraining.Labels(data).Classes is var classes and > 2
            ? NetworkOf(data.Inputs.Width, classes, data.Count, new Softmax())
            : NetworkOf(data.Inputs.Width, 1, data.Count, new Sigmoid());

    /// <summary>The loss for a number of classes.</summary>
    public static Loss LossFor(int classes) => classes > 2 ? new CategoricalCrossEntropy() : new BinaryCrossEntropy();

    /// <summary>Fits on each fold's training rows and gives the accuracies on those held out: folds in parallel.</summary>
    /// <remarks>For a scaler within each fold: <c>data.CrossValidate(5, fold => …)</c>.</remarks>
    /// <inheritdoc cref="CrossValidationVerbs.CrossValidate{T, TScore}(DataSet{T}, int, Func{Fold{T}, TScore}, int, Parallelism?)"/>
    public CrossValidation<double> CrossValidate<T>(DataSet<T> data, int folds = 5, int seed = 0, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            data.CrossValidate(folds, fold => Fit(fold.Training).Score(fold.HeldOut), seed, parallelism);
}
