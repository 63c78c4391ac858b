using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit.Abstractions;

namespace FunctionalNN.Tests.Adapter;

public class SettingsTests
{
    [Theory]
    [InlineData(typeof(Samples.Outer), nameof(Samples.Outer.Common), 7)]
    [InlineData(typeof(Samples.Outer), nameof(Samples.Outer.Own), 3)]
    [InlineData(typeof(Samples.Outer.Inner), nameof(Samples.Outer.Inner.Common), 7)]
    [InlineData(typeof(Samples.Outer.Nearer), nameof(Samples.Outer.Nearer.Common), 5)]
    public async Task The_nearest_attribute_decides(Type sample, string method, int tests)
        => Assert.Equal([$"Ok, passed {tests} tests."], (await PropertyRun.Of(sample, method)).Output);

    [Fact]
    public async Task The_assembly_comes_last()
    {
        var sample = PropertyRun.InAssembly<Counted>(nameof(PropertyAttribute.MaxTest), 11);

        Assert.Equal(["Ok, passed 11 tests."], (await PropertyRun.Of(sample, nameof(Counted.Common))).Output);
        Assert.Equal(["Ok, passed 3 tests."], (await PropertyRun.Of(sample, nameof(Counted.Own))).Output);
    }

    [Fact]
    public async Task Arbitraries_add_up_and_the_nearest_wins()
    {
        Assert.Equal(["1 a", "1 a"], (await PropertyRun.Of<Samples.Given>(nameof(Samples.Given.By_the_class))).Output);
        Assert.Equal(["2 a", "2 a"], (await PropertyRun.Of<Samples.Given>(nameof(Samples.Given.By_both))).Output);
    }

    [Fact]
    public async Task Generic_arbitraries_are_applied_to_their_argument()
        => Assert.True((await PropertyRun.Of<Samples.Boxed>(nameof(Samples.Boxed.Holds))).Passed);

    [Fact]
    public async Task Sizes_bound_the_arguments()
    {
        var small = (await PropertyRun.Of<Samples.Sized>(nameof(Samples.Sized.Small))).Output.Select(Number);
        var large = (await PropertyRun.Of<Samples.Sized>(nameof(Samples.Sized.Large))).Output.Select(Number);

        Assert.All(small, number => Assert.InRange(number, -2, 2));
        Assert.Contains(large, number => Math.Abs(number) > 100);
    }

    [Fact]
    public async Task Rejections_are_counted()
        => Assert.Equal(3, (await PropertyRun.Of<Samples.Sized>(nameof(Samples.Sized.Rejecting))).Output.Length);

    [Fact]
    public async Task Verbose_writes_the_arguments_and_a_summary()
    {
        var output = (await PropertyRun.Of<Samples.Talking>(nameof(Samples.Talking.Verbose))).Output;

        Assert.Contains("0:", output);
        Assert.Contains("1:", output);
        Assert.Equal("Ok, passed 2 tests.", output[^1]);
    }

    [Fact]
    public async Task Otherwise_only_the_summary_is_written()
        => Assert.Equal(["Ok, passed 100 tests."], (await PropertyRun.Of<Samples.Talking>(nameof(Samples.Talking.Plain))).Output);

    [Fact]
    public async Task Parallel_tests_overlap()
        => Assert.True((await PropertyRun.Of<Samples.Parallel>(nameof(Samples.Parallel.Meets))).Passed);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    public abstract class Counted
    {
        [Property]
        public bool Common(int a) => a == a + 0;

        [Property(MaxTest = 3)]
        public bool Own(int a) => a == a + 0;
    }

    internal static class Samples
    {
        [Properties(MaxTest = 7)]
        public sealed class Outer : Counted
        {
            public sealed class Inner : Counted;

            [Properties(MaxTest = 5)]
            public sealed class Nearer : Counted;
        }

        [Properties(Arbitrary = [typeof(Ones), typeof(Letters)])]
        public sealed class Given(ITestOutputHelper output)
        {
            [Property(MaxTest = 2, QuietOnSuccess = true)]
            public void By_the_class(int a, char b) => output.WriteLine($"{a} {b}");

            [Property(MaxTest = 2, QuietOnSuccess = true, Arbitrary = [typeof(Twos), typeof(Ones)])]
            public void By_both(int a, char b) => output.WriteLine($"{a} {b}");
        }

        [Properties(Arbitrary = [typeof(Boxes), typeof(Ones)])]
        public sealed class Boxed
        {
            [Property]
            public bool Holds(Box<int> number, Box<string> text) => number is { Content: 1, Maker: nameof(Boxes) } && text.Maker == nameof(Boxes);
        }

        public sealed class Sized(ITestOutputHelper output)
        {
            [Property(StartSize = 0, EndSize = 2, QuietOnSuccess = true)]
            public void Small(int a) => output.WriteLine($"{a}");

            [Property(StartSize = 5000, EndSize = 5000, QuietOnSuccess = true)]
            public void Large(int a) => output.WriteLine($"{a}");

            [Property(MaxRejected = 3)]
            public Property Rejecting(int a)
            {
                output.WriteLine($"{a}");
                return true.When(a != a + 0);
            }
        }

        public sealed class Talking
        {
            [Property(MaxTest = 2, Verbose = true)]
            public bool Verbose(int a) => a == a + 0;

            [Property]
            public bool Plain(int a) => a == a + 0;
        }

        public sealed class Parallel : IDisposable
        {
            private readonly Barrier both = new(2);

            [Property(MaxTest = 2, Parallelism = 2)]
            public bool Meets(int a) => both.SignalAndWait(TimeSpan.FromSeconds(30)) && a == a + 0;

            public void Dispose() => both.Dispose();
        }

        public sealed record Box<T>(T Content, string Maker);

        public static class Ones
        {
            public static Arbitrary<int> Int32() => Gen.Constant(1).ToArbitrary();
        }

        public static class Twos
        {
            public static Arbitrary<int> Int32() => Gen.Constant(2).ToArbitrary();
        }

        public static class Letters
        {
            public static Arbitrary<char> Char() => Gen.Constant('a').ToArbitrary();
        }

        public static class Boxes
        {
            public static Arbitrary<Box<T>> Box<T>(Arbitrary<T> contents)
                => contents.Generator.Select(content => new Box<T>(content, nameof(Boxes))).ToArbitrary();
        }
    }
}
