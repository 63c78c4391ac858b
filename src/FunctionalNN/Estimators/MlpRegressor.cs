using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// A multi-layer perceptron that predicts numbers, with scikit-learn's parameter names and defaults: <c>new
/// MlpRegressor().Fit(train).Score(test)</c>. The loss is half the squared error. Numbers far from 0 … 1 should be scaled, targets too:
/// <see cref="Scaler.Targets"/>.
/// </summary>
public sealed record MlpRegressor : Mlp
{
    /// <summary>Learns from real targets, one or several a row.</summary>
    /// <param name="trainingData">A training part, or data that is not split.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The settings are wrong, the data has no rows or no real targets, or is a held-out part: the
    /// message names everything.</exception>
    public FittedMlpRegressor<T> Fit<T>(DataSet<T> trainingData, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Compatibility.Throw(Check());
        var width = MlpTraining.Targets(trainingData).Columns;
        var run = MlpTraining.Run(this, trainingData, NetworkFor, LossFor(width), width, Score, parallelism);
        return new FittedMlpRegressor<T>(this, run);

        double Score(Model<T> model, DataSet<T> heldOut) =>
            FittedMlpRegressor<T>.R2(model, heldOut, model.Predict(heldOut.InputsOf([.. Enumerable.Range(0, heldOut.Count)]), parallelism));
    }

    /// <summary>The network that these settings stand for.</summary>
    /// <exception cref="ArgumentException">The data has no real targets.</exception>
    public Network NetworkFor<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => NetworkOf(data.Inputs.Width, MlpTraining.Targets(data).Columns, data.Count);

    /// <summary>½·Σ(ŷ − y)² over the outputs of a row, whose gradient scikit-learn follows.</summary>
    public static Loss LossFor(int outputs) => new MeanSquaredError { Factor = outputs / 2.0 };

    /// <summary>Fits on each fold's training rows and gives R² on those held out: folds in parallel.</summary>
    /// <remarks>For a scaler within each fold: <c>data.CrossValidate(5, fold => …)</c>.</remarks>
    /// <inheritdoc cref="CrossValidationVerbs.CrossValidate{T, TScore}(DataSet{T}, int, Func{Fold{T}, TScore}, int, Parallelism?)"/>
    public CrossValidation<double> CrossValidate<T>(DataSet<T> data, int folds = 5, int seed = 0, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            data.CrossValidate(folds, fold => Fit(fold.Training).Score(fold.HeldOut), seed, parallelism);
}
