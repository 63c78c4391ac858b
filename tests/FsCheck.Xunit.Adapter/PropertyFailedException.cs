namespace FsCheck.Xunit;

/// <summary>
/// A property was falsified or exhausted. The message has the arguments as generated and as shrunk, and the numbers for
/// <see cref="PropertyAttribute.Replay"/>: those of the whole run, and those of the test that failed.
/// </summary>
public sealed class PropertyFailedException : Exception
{
    internal PropertyFailedException(TestResult result)
        : base(Environment.NewLine + Describe(result).TrimEnd(), (result as TestResult.Failed)?.Item4 is Outcome.Failed { Item: var cause } ? cause : null)
    {
    }

    // onFinishedToString would spell out the exception too, which xunit does for an inner exception.
    private static string Describe(TestResult result)
        => result is TestResult.Failed { Item1: var data, Item2: var original, Item3: var shrunk, Item5: var seed, Item6: var lastSeed, Item7: var lastSize }
            ? Runner.onFailureToString("", data, original, shrunk, seed, lastSeed, lastSize)
            : Runner.onFinishedToString("", result);
}
