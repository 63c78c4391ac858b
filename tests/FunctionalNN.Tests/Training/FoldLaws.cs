using System.Numerics;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Training is a fold, and a fast run of it cannot be told from a slow one.</summary>
[Properties(Arbitrary = [typeof(TrainingGenerators)])]
public class FoldLaws
{
    [Property(MaxTest = 150)]
    public void Run_equals_the_fold_of_Step(TrainingCase run)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (start, epoch) = (run.Start<T>(), run.Batches<T>().Epoch(new Key((ulong)run.Seed), 0));
            var before = StateBits.Of(start);
            var folded = epoch.Aggregate(start, Train.Step<T>(run.Loss));
            Assert.Equal(before, StateBits.Of(start));
            StateBits.AssertSame(folded, start.Run(epoch, run.Loss, run.Parallelism));
            Assert.Equal(before, StateBits.Of(start));
            StateBits.AssertSame(folded, start.Run(epoch.ToArray(), run.Loss, run.Parallelism));
            Assert.Equal(before, StateBits.Of(start));
        }
    }

    [Property(MaxTest = 150)]
    public void Epochs_is_Run_again_and_again(TrainingCase run)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (current, batches) = (run.Start<T>(), run.Batches<T>());
            foreach (var state in run.Start<T>().Epochs(batches, run.Loss, run.Parallelism).Take(run.Epochs))
            {
                var next = current.Run(batches.Epoch(current.Key, current.Epoch), run.Loss, run.Parallelism);
                current = next.Divergence.IsSome ? next : next.EndEpoch();
                StateBits.AssertSame(current, state);
            }
        }
    }

    [Property]
    public void A_run_in_two_pieces_is_the_run_in_one(TrainingCase run)
    {
        var batches = run.AllBatches<float>();
        var half = batches.Length / 2;
        var inOne = run.Start<float>().Run(batches, run.Loss, run.Parallelism);
        StateBits.AssertSame(inOne,
            run.Start<float>().Run(batches.Take(half), run.Loss, run.Parallelism).Run(batches.Skip(half), run.Loss, run.Parallelism));
    }

    [Property]
    public void Epochs_go_on_from_any_state(TrainingCase run)
    {
        var batches = run.Batches<float>();
        var states = run.Start<float>().Epochs(batches, run.Loss, run.Parallelism).Take(3).ToArray();
        if (states is [var first, .., var last] && first.Divergence.IsNone)
        {
            StateBits.AssertSame(last, first.Epochs(batches, run.Loss, run.Parallelism).Take(states.Length - 1).Last());
        }
    }

    [Property]
    public void Metrics_of_the_batches_add_up_to_those_of_the_run(TrainingCase run)
    {
        var (state, sum) = (run.Start<double>(), default(Metrics));
        foreach (var batch in run.AllBatches<double>())
        {
            var next = (state with { Training = default }).Step(batch, run.Loss);
            sum += next.Divergence.IsNone ? next.Training : default;
            state = next;
        }

        StateBits.AssertSame(sum, run.Start<double>().Run(run.AllBatches<double>(), run.Loss).Training);
    }

    [Property]
    public void No_batches_leave_the_state_as_it_is(TrainingCase run)
    {
        var start = run.Start<float>();
        Assert.Same(start, start.Run([], run.Loss));
    }
}
