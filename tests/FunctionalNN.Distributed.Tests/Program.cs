namespace FunctionalNN.Distributed.Tests;

/// <summary>What tests start in processes of their own: <c>worker PORT</c> computes for the cluster of that port.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ["worker", var port])
        {
            Console.Error.WriteLine("run the tests with: dotnet test");
            return 1;
        }

        await using var cluster = await Cluster.Join(int.Parse(port, null),
            new ClusterSettings { Slots = 1, Jobs = [Spirals.Resumable, Spirals.Whole, Spirals.Folds] });
        Console.WriteLine("ready");
        Console.WriteLine(await cluster.Ended);
        return 0;
    }
}
