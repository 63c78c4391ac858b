using Orleans;

namespace FunctionalNN;

/// <summary>A plan as a worker has it: its work, or why it takes no part.</summary>
internal sealed record OpenPlan(Work? Work, int Items, string? Refusal)
{
    /// <summary>Gets a plan's order and data, and opens its job. Null where the plan is not known, or its bytes are lost for
    /// now.</summary>
    public static async Task<OpenPlan?> Of(string hash, IGrainFactory grains, JobCatalogue jobs, PlatformFingerprint here)
    {
        if (await grains.GetGrain<IPlanGrain>(hash).Describe() is not { } brief)
        {
            return null;
        }

        if (brief.Fingerprint != here.Hash)
        {
            return new OpenPlan(null, 0,
                $"arithmetic differs: this machine ({here}) computes other bits than the one where the plan was made ({brief.Platform}, "
                    + $"{brief.Fingerprint[..12]}): use machines of one platform");
        }

        var parcels = new Parcels(grains);
        if (await parcels.Open(brief.Order) is not { } bytes)
        {
            return null;
        }

        try
        {
            var order = PlanOrder.Parse(bytes);
            var job = jobs.Find(order);
            var data = new Dictionary<string, byte[]>();
            foreach (var name in job.Build.Length == 0 ? order.Data.Distinct() : [])
            {
                if (await parcels.Fetch(name) is not { } attached)
                {
                    return null;
                }

                data[name] = attached;
            }

            return new OpenPlan(job.Open(order, name => data[name]), order.Items.Length, null);
        }
        catch (FormatException fault)
        {
            return new OpenPlan(null, 0, fault.Message);
        }
    }
}
