namespace FunctionalNN.Tests;

/// <summary>What takes a process of its own: vectors of another width, and threads that nobody else uses.</summary>
[Trait("Duration", "Long")]
public class ProcessLaws
{
    private static readonly Lazy<Task<string[]>> Usual = new(() => ChildProcess.Run("fingerprints 1"));

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 1)]
    [InlineData("DOTNET_EnableAVX2", 2)]
    [InlineData("DOTNET_EnableHWIntrinsic", 1)]
    public async Task Narrower_vectors_give_the_same_bits(string setting, int threads)
    {
        var usual = await Usual.Value;
        var narrow = await ChildProcess.Run($"fingerprints {threads}", (setting, "0"));
        Assert.True(usual[0].StartsWith("0 bits", StringComparison.Ordinal) || setting.EndsWith("512", StringComparison.Ordinal)
            && !usual[0].StartsWith("512", StringComparison.Ordinal) || narrow[0] != usual[0], $"{setting}=0 changed nothing: {narrow[0]}");
        Assert.True(usual.Length > LayerGenerators.Table.Count * LossGenerators.Table.Count);
        Assert.Equal(usual.Skip(1), narrow.Skip(1));
    }

    [Fact]
    public async Task Another_process_gives_the_same_bits() =>
        Assert.Equal((await Usual.Value).Skip(1), Fingerprints.Lines(threads: 3));

    [Fact]
    public async Task Threads_without_work_sleep() => Assert.Equal("True", (await ChildProcess.Run("rest 4"))[0]);
}
