using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromTextFile<Customer>("customers.csv", separatorChar: ',', hasHeader: true);
var parts = ml.Data.TrainTestSplit(rows, testFraction: 0.2, seed: 1);
var columns = ml.Transforms.IndicateMissingValues("ageGap", "Age").Append(ml.Transforms.Conversion.ConvertType("ageGap"))
    .Append(ml.Transforms.ReplaceMissingValues("Age", replacementMode: Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean))
    .Append(ml.Transforms.CustomMapping<Customer, Days>((row, to) => to.Since = (float)(DateTime.Parse(row.Signup) - new DateTime(2024, 1, 1)).TotalDays, "Days"))
    .Append(ml.Transforms.Categorical.OneHotEncoding("Plan")).Append(ml.Transforms.Categorical.OneHotEncoding("Newsletter"))
    .Append(ml.Transforms.NormalizeMeanVariance("Age")).Append(ml.Transforms.NormalizeMeanVariance("Income")).Append(ml.Transforms.NormalizeMeanVariance("Since"))
    .Append(ml.Transforms.Concatenate("Features", "Age", "ageGap", "Income", "Since", "Plan", "Newsletter"))
    .Append(ml.BinaryClassification.Trainers.LightGbm("Churned", "Features"));
var model = columns.Fit(parts.TrainSet);
var metrics = ml.BinaryClassification.Evaluate(model.Transform(parts.TestSet), "Churned");
Console.WriteLine($"{metrics.Accuracy} {metrics.AreaUnderRocCurve} {metrics.F1Score}");
ml.Model.Save(model, rows.Schema, "customers.zip");

public class Customer
{
    [LoadColumn(1)] public float Age; [LoadColumn(2)] public float Income; [LoadColumn(3)] public string Plan = "";
    [LoadColumn(4)] public string Signup = ""; [LoadColumn(5)] public string Newsletter = ""; [LoadColumn(6)] public bool Churned;
}
public class Days { public float Since; }
