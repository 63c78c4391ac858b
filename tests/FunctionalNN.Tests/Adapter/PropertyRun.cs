using System.Reflection;
using System.Reflection.Emit;
using FsCheck.Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FunctionalNN.Tests.Adapter;

/// <summary>
/// What xunit reports of one property. The samples run inside a test, so they may fail while the suite stays green;
/// they are nested in internal classes, where the suite's own discovery does not look.
/// </summary>
internal sealed record PropertyRun(IReadOnlyList<IMessageSinkMessage> Messages)
{
    public bool Passed => Messages.OfType<ITestPassed>().Any();
    public ITestFailed Failure => Assert.Single(Messages.OfType<ITestFailed>());
    public string Message => string.Join(Environment.NewLine, Failure.Messages);
    public ITestFinished Finished => Assert.Single(Messages.OfType<ITestFinished>());
    public string[] Output => Finished.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public static Task<PropertyRun> Of<TSample>(string method) => Of(typeof(TSample), method);

    public static Task<PropertyRun> Of(Type sample, string method) => Of(Discover(sample, method));

    public static async Task<PropertyRun> Of(IXunitTestCase testCase)
    {
        using var bus = new RecordingBus();
        using var cancellation = new CancellationTokenSource();
        var testClass = testCase.TestMethod.TestClass;
        await new XunitTestClassRunner(
            testClass,
            (IReflectionTypeInfo)testClass.Class,
            [testCase],
            new NullMessageSink(),
            bus,
            new DefaultTestCaseOrderer(new NullMessageSink()),
            new ExceptionAggregator(),
            cancellation,
            new Dictionary<Type, object>()).RunAsync();
        return new PropertyRun(bus.Messages);
    }

    public static IXunitTestCase Discover(Type sample, string method)
    {
        var type = Reflector.Wrap(sample);
        var collection = new TestCollection(new TestAssembly(type.Assembly), null, sample.Name);
        var testMethod = new TestMethod(new TestClass(collection, type), type.GetMethod(method, includePrivateMethod: false));
        var attribute = testMethod.Method.GetCustomAttributes(typeof(PropertyAttribute)).Single();
        return ((IXunitTestCaseDiscoverer)new PropertyDiscoverer(new NullMessageSink())).Discover(new NoOptions(), testMethod, attribute).Single();
    }

    /// <summary>The sample as if it stood in an assembly with these properties.</summary>
    public static Type InAssembly<TSample>(string setting, object value)
    {
        var properties = typeof(PropertiesAttribute);
        var attribute = new CustomAttributeBuilder(properties.GetConstructor([])!, [], [properties.GetProperty(setting)!], [value]);
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Samples"), AssemblyBuilderAccess.Run, [attribute]);
        return assembly.DefineDynamicModule("Samples").DefineType("Derived", TypeAttributes.Public, typeof(TSample)).CreateType();
    }

    private sealed class RecordingBus : IMessageBus
    {
        public List<IMessageSinkMessage> Messages { get; } = [];

        public bool QueueMessage(IMessageSinkMessage message)
        {
            lock (Messages)
                Messages.Add(message);
            return true;
        }

        public void Dispose()
        {
        }
    }

    private sealed class NoOptions : ITestFrameworkDiscoveryOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value)
        {
        }
    }
}
