using System.Reflection;
using Microsoft.FSharp.Core;

namespace FsCheck.Xunit;

/// <summary>What the attributes say; null is unsaid.</summary>
internal sealed record PropertySettings
{
    public int? MaxTest { get; init; }
    public int? MaxRejected { get; init; }
    public int? StartSize { get; init; }
    public int? EndSize { get; init; }
    public string? Replay { get; init; }
    public int? Parallelism { get; init; }
    public bool? Verbose { get; init; }
    public bool? QuietOnSuccess { get; init; }
    public Type[] Arbitrary { get; init; } = [];

    /// <summary>The settings of a test method, completed by its class, the classes around that, and the assembly.</summary>
    public static PropertySettings Of(Type testClass, MethodInfo testMethod)
        => Enclosing(testClass)
            .Prepend(testMethod.GetCustomAttribute<PropertyAttribute>())
            .OfType<PropertyAttribute>()
            .Select(attribute => attribute.Settings)
            .Aggregate((inner, outer) => inner.Over(outer));

    public Config ToConfig(IRunner runner)
    {
        var config = Verbose ?? false ? Config.Verbose : Config.Quick;
        return config
            .WithRunner(runner)
            .WithMaxTest(MaxTest ?? config.MaxTest)
            .WithMaxRejected(MaxRejected ?? config.MaxRejected)
            .WithStartSize(StartSize ?? config.StartSize)
            .WithEndSize(EndSize ?? config.EndSize)
            .WithQuietOnSuccess(QuietOnSuccess ?? config.QuietOnSuccess)
            .WithReplay(string.IsNullOrEmpty(Replay) ? FSharpOption<Replay>.None : ReplaySeed.Parse(Replay))
            .WithParallelRunConfig(Parallelism is { } degree ? new ParallelRunConfig(degree) : FSharpOption<ParallelRunConfig>.None)
            .WithArbitrary(Arbitrary);
    }

    private PropertySettings Over(PropertySettings outer)
        => new()
        {
            MaxTest = MaxTest ?? outer.MaxTest,
            MaxRejected = MaxRejected ?? outer.MaxRejected,
            StartSize = StartSize ?? outer.StartSize,
            EndSize = EndSize ?? outer.EndSize,
            Replay = Replay ?? outer.Replay,
            Parallelism = Parallelism ?? outer.Parallelism,
            Verbose = Verbose ?? outer.Verbose,
            QuietOnSuccess = QuietOnSuccess ?? outer.QuietOnSuccess,
            Arbitrary = [.. Arbitrary, .. outer.Arbitrary],
        };

    private static IEnumerable<PropertyAttribute?> Enclosing(Type testClass)
    {
        for (var type = testClass; type is not null; type = type.DeclaringType)
            yield return type.GetCustomAttribute<PropertiesAttribute>();

        yield return testClass.Assembly.GetCustomAttribute<PropertiesAttribute>();
    }
}
