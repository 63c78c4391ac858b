using System.Numerics;

namespace FunctionalNN;

/// <summary>Brings real targets to mean 0 and variance 1 by numbers taken from training data: made by
/// <see cref="Scaler.Targets"/>.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TargetScaler<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal TargetScaler(Scaler<T> columns) => Columns = columns;

    /// <summary>Mean and standard deviation of each target.</summary>
    public Scaler<T> Columns { get; }

    /// <summary>The data with scaled targets; the inputs are the same.</summary>
    /// <exception cref="ArgumentException">The targets are class labels or have another width, or the data is a part of a split of the rows
    /// that the scaler was fitted on.</exception>
    public DataSet<T> Apply(DataSet<T> data)
    {
        var scaled = Columns.Apply(new DataSet<T>(ValuesOf(data), data.Targets, null, data.Lineage));
        return new DataSet<T>(data.Inputs, new RealTargets<T>(Columns.Apply(ValuesOf(data))), data.Weights, scaled.Lineage,
            data.InputNames);
    }

    /// <summary>Predictions of a network that learned scaled targets, in the targets' own units.</summary>
    /// <exception cref="ArgumentException">The width differs.</exception>
    public Matrix<T> Restore(Matrix<T> predictions) => Columns.Restore(predictions);

    /// <summary>A table of mean and standard deviation of each target.</summary>
    public override string ToString() => Columns.ToString();

    internal static Matrix<T> ValuesOf(DataSet<T> data) =>
        (data.Targets as RealTargets<T>)?.Values
            ?? throw new ArgumentException($"class numbers have no scale: a target scaler takes real targets, the data has {data.Targets}");
}
