namespace FunctionalNN.Tests;

/// <summary>What stands at the path that something is saved to: a link is written through, permissions stay, and what may not be replaced
/// is not.</summary>
public sealed class SavingTests : IDisposable
{
    private static readonly Model<float> Any = new Network(2, [new Dense(2), new Softmax()]).Initialize(1);
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Writers => [.. Writing.Keys];

    private static Dictionary<string, Func<string, string?>> Writing { get; } = new()
    {
        ["model"] = path => FaultOf(Any.Save(path)),
        ["state"] = path => FaultOf(Any.Train(new Adam()).Save(path)),
        ["onnx"] = path => FaultOf(Any.SaveOnnx(path)),
        ["safetensors"] = path => FaultOf(SafeTensorsFile.Write(path, new SafeTensors([]))),
        ["npy"] = path => FaultOf(NumPyFile.Write(path, NumPyArray.Of<float>([1, 2], 2))),
        ["npz"] = path => FaultOf(new NumPyArchive(("x", NumPyArray.Of<float>([1, 2], 2))).Write(path)),
        ["idx"] = path => FaultOf(IdxFile.Write(path, new IdxArray(new byte[] { 7 }, 1))),
        ["figure"] =
            path => Figure.LearningCurves([.. Any.Train(new Adam())
                .Epochs(Generate.Moons(10, 0.1, 1).FullBatch(), new CategoricalCrossEntropy()).Take(2)]).Save(path)
                    .Match(_ => "", error => error.Message) is { Length: > 0 } fault ? fault : null,
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Writers))]
    public void A_link_is_written_through(string writer)
    {
        var target = folder.WriteText("kept", "old");
        File.CreateSymbolicLink(folder["middle"], "kept");
        File.CreateSymbolicLink(folder["latest"], folder["middle"]);
        Assert.Null(Writing[writer](folder["latest"]));
        Assert.Equal(folder["middle"], new FileInfo(folder["latest"]).LinkTarget);
        Assert.Equal("kept", new FileInfo(folder["middle"]).LinkTarget);
        Assert.NotEqual("old", File.ReadAllText(target));
        Assert.Equal(["kept", "latest", "middle"], folder.Entries);
    }

    [Fact]
    public void A_link_to_what_is_not_there_yet_makes_it()
    {
        File.CreateSymbolicLink(folder["latest"], "run/first");
        Any.Save(folder["latest"]).OrThrow();
        Assert.Equal(Any, Model.Load<float>(folder["run/first"]).OrThrow());
        File.CreateSymbolicLink(folder["a"], "b");
        File.CreateSymbolicLink(folder["b"], "a");
        Assert.StartsWith($"{folder["a"]} cannot be written: ", FaultOf(Any.Save(folder["a"])), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void Permissions_stay_and_what_is_read_only_is_kept(string writer)
    {
        var path = folder.WriteText("a", "old");
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(path, Mode);
            Assert.Null(Writing[writer](path));
            Assert.Equal(Mode, File.GetUnixFileMode(path));
        }

        File.WriteAllText(path, "old");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        var fault = Writing[writer](path);
        Assert.Contains($"{path} cannot be written: the file that is there is read-only: allow writing to it, or choose another name",
            fault, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a"], folder.Entries);
        File.SetAttributes(path, FileAttributes.Normal);
        Assert.Null(Writing[writer](path));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void A_folder_is_not_replaced(string writer)
    {
        Directory.CreateDirectory(folder["a"]);
        Assert.Contains("is a folder", Writing[writer](folder["a"]), StringComparison.Ordinal);
        Assert.True(Directory.Exists(folder["a"]));
    }

    private static string? FaultOf(LanguageExt.Either<LanguageExt.Common.Error, LanguageExt.Unit> result) =>
        result.Match(_ => "", error => error.Message) is { Length: > 0 } fault ? fault : null;
}
