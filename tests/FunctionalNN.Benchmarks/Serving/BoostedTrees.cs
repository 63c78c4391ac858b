using Microsoft.ML;
using Microsoft.ML.Data;

namespace FunctionalNN.Benchmarks;

/// <summary>LightGBM by ML.NET with its defaults, on encoded data.</summary>
internal static class BoostedTrees
{
    /// <summary>Accuracy of classes, or R² of quantities.</summary>
    public static double Score(DataSet<float> train, DataSet<float> test)
    {
        var context = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, train.Inputs.Width);
        var (known, held) =
            (context.Data.LoadFromEnumerable(Rows(train), schema), context.Data.LoadFromEnumerable(Rows(test), schema));
        if (train.Targets is RealTargets<float>)
        {
            var numbers = context.Regression.Trainers.LightGbm().Fit(known);
            return context.Regression.Evaluate(numbers.Transform(held)).RSquared;
        }

        var classes = context.Transforms.Conversion.MapValueToKey("Label")
            .Append(context.MulticlassClassification.Trainers.LightGbm()).Fit(known);
        return context.MulticlassClassification.Evaluate(classes.Transform(held)).MicroAccuracy;
    }

    private static Row[] Rows(DataSet<float> data)
    {
        var rows = new Row[data.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var features = new float[data.Inputs.Width];
            data.Inputs.Gather([i], features);
            rows[i] = new Row
            {
                Features = features,
                Label = data.Targets switch
                {
                    RealTargets<float> real => real.Values[i, 0],
                    ClassLabels labels => labels[i],
                    var other => throw new InvalidOperationException($"there is no label in {other.GetType().Name}"),
                },
            };
        }

        return rows;
    }

    internal sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
