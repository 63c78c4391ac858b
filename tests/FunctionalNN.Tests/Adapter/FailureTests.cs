using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit.Sdk;

namespace FunctionalNN.Tests.Adapter;

public class FailureTests
{
    [Fact]
    public async Task Arguments_are_shrunk_and_both_replays_are_told()
    {
        var message = (await PropertyRun.Of<Samples.Broken>(nameof(Samples.Broken.Less_than_ten))).Message;

        Assert.Matches(@"Falsifiable, after \d+ tests? \([1-9]\d* shrinks?\) \(\d+,\d+\)", message);
        Assert.Matches(@"Replay directly at failing step with \(\d+,\d+,\d+\)", message);
        Assert.Matches(@"Shrunk:\s+10\s", message);
    }

    [Fact]
    public async Task Records_are_generated_and_shrunk_without_registration()
        => Assert.Matches(@"Shrunk:\s+Point \{ X = 0, Y = 10 \}", (await PropertyRun.Of<Samples.Broken>(nameof(Samples.Broken.Low_points))).Message);

    [Fact]
    public async Task The_exception_is_the_cause()
    {
        var failure = (await PropertyRun.Of<Samples.Broken>(nameof(Samples.Broken.Throws))).Failure;

        Assert.Equal(typeof(PropertyFailedException).FullName, failure.ExceptionTypes[0]);
        Assert.Equal(typeof(InvalidTimeZoneException).FullName, failure.ExceptionTypes[1]);
        Assert.Equal("from the property", failure.Messages[1]);
    }

    [Fact]
    public async Task Labels_are_told()
        => Assert.Contains("too large", (await PropertyRun.Of<Samples.Broken>(nameof(Samples.Broken.Labelled))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Exhausted_is_failed()
        => Assert.Contains("Arguments exhausted after 0 tests", (await PropertyRun.Of<Samples.Broken>(nameof(Samples.Broken.Rejects))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Arguments_that_cannot_be_generated_fail()
        => Assert.Contains("IDisposable", (await PropertyRun.Of<Samples.Broken>(nameof(Samples.Broken.Not_generated))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Skipped_does_not_run()
    {
        var skipped = Assert.Single((await PropertyRun.Of<Samples.Broken>(nameof(Samples.Broken.Skipped))).Messages.OfType<TestSkipped>());

        Assert.Equal("not today", skipped.Reason);
        Assert.Equal("a name", skipped.Test.DisplayName);
    }

    [Fact]
    public async Task A_test_case_survives_serialisation()
    {
        var testCase = PropertyRun.Discover(typeof(Samples.Broken), nameof(Samples.Broken.Less_than_ten));
        var copy = SerializationHelper.Deserialize<IXunitTestCase>(SerializationHelper.Serialize(testCase));

        Assert.Equal(testCase.UniqueID, copy.UniqueID);
        Assert.Matches(@"Shrunk:\s+10\s", (await PropertyRun.Of(copy)).Message);
    }

    public record Point(int X, int Y);

    internal static class Samples
    {
        public sealed class Broken
        {
            [Property(Replay = "1,3", StartSize = 100)]
            public bool Less_than_ten(int a) => a < 10;

            [Property(Replay = "1,3", StartSize = 100)]
            public bool Low_points(Point point) => point.Y < 10;

            [Property]
            public void Throws(int a) => throw new InvalidTimeZoneException("from the property");

            [Property(Replay = "1,3", StartSize = 100)]
            public Property Labelled(int a) => (a < 10).Label("too large");

            [Property]
            public Property Rejects(int a) => true.When(a != a + 0);

            [Property]
            public bool Not_generated(IDisposable disposable) => disposable is not null;

            [Property(Skip = "not today", DisplayName = "a name")]
            public bool Skipped(int a) => a != a + 0;
        }
    }
}
