using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Xunit.Abstractions;

namespace FunctionalNN.Tests.Adapter;

public partial class ReplayTests
{
    [Fact]
    public async Task The_same_seed_generates_the_same_arguments()
    {
        var first = await PropertyRun.Of<Samples.Writes>(nameof(Samples.Writes.Seeded));
        var second = await PropertyRun.Of<Samples.Writes>(nameof(Samples.Writes.Seeded));
        var other = await PropertyRun.Of<Samples.Writes>(nameof(Samples.Writes.Seeded_otherwise));

        Assert.Equal(100, first.Output.Length);
        Assert.Equal(first.Output, second.Output);
        Assert.NotEqual(first.Output, other.Output);
    }

    [Fact]
    public async Task Without_a_seed_runs_differ()
        => Assert.NotEqual(
            (await PropertyRun.Of<Samples.Writes>(nameof(Samples.Writes.Unseeded))).Output,
            (await PropertyRun.Of<Samples.Writes>(nameof(Samples.Writes.Unseeded))).Output);

    [Fact]
    public async Task The_replays_that_a_failure_tells_find_it_again()
    {
        var original = (await PropertyRun.Of<Samples.Small>(nameof(SumsAreSmall.Holds))).Message;
        var replays = Numbers().Matches(original).Select(match => match.Value).ToList();
        var whole = (await Replay(replays[0])).Message;
        var step = (await Replay(replays[^1])).Message;

        Assert.Equal(original, whole);
        Assert.DoesNotContain("Falsifiable, after 1 test ", whole, StringComparison.Ordinal);
        Assert.Contains("Falsifiable, after 1 test ", step, StringComparison.Ordinal);
        Assert.Equal(Arguments(original), Arguments(step));
    }

    [Theory]
    [InlineData("1,2")]
    [InlineData("1")]
    [InlineData("1,3,4,5")]
    [InlineData("one,three")]
    [InlineData("-1,3")]
    public async Task Unusable_replays_fail_and_are_repeated(string replay)
        => Assert.Contains($"\"{replay}\"", (await Replay(replay)).Message, StringComparison.Ordinal);

    private static Task<PropertyRun> Replay(string replay)
        => PropertyRun.Of(PropertyRun.InAssembly<SumsAreSmall>(nameof(PropertyAttribute.Replay), replay), nameof(SumsAreSmall.Holds));

    private static string Arguments(string message)
        => message[message.IndexOf("Original:", StringComparison.Ordinal)..];

    [GeneratedRegex(@"\(\d+,\d+(,\d+)?\)")]
    private static partial Regex Numbers();

    public abstract class SumsAreSmall
    {
        [Property(StartSize = 50)]
        public bool Holds(int[] numbers) => numbers.Sum(number => (long)number) < 50;
    }

    internal static class Samples
    {
        [Properties(Replay = "1,3")]
        public sealed class Small : SumsAreSmall;

        public sealed class Writes(ITestOutputHelper output)
        {
            [Property(Replay = "17,29", QuietOnSuccess = true)]
            public void Seeded(int a, double b) => output.WriteLine($"{a} {b}");

            [Property(Replay = "(18,29)", QuietOnSuccess = true)]
            public void Seeded_otherwise(int a, double b) => output.WriteLine($"{a} {b}");

            [Property(QuietOnSuccess = true)]
            public void Unseeded(int a, double b) => output.WriteLine($"{a} {b}");
        }
    }
}
