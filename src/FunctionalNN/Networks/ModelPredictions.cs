using System.Collections.Immutable;

namespace FunctionalNN;

/// <content>Predictions for data sets, and classes with their names.</content>
public sealed partial record Model<T>
{
    /// <summary>The network's output for each row of a data set, whose inputs are compared by name: [n × outputs].</summary>
    /// <exception cref="ArgumentException">The names of the inputs are others than those that the model was trained on, or there is another
    /// count of them.</exception>
    public Matrix<T> Predict(DataSet<T> data, Parallelism? parallelism = null)
    {
        var arranged =
            Arrange(data.Targets is ClassLabels
                ? new DataSet<T>(data.Inputs, new ClassLabels(new int[data.Count], 1), null, data.Lineage, data.InputNames)
                : data);
        RequireInputs(arranged.Inputs);
        var outputs = Block<T>.Allocate(MatrixSize.Of<T>(data.Count, Network.Outputs));
        foreach (var (first, inputs) in arranged.Blocks())
        {
            Predict(inputs, parallelism).Values.CopyTo(outputs.Slice(first * Network.Outputs, inputs.Rows * Network.Outputs).Span);
        }

        return new Matrix<T>(outputs, data.Count, Network.Outputs);
    }

    /// <summary>
    /// The class with the greatest output for each row; of one output, class 1 where it is above ½ and else 0. The classes have the names
    /// of
    /// <see cref="LabelNames"/>, where the model knows one for each.
    /// </summary>
    /// <exception cref="ArgumentException">The rows have another width than the network's input, or a row's output is not
    /// finite.</exception>
    public ClassLabels PredictClasses(Matrix<T> inputs, Parallelism? parallelism = null) =>
        ClassesOf(ModelOutputs.RequireFinite(Predict(inputs, parallelism)), LabelNames);

    /// <summary>The class of each row of a data set, whose inputs are compared by name.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Predict(DataSet{T}, Parallelism?)"/>, or a row's output is not
    /// finite.</exception>
    public ClassLabels PredictClasses(DataSet<T> data, Parallelism? parallelism = null) =>
        ClassesOf(ModelOutputs.RequireFinite(Predict(data, parallelism)), LabelNames);

    /// <summary>The class of each row of outputs.</summary>
    internal static ClassLabels ClassesOf(Matrix<T> outputs, ImmutableArray<string> names)
    {
        var classes = Math.Max(2, outputs.Columns);
        int[] labels = [.. Enumerable.Range(0, outputs.Rows).Select(row => ClassLabels.ClassOf(outputs.Row(row)))];
        return new ClassLabels(labels, classes, names.Length == classes ? names : []);
    }
}
