using System.Numerics;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Where intermediate matrices lie, and what lay there before, changes no bit.</summary>
[Properties(Arbitrary = [typeof(TrainingGenerators)])]
public class ScratchLaws
{
    [Property(MaxTest = 150)]
    public void Arena_equals_heap(TrainingCase run)
    {
        StateBits.AssertSame(Descend(run, new Heap<float>()), Descend(run, new Arena<float>()));
        StateBits.AssertSame(Descend(run, new Heap<double>()), Descend(run, new Arena<double>()));
    }

    [Property(MaxTest = 150)]
    public void Layers_and_losses_write_all_that_they_rent_and_keep_nothing(TrainingCase run)
    {
        StateBits.AssertSame(Descend(run, new Heap<float>()), Descend(run, new PoisonedScratch<float>()));
        StateBits.AssertSame(Descend(run, new Heap<double>()), Descend(run, new PoisonedScratch<double>()));
    }

    [Fact]
    public void Nor_do_micro_batches()
    {
        var run = Fingerprints.Narrow(outputs: 7, inputs: 150, rows: 1500, batchSize: 1500);
        StateBits.AssertSame(Descend(run, new Heap<float>()), Descend(run, new PoisonedScratch<float>()));
        StateBits.AssertSame(Descend(run, new Heap<float>()), Descend(run, new Arena<float>()));
    }

    [Property]
    public void Backward_overwrites_what_the_gradient_held(TrainingCase run)
    {
        var (start, batch) = (run.Start<double>(), run.AllBatches<double>()[0]);
        var (_, clean) = Inside.Differentiate(start.Model, run.Loss, batch, start.Key);
        var (_, dirty) = Inside.Differentiate(start.Model, run.Loss, batch, start.Key, fill: double.NaN);
        StateBits.AssertSame<double>("gradient", clean.Values, dirty.Values);
    }

    [Property]
    public void Prediction_is_the_same_in_any_memory(TrainingCase run)
    {
        var (model, data) = (run.Start<float>().Model, run.Data.Create<float>());
        var inputs = data.InputsOf([.. Enumerable.Range(0, data.Count)]);
        StateBits.AssertSame("prediction", Inside.Infer(model, inputs, new PoisonedScratch<float>()).Values, model.Predict(inputs).Values);
    }

    private static TrainingState<T> Descend<T>(TrainingCase run, Scratch<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T> => Inside.Descend(run.Start<T>(), run.AllBatches<T>(), run.Loss, scratch);
}
