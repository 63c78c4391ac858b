using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN.Tests;

/// <summary>
/// Files that were written once: by the library as it was with version 1 of the format, and by NumPy. They are read for ever; a new version
/// of the format adds a file here.
/// </summary>
public sealed class StoredFixtureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The state in version1.safetensors: of everything a little, and no number that a computation could change.</summary>
    public static TrainingState<float> State { get; } = Create();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Version_1_is_read()
    {
        var loaded = TrainingState.Load<float>(Fixture("version1.safetensors")).Good();
        StateBits.AssertSame(State, loaded);
        Assert.Equal(State, loaded);
        Assert.Equal(State.Recipe, loaded.Recipe);
        Assert.Equal("cat dog", string.Join(' ', loaded.Model.LabelNames));
    }

    [Fact]
    public void Version_1_is_what_is_written_still()
    {
        State.Save(folder["now"]).Good();
        Assert.True(Content(Fixture("version1.safetensors")).Equals(Content(folder["now"])),
            "the same state gives another file than it did: if the format has changed, raise StoredModel.Version and add a fixture");
    }

    [Fact]
    public void A_file_of_another_program_is_read()
    {
        var content = SafeTensorsFile.Read(Fixture("numpy.safetensors")).Good();
        Assert.Equal("pt ü \"quoted\"", $"{content.Metadata["format"]} {content.Metadata["said"]}");
        foreach (var name in (string[])["U8", "I8", "I16", "U16", "F16", "I32", "U32", "F32", "F64", "I64", "U64"])
        {
            Assert.Equal(Matrix.Create<double>(2, 3, [0, 3, 6, 2, 5, 1]), content[name].ToMatrix<double>());
        }

        Assert.Equal([-1.5f, float.Epsilon], content["negative"].ToNumbers<float>());
        Assert.Equal(7, content["scalar"].ToMatrix<double>()[0, 0]);
        Assert.Equal("empty: 0 × 3 of F64", content["empty"].ToString());
    }

    [PythonFact("numpy")]
    public void NumPy_reads_what_is_written()
    {
        State.Save(folder["now"]).Good();
        var output = Python.Run("numpy", File.ReadAllText(Fixture("safetensors.py")), "read", folder["now"]);
        var expected = SafeTensorsFile.Read(folder["now"]).Good().Tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)
            .Select(tensor =>
                string.Create(CultureInfo.InvariantCulture,
                    $"{tensor.Name} float32 [{string.Join(", ", tensor.Shape)}] {Number(tensor.ToNumbers<double>().Sum())} "
                        + $"{Number(tensor.ToNumbers<double>()[^1])}"));
        Assert.Equal([.. expected, "2 ReduceOnPlateau"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>All but the version of the library.</summary>
    private static SafeTensors Content(string path)
    {
        var content = SafeTensorsFile.Read(path).Good();
        return new SafeTensors(content.Tensors, content.Metadata.Remove("FunctionalNN"));
    }

    private static string Number(double value) => value.ToString("0.0##########", CultureInfo.InvariantCulture);

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "stored", name);

    private static TrainingState<float> Create()
    {
        var network =
            new Network(2,
                [new Dense(3) { Name = "first", WeightPenalty = Penalty.L2(1e-3), WeightConstraint = Constraint.MaxNorm(3) },
                    new BatchNormalization(), new Relu(), new Residual(new Dense(3), new Tanh()), new Dense(2), new Softmax()]);
        var optimizer = new Adam(new LinearWarmUp(0.1, 5).Then(5, 0.1)) { AmsGrad = true }.ClipByGlobalNorm(1)
            .ReduceOnPlateau() with
        { Progress = new PlateauProgress(0.1, 0.25, 1) };
        var moments = Enumerable.Range(1, optimizer.MomentCount).Select(i => Numbers(network.ParameterLayout, 0.5f * i));
        return new TrainingState<float>
        {
            Model = new Model<float>(network, Numbers(network.ParameterLayout, 0.125f),
                Numbers(network.StatisticLayout, 1))
            { LabelNames = ["cat", "dog"] },
            Optimizer = optimizer,
            Moments = new Moments<float>(optimizer.MomentKind, 2, [.. moments]),
            Key = new Key(ulong.MaxValue - 1),
            Step = 42,
            Epoch = 7,
            Objective = new CategoricalCrossEntropy { LabelSmoothing = 0.1 },
            Training = new Metrics(60, 12.25, 0.1, 50, 60),
            Validation = new Metrics(20, 5.5, 0, 15, 20),
            Divergence = new Divergence(42, "first", "weights gradient", 3, double.NaN) { Rows = [17, 4] },
            Stopped = "best state",
            Origin =
                new RecipeOrigin(() =>
                    new Recipe(3, new Adam(), new CategoricalCrossEntropy(), 16, true,
                        [new RandomNoise(0.5), new RandomShift(new ImageSize(1, 2), 1)], new string('a', 64), null)),
        };
    }

    private static ParameterVector<float> Numbers(Layout layout, float factor) =>
        new(layout, Enumerable.Range(0, layout.Count).Select(i => factor * (i - 3)).ToArray());
}
