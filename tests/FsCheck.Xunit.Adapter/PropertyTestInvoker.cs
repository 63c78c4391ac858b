using System.Reflection;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>
/// Calls the method through FsCheck, on one instance of the test class for all of its tests.
/// The instance, its lifetime and the attributes around a test stay xunit's.
/// </summary>
internal sealed class PropertyTestInvoker(
    ITestOutputHelper output,
    ITest test,
    IMessageBus messageBus,
    Type testClass,
    object[] constructorArguments,
    MethodInfo testMethod,
    IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellationTokenSource)
    : XunitTestInvoker(test, messageBus, testClass, constructorArguments, testMethod, [], beforeAfterAttributes, aggregator, cancellationTokenSource)
{
    // Not CallTestMethod: xunit compares the number of arguments before it comes to that.
    protected override async Task<decimal> InvokeTestMethodAsync(object testClassInstance)
    {
        // FsCheck blocks while it waits for a property that is a task, so it gets a thread of its own: not xunit's, which
        // the task may need to go on, nor the pool's, which is small.
        await Aggregator.RunAsync(() => Timer.AggregateAsync(() => Task.Factory.StartNew(
            () => Run(testClassInstance),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        return Timer.Total;
    }

    private void Run(object? testClassInstance)
    {
        if (TestCase.InitializationException is { } exception)
            throw exception;

        var recorder = new ResultRecorder(output);
        var settings = PropertySettings.Of(TestClass, TestMethod);
        Check.Method(settings.ToConfig(recorder), TestMethod, testClassInstance is null ? null : FSharpOption<object>.Some(testClassInstance));
        recorder.ThrowUnlessPassed();
    }
}
