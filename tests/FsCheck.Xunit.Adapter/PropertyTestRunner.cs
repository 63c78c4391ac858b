using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>Gives the property an output to write to, shared with the test class if that asks for one.</summary>
internal sealed class PropertyTestRunner(
    ITest test,
    IMessageBus messageBus,
    Type testClass,
    object[] constructorArguments,
    MethodInfo testMethod,
    string skipReason,
    IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellationTokenSource)
    : XunitTestRunner(test, messageBus, testClass, constructorArguments, testMethod, [], skipReason, beforeAfterAttributes, aggregator, cancellationTokenSource)
{
    protected override async Task<Tuple<decimal, string>> InvokeTestAsync(ExceptionAggregator aggregator)
    {
        var output = new TestOutputHelper();
        output.Initialize(MessageBus, Test);

        // xunit leaves a factory where the constructor has an ITestOutputHelper.
        object[] arguments = [.. ConstructorArguments.Select(argument => argument is TestOutputHelper or Func<TestOutputHelper> ? output : argument)];
        var time = await new PropertyTestInvoker(output, Test, MessageBus, TestClass, arguments, TestMethod, BeforeAfterAttributes, aggregator, CancellationTokenSource).RunAsync();

        var written = output.Output;
        output.Uninitialize();
        return Tuple.Create(time, written);
    }
}
