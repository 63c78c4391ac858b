using System.Numerics;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>The public gradient is that of a training step, and belongs to who asked for it.</summary>
[Properties(Arbitrary = [typeof(TrainingGenerators)])]
public class GradientValueLaws
{
    [Property(MaxTest = 100)]
    public void The_gradient_is_that_of_a_step(TrainingCase run)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (start, batch) = (run.Start<T>(), run.AllBatches<T>()[0]);
            var before = StateBits.Of(start);
            var found = start.Model.Gradient(batch, run.Loss, start.KeyOf(0), run.Parallelism);
            var descent = new TrainingSteps<T>(start, run.Loss, new Heap<T>());
            descent.Advance(batch, Team.Single);
            StateBits.AssertSame("statistics", descent.Statistics.Values, found.Statistics.Values);
            StateBits.AssertSame(descent.Measured, found.Metrics);
            var (metrics, gradient) = Inside.Differentiate(start.Model, run.Loss, batch, start.KeyOf(0));
            StateBits.AssertSame(metrics, found.Metrics);
            StateBits.AssertSame("gradient", gradient.Values, found.Gradient.Values);
            Assert.Equal(before, StateBits.Of(start));
        }
    }

    [Property(MaxTest = 60)]
    public void A_gradient_stays_as_it_was_and_comes_again(TrainingCase run)
    {
        var (start, batch) = (run.Start<float>(), run.AllBatches<float>()[0]);
        var first = start.Model.Gradient(batch, run.Loss, new Key(1), run.Parallelism);
        var (gradient, statistics) = (first.Gradient.Values.ToArray(), first.Statistics.Values.ToArray());
        var again = start.Model.Gradient(batch, run.Loss, new Key(1));
        start.Model.Gradient(batch, run.Loss, new Key(2));
        StateBits.AssertSame<float>("gradient", gradient, first.Gradient.Values);
        StateBits.AssertSame<float>("statistics", statistics, first.Statistics.Values);
        StateBits.AssertSame<float>("gradient", gradient, again.Gradient.Values);
    }

    [Property(MaxTest = 100)]
    public void The_last_of_the_outputs_is_the_prediction_and_data_are_predicted_as_their_rows(TrainingCase run)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (model, data) = (run.Start<T>().Model, run.Data.Create<T>());
            var inputs = data.InputsOf([.. Enumerable.Range(0, data.Count)]);
            var (outputs, expected) = (model.Outputs(inputs, run.Parallelism), model.Predict(inputs));
            Assert.Equal(model.Network.LayerNames.ToArray(), outputs.Select(output => output.Layer).ToArray());
            Assert.Equal(model.Network.Plan.Widths.Skip(1).ToArray(), outputs.Select(output => output.Output.Columns).ToArray());
            StateBits.AssertSame("outputs", expected.Values, outputs[^1].Output.Values);
            StateBits.AssertSame("outputs", expected.Values, outputs[model.Network.LayerNames[^1]].Values);
            StateBits.AssertSame("predictions", expected.Values, model.Predict(data, run.Parallelism).Values);
            if (NonFinite.IndexIn(expected.Values) < 0)
            {
                Assert.Equal(model.PredictClasses(inputs), model.PredictClasses(data));
            }
            else
            {
                Assert.Equal(
                    Assert.Throws<ArgumentException>(() => model.PredictClasses(inputs)).Message,
                    Assert.Throws<ArgumentException>(() => model.PredictClasses(data)).Message);
            }
        }
    }
}
