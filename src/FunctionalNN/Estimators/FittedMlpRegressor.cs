using System.Numerics;

namespace FunctionalNN;

/// <summary>A fitted <see cref="MlpRegressor"/>.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FittedMlpRegressor<T> : FittedMlp<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal FittedMlpRegressor(MlpRegressor settings, MlpRun<T> run)
        : base(settings, run)
    {
    }

    /// <summary>The predicted numbers, [n × outputs].</summary>
    /// <exception cref="ArgumentException">The rows have another width, or an output for one is not finite.</exception>
    public Matrix<T> Predict(Matrix<T> rows, Parallelism? parallelism = null) => Outputs(rows, parallelism);

    /// <summary>The predicted numbers for each row of a data set.</summary>
    /// <inheritdoc cref="Predict(Matrix{T}, Parallelism)"/>
    public Matrix<T> Predict(DataSet<T> data, Parallelism? parallelism = null) => Outputs(data, parallelism);

    /// <summary>R² = 1 − Σ(y − ŷ)²/Σ(y − mean)², the mean over the outputs: 1 is perfect, 0 no better than the mean, and it may be
    /// below.</summary>
    /// <remarks>As scikit-learn's r2_score: an output whose targets are all the same counts 1 when predicted exactly, else 0.</remarks>
    /// <exception cref="ArgumentException">The data does not fit, or is a held-out part of what was fitted.</exception>
    public double Score(DataSet<T> data, Parallelism? parallelism = null) => R2(Model, data, Outputs(data, parallelism));

    internal static double R2(Model<T> model, DataSet<T> data, Matrix<T> predictions)
    {
        var targets = MlpTraining.Targets(data);
        if (targets.Columns != predictions.Columns)
        {
            throw new ArgumentException($"the targets are {targets.Columns} wide, the network ends in {predictions.Columns}");
        }

        data.Lineage.RequireUnseen(model.Seen);
        return NonFinite.IndexIn(predictions.Values) < 0 ? RegressionReport.Of(predictions, new RealTargets<T>(targets)).R2 : double.NaN;
    }
}
