using System.Numerics;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>The same call twice gives the same bits, and what it was given stays as it was.</summary>
[Properties(Arbitrary = [typeof(TrainingGenerators)])]
public class PurityLaws
{
    [Property]
    public void A_step_is_a_function(TrainingCase run)
    {
        var (start, batch) = (run.Start<float>(), run.AllBatches<float>()[0]);
        var (state, rows) = (StateBits.Of(start), StateBits.Of(batch));
        var first = start.Step(batch, run.Loss);
        var bits = StateBits.Of(first);
        StateBits.AssertSame(first, start.Step(batch, run.Loss));
        first.Step(batch, run.Loss);
        Assert.Equal(bits, StateBits.Of(first));
        Assert.Equal(state, StateBits.Of(start));
        Assert.Equal(rows, StateBits.Of(batch));
    }

    [Property]
    public void Training_is_a_function(TrainingCase run)
    {
        var (start, batches) = (run.Start<float>(), run.Batches<float>());
        var (state, rows) = (StateBits.Of(start), StateBits.Of(batches.Data));
        var states = start.Epochs(batches, run.Loss, run.Parallelism).Take(run.Epochs).ToArray();
        var bits = states.Select(StateBits.Of).ToArray();
        StateBits.AssertSame(states[^1], start.Epochs(batches, run.Loss, run.Parallelism).Take(run.Epochs).Last());
        Assert.Equal(bits, states.Select(StateBits.Of));
        Assert.Equal(state, StateBits.Of(start));
        Assert.Equal(rows, StateBits.Of(batches.Data));
    }

    [Property]
    public void Predicting_and_measuring_are_functions(TrainingCase run)
    {
        var (state, data) = (run.Start<float>(), run.Data.Create<float>());
        var (bits, rows) = (StateBits.Of(state), StateBits.Of(data));
        var inputs = data.InputsOf([.. Enumerable.Range(0, data.Count)]);
        StateBits.AssertSame("prediction", state.Model.Predict(inputs).Values, state.Model.Predict(inputs).Values);
        StateBits.AssertSame(state.Model.Evaluate(data, run.Loss), state.Model.Evaluate(data, run.Loss));
        Assert.Equal(bits, StateBits.Of(state));
        Assert.Equal(rows, StateBits.Of(data));
    }

    [Property]
    public void A_gradient_check_leaves_its_model_alone(TrainingCase run)
    {
        var (model, data) = (run.Elsewhere(), run.Data.Create<double>());
        var (parameters, rows) = (model.Parameters.Values.ToArray(), StateBits.Of(data));
        var reports = Enumerable.Range(0, 2).Select(_ => GradientCheck.Of(model, run.Loss, data, run.Seed, most: 5)).ToArray();
        Assert.Equal(reports[0].Comparisons.ToArray(), reports[1].Comparisons.ToArray());
        StateBits.AssertSame("parameters", parameters, model.Parameters.Values);
        Assert.Equal(rows, StateBits.Of(data));
    }

    [Property]
    public void A_row_is_predicted_the_same_alone_and_among_others(TrainingCase run) => ModelRules.RowsAreIndependent(run);

    [Property]
    public void One_seed_draws_the_same_numbers_in_float_and_double_up_to_rounding(TrainingCase run)
    {
        var (single, wide) = (run.Network.Initialize<float>(run.Seed), run.Network.Initialize<double>(run.Seed));
        StateBits.AssertSame("parameters", single.Parameters.Values, wide.Parameters.Values.ToArray().Select(value => (float)value).ToArray());
        StateBits.AssertSame("parameters", single.Parameters.Values, run.Network.Initialize<float>(run.Seed).Parameters.Values);
    }
}
