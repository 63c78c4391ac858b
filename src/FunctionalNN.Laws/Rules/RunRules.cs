using System.Numerics;

namespace FunctionalNN;

/// <summary>Laws of training that every layer, loss and optimizer keeps.</summary>
internal static class RunRules
{
    private static readonly int[] ThreadCounts = [2, 3, 8];

    /// <summary>The same call twice gives the same bits, and what it was given stays as it was.</summary>
    public static void IsFunction(TrainingCase run)
    {
        var (start, batch) = (run.Start<float>(), run.AllBatches<float>()[0]);
        var (state, rows) = (Bits.Of(start), Bits.Of(batch));
        var first = start.Step(batch, run.Loss);
        var bits = Bits.Of(first);
        Require("a second step from the same state, ", Bits.Difference(first, start.Step(batch, run.Loss)));
        Require(bits.AsSpan().SequenceEqual(Bits.Of(first)), "a step changed the state that an earlier one had given");
        Require(state.AsSpan().SequenceEqual(Bits.Of(start)), "a step changed the state that it started from");
        Require(rows.AsSpan().SequenceEqual(Bits.Of(batch)), "a step changed its batch");
        var inputs = batch.Inputs;
        Require("a second prediction, ", Bits.Difference("output", start.Model.Predict(inputs).Values, start.Model.Predict(inputs).Values));
        Require(rows.AsSpan().SequenceEqual(Bits.Of(batch)), "a prediction changed its inputs");
        Require(state.AsSpan().SequenceEqual(Bits.Of(start)), "a prediction changed its model");
    }

    /// <summary>A run is the fold of the step.</summary>
    public static void RunIsFold(TrainingCase run)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (start, epoch) = (run.Start<T>(), run.Batches<T>().Epoch(new Key((ulong)run.Seed), 0));
            Require("a run against the fold of its steps, ",
                Bits.Difference(epoch.Aggregate(start, Train.Step<T>(run.Loss)), start.Run(epoch, run.Loss, run.Parallelism)));
        }
    }

    /// <summary>A run goes on from any of its states.</summary>
    public static void RunResumes(TrainingCase run)
    {
        var batches = run.AllBatches<float>();
        var half = batches.Length / 2;
        var inOne = run.Start<float>().Run(batches, run.Loss);
        var inTwo = run.Start<float>().Run(batches.Take(half), run.Loss).Run(batches.Skip(half), run.Loss);
        Require("a run in two pieces against the run in one, ", Bits.Difference(inOne, inTwo));
    }

    /// <summary>How many threads compute changes no bit.</summary>
    public static void ThreadsChangeNothing(TrainingCase run)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (alone, data) = (run.Trained<T>(threads: 1), run.Data.Create<T>());
            var inputs = data.InputsOf([.. Enumerable.Range(0, data.Count)]);
            var prediction = alone.Model.Predict(inputs, Parallelism.None);
            foreach (var threads in ThreadCounts)
            {
                Require($"a run on {threads} threads against the run on one, ", Bits.Difference(alone, run.Trained<T>(threads)));
                Require($"a prediction on {threads} threads, ",
                    Bits.Difference("output", prediction.Values, alone.Model.Predict(inputs, new Parallelism(threads)).Values));
            }
        }
    }

    /// <summary>Finite inputs give finite numbers.</summary>
    public static void StaysFinite(TrainingCase run)
    {
        var (start, batch) = (run.Start<float>(), run.AllBatches<float>()[0]);
        var output = start.Model.Predict(batch.Inputs);
        for (var i = 0; i < output.Values.Length; i++)
        {
            Require(float.IsFinite(output.Values[i]),
                $"finite inputs, and {output.Values[i]} comes out in row {i / output.Columns}: if such inputs may overflow, make "
                    + $"LawSettings.Largest smaller");
        }

        var next = start.Step(batch, run.Loss);
        Require(next.Divergence.IsNone,
            $"a step on finite inputs diverged: {next.Divergence.Match(divergence => divergence.ToString(), () => "")}");
    }

    /// <summary>Throws, with what comes before, where there is a finding.</summary>
    public static void Require(string what, string? finding)
    {
        if (finding is not null)
        {
            throw new LawFailure($"{what}{finding}");
        }
    }

    /// <summary>Throws unless it holds.</summary>
    public static void Require(bool holds, string finding)
    {
        if (!holds)
        {
            throw new LawFailure(finding);
        }
    }
}
