using Xunit.Abstractions;

namespace FunctionalNN.Tests;

/// <summary>What other programs make of our files: the ONNX checker, and ONNX Runtime.</summary>
public sealed class OnnxRuntimeTests(OnnxRuntimeTests.Files files, ITestOutputHelper output) : IClassFixture<OnnxRuntimeTests.Files>
{
    /// <summary>It infers no count of rows behind a Resize where that is free.</summary>
    [OnnxCheckerFact]
    public void The_checker_passes_every_file_and_infers_its_shapes() => Nothing(
        files.Models.CheckerFaults().Where(fault => !(fault.StartsWith("Upsampling", StringComparison.Ordinal)
            && fault.Contains(": inferred", StringComparison.Ordinal))));

    [Fact]
    public void ONNX_Runtime_gives_our_outputs_to_1e_5()
    {
        var runs = files.Models.Runs().ToArray();
        output.WriteLine(OnnxMatrix.Table(runs));
        Nothing(runs.Where(run => run.Fault is not null && !run.Case.IsDouble)
            .Select(run => $"{run.Case.Group}, {run.Column}: {run.Fault}"));
        Nothing(runs.Where(run => run.Difference > 1e-5)
            .Select(run => $"{run.Case.Group}, {run.Column}: {run.Difference}{Environment.NewLine}{run.Case.Model}"));
        Assert.All(runs, run => Assert.True(run.HasSameClasses));
    }

    private static void Nothing(IEnumerable<string> faults) => Assert.True(!faults.Any(), string.Join(Environment.NewLine, faults));

    /// <summary>Written once for both programs.</summary>
    public sealed class Files : IDisposable
    {
        private readonly Lazy<OnnxMatrix> models = new(() => new OnnxMatrix(OnnxCase.Many(each: 1, random: 12, seed: 1)));

        internal OnnxMatrix Models => models.Value;

        public void Dispose()
        {
            if (models.IsValueCreated)
            {
                models.Value.Dispose();
            }
        }
    }
}
