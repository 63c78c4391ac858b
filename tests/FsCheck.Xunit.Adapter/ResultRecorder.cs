using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace FsCheck.Xunit;

/// <summary>Takes what FsCheck reports: talk goes to the test's output, the result is kept.</summary>
internal sealed class ResultRecorder(ITestOutputHelper output) : IRunner
{
    private TestResult? result;

    public void OnStartFixture(Type type)
    {
    }

    public void OnArguments(int test, FSharpList<object> arguments, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> describe)
        => Write(describe.Invoke(test).Invoke(arguments));

    public void OnShrink(FSharpList<object> arguments, FSharpFunc<FSharpList<object>, string> describe)
        => Write(describe.Invoke(arguments));

    public void OnFinished(string name, TestResult testResult)
    {
        result = testResult;
        if (testResult.IsPassed)
            Write(Runner.onFinishedToString(name, testResult));
    }

    public void ThrowUnlessPassed()
    {
        if (result is not TestResult.Passed)
            throw new PropertyFailedException(result ?? throw new InvalidOperationException("FsCheck reported no result."));
    }

    private void Write(string text)
    {
        if (text.Length > 0)
            output.WriteLine(text.TrimEnd());
    }
}
