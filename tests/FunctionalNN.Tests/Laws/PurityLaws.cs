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

    /// <summary>Large vectors are given out without a copy, which the run makes for itself if it goes on.</summary>
    [Fact]
    public void States_of_a_large_network_stay_as_they_were_given_out()
    {
        var data = Generate.Spiral(60, 3, 1);
        var start =
            new Network(2,
                [new Dense(300), new BatchNormalization(), new Relu(), new Dense(300), new Relu(), new Dense(3), new Softmax()]).Initialize(
                    1).Train(new Adam(), 1);
        Assert.InRange(start.Model.Parameters.Count, 1 << 16, 1 << 20);
        var given = new List<(TrainingState<float> State, byte[] Bits)>();
        foreach (var state in start.Epochs(data.Shuffled(32), new CategoricalCrossEntropy(), new Parallelism(2)).Take(4))
        {
            given.Add((state, StateBits.Of(state)));
        }

        Assert.Equal(4, given.Select(one => Convert.ToHexString(one.Bits)).Distinct().Count());
        Assert.All(given, one => Assert.Equal(one.Bits, StateBits.Of(one.State)));
        StateBits.AssertSame(given[3].State,
            given[1].State.Epochs(data.Shuffled(32), new CategoricalCrossEntropy(), new Parallelism(1)).Take(2).Last());
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
        var reports = Enumerable.Range(0, 2).Select(_ => GradientCheck.Of(model, run.Loss, data, run.Seed, maxPositions: 5)).ToArray();
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
        StateBits.AssertSame("parameters", single.Parameters.Values,
            wide.Parameters.Values.ToArray().Select(value => (float)value).ToArray());
        StateBits.AssertSame("parameters", single.Parameters.Values, run.Network.Initialize<float>(run.Seed).Parameters.Values);
    }
}
