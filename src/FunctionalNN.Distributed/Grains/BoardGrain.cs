using Orleans;

namespace FunctionalNN;

/// <summary>A list in memory: whoever waits for a plan announces it again and again.</summary>
[KeepAlive]
internal sealed class BoardGrain : Grain, IBoardGrain
{
    private readonly List<string> plans = [];

    public Task Announce(string plan)
    {
        if (!plans.Contains(plan))
        {
            plans.Add(plan);
        }

        return Task.CompletedTask;
    }

    public Task Remove(string plan)
    {
        plans.Remove(plan);
        return Task.CompletedTask;
    }

    public Task<string[]> Plans() => Task.FromResult(plans.ToArray());
}
