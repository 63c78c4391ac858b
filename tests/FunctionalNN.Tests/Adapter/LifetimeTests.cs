using FsCheck.Xunit;
using Xunit.Abstractions;

namespace FunctionalNN.Tests.Adapter;

public class LifetimeTests
{
    [Fact]
    public async Task One_instance_lives_through_all_tests_of_a_property()
    {
        var run = await PropertyRun.Of<Samples.Living>(nameof(Samples.Living.Holds));

        Assert.True(run.Passed);
        Assert.Equal(["constructed", "initialised", "called", "called", "disposed later", "disposed"], run.Output);
    }

    [Fact]
    public async Task A_failing_property_is_disposed_too()
    {
        var run = await PropertyRun.Of<Samples.Living>(nameof(Samples.Living.Fails));

        Assert.False(run.Passed);
        Assert.Equal(["constructed", "initialised", "disposed later", "disposed"], run.Output);
    }

    [Fact]
    public async Task A_constructor_that_throws_fails_the_property()
        => Assert.Contains("from the constructor", (await PropertyRun.Of<Samples.Stillborn>(nameof(Samples.Stillborn.Holds))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Class_fixtures_are_given()
        => Assert.True((await PropertyRun.Of<Samples.Fixed>(nameof(Samples.Fixed.Holds))).Passed);

    internal static class Samples
    {
        public sealed class Living : IAsyncLifetime, IDisposable
        {
            private readonly ITestOutputHelper output;

            public Living(ITestOutputHelper output)
            {
                this.output = output;
                output.WriteLine("constructed");
            }

            public async Task InitializeAsync()
            {
                await Task.Yield();
                output.WriteLine("initialised");
            }

            [Property(MaxTest = 2, QuietOnSuccess = true)]
            public void Holds(int a) => output.WriteLine(a == a + 0 ? "called" : "never");

            [Property]
            public bool Fails(int a) => a != a + 0;

            public async Task DisposeAsync()
            {
                await Task.Yield();
                output.WriteLine("disposed later");
            }

            public void Dispose() => output.WriteLine("disposed");
        }

        public sealed class Stillborn
        {
            public Stillborn() => throw new InvalidOperationException("from the constructor");

            [Property]
            public bool Holds(int a) => a == a + 0;
        }

        public sealed class Fixed(Counter seen) : IClassFixture<Counter>
        {
            [Property(MaxTest = 3)]
            public bool Holds(int a) => ++seen.Count <= 3 && a == a + 0;
        }

        public sealed class Counter
        {
            public int Count { get; set; }
        }
    }
}
