using System.Collections.Immutable;

namespace FunctionalNN;

/// <content>Predictions for data sets, and classes with their names.</content>
public sealed partial record Model<T>
{
    /// <summary>The network's output for each row of a data set, read block by block: [n × outputs].</summary>
    /// <inheritdoc cref="Predict(Matrix{T}, Parallelism?)" path="/exception"/>
    public Matrix<T> Predict(DataSet<T> data, Parallelism? parallelism = null)
    {
        const int DataRows = 4096;
        RequireWidth(data.Inputs.Width);
        var width = Network.Outputs;
        var outputs = Block<T>.Allocate(checked(data.Count * width));
        for (var start = 0; start < data.Count; start += DataRows)
        {
            var count = Math.Min(DataRows, data.Count - start);
            var block = Predict(data.InputsOf([.. Enumerable.Range(start, count)]), parallelism);
            block.Values.CopyTo(outputs.Slice(start * width, count * width).Span);
        }

        return new Matrix<T>(outputs, data.Count, width);
    }

    /// <summary>
    /// The class with the greatest output for each row; of one output, class 1 where it is above ½ and else 0. The classes have the names
    /// of
    /// <see cref="LabelNames"/>, where the model knows one for each.
    /// </summary>
    /// <inheritdoc cref="Predict(Matrix{T}, Parallelism?)" path="/exception"/>
    public ClassLabels PredictClasses(Matrix<T> inputs, Parallelism? parallelism = null) => ClassesOf(Predict(inputs, parallelism), LabelNames);

    /// <summary>The class of each row of a data set.</summary>
    /// <inheritdoc cref="PredictClasses(Matrix{T}, Parallelism?)"/>
    public ClassLabels PredictClasses(DataSet<T> data, Parallelism? parallelism = null) => ClassesOf(Predict(data, parallelism), LabelNames);

    /// <summary>The class of each row of outputs.</summary>
    internal static ClassLabels ClassesOf(Matrix<T> outputs, ImmutableArray<string> names)
    {
        var (half, classes) = (T.CreateTruncating(0.5), Math.Max(2, outputs.Columns));
        int[] labels = [.. Enumerable.Range(0, outputs.Rows).Select(ClassOf)];
        return new ClassLabels(labels, classes, names.Length == classes ? names : []);

        int ClassOf(int row) => outputs.Columns > 1 ? ArgMax.Of(outputs.Row(row)) : outputs[row, 0] > half ? 1 : 0;
    }
}
