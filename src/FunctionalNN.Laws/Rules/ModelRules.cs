using System.Numerics;

namespace FunctionalNN;

/// <summary>Laws of gradients, predictions and losses.</summary>
internal static class ModelRules
{
    private const int MaxGradients = 200;
    private const double Rounding = 1e-9;
    private const double SingleRounding = 1e-3;

    /// <summary>Back-propagation equals central differences.</summary>
    public static void GradientIsRight(TrainingCase run)
    {
        var report = GradientCheck.Of(run.Elsewhere(), run.Loss, run.Data.Create<double>(), run.Seed, MaxGradients);
        RunRules.Require(report.IsCorrect, report.ToString());
    }

    /// <summary>A row is predicted the same alone, into memory of the caller's, and among others.</summary>
    public static void RowsAreIndependent(TrainingCase run)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (model, data) = (run.Start<T>().Model, run.Data.Create<T>());
            var together = model.Predict(data.InputsOf([.. Enumerable.Range(0, data.Count)]));
            for (var row = 0; row < data.Count; row++)
            {
                var (one, alone) = (data.InputsOf(row), new T[run.Network.Outputs]);
                model.Predict(one.Values, alone);
                RunRules.Require($"row {row} alone against the same among others, ",
                    Bits.Difference("output", together.Row(row), model.Predict(one).Values));
                RunRules.Require($"row {row} without allocating against the same among others, ",
                    Bits.Difference("output", together.Row(row), alone));
            }
        }
    }

    /// <summary>Float and double compute the same up to rounding.</summary>
    public static void NumberTypesAgree(TrainingCase run)
    {
        var (single, wide) = (run.Network.Initialize<float>(run.Seed), run.Network.Initialize<double>(run.Seed));
        RunRules.Require("parameters drawn in double and rounded against those drawn in float, ",
            Bits.Difference("parameters", single.Parameters.Values, [.. wide.Parameters.Values.ToArray().Select(value => (float)value)]));
        var (few, many) = (run.Data.Create<float>(), run.Data.Create<double>());
        int[] rows = [.. Enumerable.Range(0, few.Count)];
        Agree("outputs", [.. single.Predict(few.InputsOf(rows)).Values.ToArray().Select(value => (double)value)],
            wide.Predict(many.InputsOf(rows)).Values, SingleRounding);
        Agree("losses", [single.Evaluate(few, run.Loss).DataLoss], [wide.Evaluate(many, run.Loss).DataLoss], SingleRounding);
    }

    /// <summary>The frozen layer's training is the layer's prediction.</summary>
    public static void FrozenIsPrediction(TrainingCase run)
    {
        var model = run.Elsewhere();
        var frozen = run.Network.AsInference();
        var batch = run.Data.Create<double>().FullBatch().Epoch(default, 0)[0];
        var trained = new Model<double>(frozen, model.Parameters, model.Statistics).Train(new Sgd(0))
            .Step(batch, run.Loss).Training.DataLoss;
        Agree("the loss in training of the network with frozen layers, against the loss in prediction", [trained],
            [model.Evaluate(run.Data.Create<double>(), run.Loss).DataLoss], Rounding);
    }

    /// <summary>Each row has a loss of its own.</summary>
    public static void LossesAddUp(TrainingCase run)
    {
        var (model, data) = (run.Elsewhere(), run.Data.Create<double>());
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        var together = model.Evaluate(data, run.Loss);
        var apart = rows.Select(row => model.Evaluate(data.Pick([row]), run.Loss)).Aggregate(Metrics.Add);
        var backwards = model.Evaluate(data.Pick([.. rows.Reverse()]), run.Loss);
        Agree("the losses of rows measured one by one, added up, against those measured together", [apart.LossSum], [together.LossSum],
            Rounding);
        Agree("the losses of the rows backwards", [backwards.LossSum], [together.LossSum], Rounding);
        RunRules.Require(
            (apart.Correct, apart.Predictions) == (together.Correct, together.Predictions)
                && (backwards.Correct, backwards.Predictions) == (together.Correct, together.Predictions),
            $"right of judged: {together.Correct} of {together.Predictions} together, {apart.Correct} of {apart.Predictions} one by one, "
                + $"{backwards.Correct} of {backwards.Predictions} backwards");
        RunRules.Require(
            together.Correct >= 0 && together.Correct <= together.Predictions
                && together.Predictions == run.Loss.Predictions(data.Count, run.Network.Outputs),
            $"{together.Correct} right of {together.Predictions} judged, where Predictions says "
                + $"{run.Loss.Predictions(data.Count, run.Network.Outputs)}");
    }

    /// <summary>The loss with the last layer absorbed is the loss after that layer. Linear, in between, keeps the two apart.</summary>
    public static void FusionChangesNothing(TrainingCase run)
    {
        var (model, data) = (run.Elsewhere(), run.Data.Create<double>());
        var apart =
            new Model<double>(run.Network with { Layers = run.Network.Layers.Add(new Linear()) }, model.Parameters, model.Statistics);
        Agree("the loss that absorbs the last layer, against the two one after the other", [model.Evaluate(data, run.Loss).DataLoss],
            [apart.Evaluate(data, run.Loss).DataLoss], Rounding);
        var batch = data.FullBatch().Epoch(default, 0)[0];
        var (fused, unfused) = (model.Train(new Sgd(1)).Step(batch, run.Loss), apart.Train(new Sgd(1)).Step(batch, run.Loss));
        Agree("the parameters after a step with the last layer absorbed", fused.Model.Parameters.Values, unfused.Model.Parameters.Values,
            1e-6);
    }

    /// <summary>Throws unless both are the same up to a fraction of the greatest.</summary>
    public static void Agree(string what, ReadOnlySpan<double> found, ReadOnlySpan<double> expected, double tolerance)
    {
        var greatest = 1.0;
        foreach (var value in expected)
        {
            greatest = Math.Max(greatest, Math.Abs(value));
        }

        for (var i = 0; i < expected.Length; i++)
        {
            // Not finite in both is the business of another law.
            var agrees = Math.Abs(found[i] - expected[i]) <= tolerance * greatest
                || (!double.IsFinite(found[i]) && !double.IsFinite(expected[i]));
            RunRules.Require(agrees,
                $"{what}: at {i} of {expected.Length} {found[i]:R} against {expected[i]:R}");
        }
    }
}
