using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests.Adapter;

public class ReturnKindTests
{
    [Property]
    public void Void_holds_when_nothing_is_thrown(int a, int b) => Assert.Equal(a + b, b + a);

    [Property]
    public bool Bool_holds_when_true(int a, int b) => a + b == b + a;

    [Property]
    public static bool Static_methods_need_no_instance(int a) => a - a == 0;

    [Property]
    public async Task Task_is_awaited(int a)
    {
        await Task.Yield();
        Assert.Equal(a, -(-a));
    }

    [Property]
    public async Task<bool> Task_of_bool_is_awaited(int a)
    {
        await Task.Yield();
        return a == -(-a);
    }

    [Property]
    public Property Property_keeps_its_combinators(int a, int b)
        => Prop.When(b != 0, () => a / b * b + a % b == a).Label("division").Classify(a < b, "proper");

    [Theory]
    [InlineData(nameof(Samples.Failing.Void))]
    [InlineData(nameof(Samples.Failing.Bool))]
    [InlineData(nameof(Samples.Failing.Static))]
    [InlineData(nameof(Samples.Failing.Task))]
    [InlineData(nameof(Samples.Failing.TaskOfBool))]
    [InlineData(nameof(Samples.Failing.Property))]
    public async Task Every_kind_can_fail(string method)
    {
        var run = await PropertyRun.Of<Samples.Failing>(method);

        Assert.False(run.Passed);
        Assert.Contains("Falsifiable, after 1 test", run.Message, StringComparison.Ordinal);
    }

    internal static class Samples
    {
        public sealed class Failing
        {
            [Property]
            public void Void(int a) => Assert.NotEqual(a, a);

            [Property]
            public bool Bool(int a) => a != a + 0;

            [Property]
            public static bool Static(int a) => a != a + 0;

            [Property]
            public async Task Task(int a)
            {
                await System.Threading.Tasks.Task.Yield();
                Assert.NotEqual(a, a);
            }

            [Property]
            public async Task<bool> TaskOfBool(int a)
            {
                await System.Threading.Tasks.Task.Yield();
                return a != a + 0;
            }

            [Property]
            public Property Property(int a) => (a != a + 0).Label("never");
        }
    }
}
