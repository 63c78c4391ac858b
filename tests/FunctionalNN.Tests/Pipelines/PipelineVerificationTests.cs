using System.Text;

namespace FunctionalNN.Tests;

/// <summary>Columns, training, temperature and threshold are done again, and what is another is named.</summary>
public sealed class PipelineVerificationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_that_learned_from_rows_held_out_is_repeated_with_them()
    {
        var (fresh, parts) = Fresh();
        var states = fresh.Epochs(parts.Training, new Adam(0.05).ReduceOnPlateau(0.5, 1), seed: 4, heldOut: parts.Validation);
        var pipeline = fresh.With(states.Take(12).Last());
        pipeline.Save(folder["p.safetensors"]).OrThrow();
        foreach (var one in (Pipeline<float>[])[pipeline, Pipeline.Load(folder["p.safetensors"]).OrThrow()])
        {
            Assert.True(one.Verify(parts.Training, heldOut: parts.Validation).IsSame, $"{one.Verify(parts.Training, parts.Validation)}");
            Assert.Contains("the held-out data is another: none was given", one.Verify(parts.Training).Reason, StringComparison.Ordinal);
            Assert.Contains("the held-out data is another: its hash", one.Verify(parts.Training, parts.Test).Reason,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Temperature_and_threshold_are_tuned_anew()
    {
        var (fresh, parts) = Fresh();
        var trained = fresh.With(fresh.Epochs(parts.Training, new Adam(0.01), seed: 4).Take(4).Last());
        var calibrated = trained.Calibrated(parts.Validation);
        Pipeline<float>[] all =
        [
            calibrated, trained.WithThresholdForF1(parts.Validation),
            calibrated.WithThreshold(parts.Validation, new MistakeCost(1, 4)),
        ];
        foreach (var pipeline in all)
        {
            pipeline.Save(folder["p.safetensors"]).OrThrow();
            var loaded = Pipeline.Load(folder["p.safetensors"]).OrThrow();
            Assert.Equal(pipeline, loaded);
            Assert.True(loaded.Verify(parts.Training, tunedOn: parts.Validation).IsSame);
            Assert.Contains("was tuned on rows that were not given", loaded.Verify(parts.Training).Reason, StringComparison.Ordinal);
            var other = loaded.Verify(parts.Training, tunedOn: parts.Test);
            Assert.False(other.IsSame);
            Assert.Contains("are others: their hash is", other.Reason, StringComparison.Ordinal);
        }

        var apart = trained.Calibrated(parts.Test).WithThresholdForF1(parts.Validation);
        Assert.True(apart.Verify(parts.Training, tunedOn: parts.Validation, calibratedOn: parts.Test).IsSame);

        // A number that was changed afterwards.
        var forged = all[2] with { Decision = all[2].Decision with { Threshold = all[2].Decision.Threshold + 1e-9 } };
        Assert.Contains("tuning anew gave", forged.Verify(parts.Training, tunedOn: parts.Validation).Reason, StringComparison.Ordinal);
        var byHand = trained with { Temperature = 1.5, Decision = new Decision(0.25) };
        Assert.Contains("the temperature was set by hand; the threshold was set by hand", byHand.Verify(parts.Training).Reason,
            StringComparison.Ordinal);
        Assert.True(byHand.Verify(parts.Training).IsSame);

        // What a threshold was taken from changes no prediction, and not the version to serve by.
        Assert.Equal((all[2] with { Decision = new Decision(all[2].Decision.Threshold, all[2].Decision.Reason) }).ContentHash(),
            all[2].ContentHash());
    }

    private (Pipeline<float> Fresh, TableParts Parts) Fresh()
    {
        var table = Table.Read(folder.Write("c.csv", Encoding.UTF8.GetBytes(Customers.Csv(200, 3)))).OrThrow();
        var parts = table.Split("churned", 0.2, 0.2, seed: 1);
        var encoding = TableRecipe.Propose(parts.Training, "churned").OrThrow().Fit(parts.Training).OrThrow();
        return (Pipeline.Of(encoding, [new Dense(4), new Relu()], seed: 3), parts);
    }
}
