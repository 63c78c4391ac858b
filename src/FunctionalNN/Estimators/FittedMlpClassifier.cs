using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>A fitted <see cref="MlpClassifier"/>.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FittedMlpClassifier<T> : FittedMlp<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Loss loss;

    internal FittedMlpClassifier(MlpClassifier settings, MlpRun<T> run, ClassLabels labels, Loss loss)
        : base(settings, run)
    {
        this.loss = loss;
        Classes = labels.Classes;
        Names = labels.Names;
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>One name a class, or empty, as in the training data.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The likeliest class of each row, with the classes' names.</summary>
    /// <exception cref="ArgumentException">The rows have another width, or an output for one is not finite.</exception>
    public ClassLabels Predict(Matrix<T> rows, Parallelism? parallelism = null) => Likeliest(Outputs(rows, parallelism));

    /// <summary>The likeliest class of each row of a data set.</summary>
    /// <inheritdoc cref="Predict(Matrix{T}, Parallelism)"/>
    public ClassLabels Predict(DataSet<T> data, Parallelism? parallelism = null) => Likeliest(Outputs(data, parallelism));

    /// <summary>How likely each class is for each row, [n × classes]: rows add up to 1. Of two classes the second is the network's output
    /// (predict_proba).</summary>
    /// <exception cref="ArgumentException">The rows have another width, or an output for one is not finite.</exception>
    public Matrix<T> PredictProbabilities(Matrix<T> rows, Parallelism? parallelism = null) => Both(Outputs(rows, parallelism));

    /// <summary>How likely each class is for each row of a data set.</summary>
    /// <inheritdoc cref="PredictProbabilities(Matrix{T}, Parallelism)"/>
    public Matrix<T> PredictProbabilities(DataSet<T> data, Parallelism? parallelism = null) => Both(Outputs(data, parallelism));

    /// <summary>The fraction of rows whose class is predicted right, 0 … 1.</summary>
    /// <exception cref="ArgumentException">The data does not fit, or is a held-out part of what was fitted.</exception>
    public double Score(DataSet<T> data, Parallelism? parallelism = null) => Model.Evaluate(data, loss, parallelism).Accuracy;

    private ClassLabels Likeliest(Matrix<T> outputs) => Model<T>.ClassesOf(outputs, Names);

    private static Matrix<T> Both(Matrix<T> outputs) => ClassOutputs.BothColumns(outputs);
}
