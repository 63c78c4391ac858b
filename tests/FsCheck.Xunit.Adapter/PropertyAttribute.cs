using Xunit;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>
/// Runs the method as a property: FsCheck generates its arguments, many times over, and shrinks those that break it.
/// The method may return void, bool, Task, Task&lt;bool&gt; or Property.
/// </summary>
/// <remarks>
/// What is not set here comes from the nearest <see cref="PropertiesAttribute"/>, and failing that from FsCheck.
/// <c>Skip</c> and <c>DisplayName</c> work as on a fact; <c>Timeout</c> has no effect.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("FsCheck.Xunit.PropertyDiscoverer", "FsCheck.Xunit.Adapter")]
public class PropertyAttribute : FactAttribute
{
    internal PropertySettings Settings { get; private set; } = new();

    /// <summary>How many times the property must hold.</summary>
    public int MaxTest
    {
        get => Settings.MaxTest ?? Config.Default.MaxTest;
        init => Settings = Settings with { MaxTest = value };
    }

    /// <summary>How many arguments a precondition may reject before the property counts as exhausted, that is failed.</summary>
    public int MaxRejected
    {
        get => Settings.MaxRejected ?? Config.Default.MaxRejected;
        init => Settings = Settings with { MaxRejected = value };
    }

    /// <summary>The size of the first test's arguments; it grows evenly to <see cref="EndSize"/>.</summary>
    public int StartSize
    {
        get => Settings.StartSize ?? Config.Default.StartSize;
        init => Settings = Settings with { StartSize = value };
    }

    /// <summary>The size of the last test's arguments.</summary>
    public int EndSize
    {
        get => Settings.EndSize ?? Config.Default.EndSize;
        init => Settings = Settings with { EndSize = value };
    }

    /// <summary>
    /// The numbers that a failure printed: <c>"seed,gamma"</c> runs the same tests again from the first,
    /// <c>"seed,gamma,size"</c> starts at the one that failed. Parentheses are allowed.
    /// </summary>
    public string? Replay
    {
        get => Settings.Replay;
        init => Settings = Settings with { Replay = value };
    }

    /// <summary>How many tests run at once; one unless set.</summary>
    public int Parallelism
    {
        get => Settings.Parallelism ?? 1;
        init => Settings = Settings with { Parallelism = value };
    }

    /// <summary>Writes the arguments of every test and of every shrink to the test's output.</summary>
    public bool Verbose
    {
        get => Settings.Verbose ?? false;
        init => Settings = Settings with { Verbose = value };
    }

    /// <summary>Keeps FsCheck's summary of a property that holds out of the test's output.</summary>
    public bool QuietOnSuccess
    {
        get => Settings.QuietOnSuccess ?? Config.Default.QuietOnSuccess;
        init => Settings = Settings with { QuietOnSuccess = value };
    }

    /// <summary>
    /// Types whose static members return the <c>Arbitrary&lt;T&gt;</c>s to use. An earlier type goes before a later one,
    /// and all of them before those of the enclosing <see cref="PropertiesAttribute"/>s.
    /// </summary>
    public Type[] Arbitrary
    {
        get => Settings.Arbitrary;
        init => Settings = Settings with { Arbitrary = value };
    }
}
