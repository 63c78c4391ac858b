using Orleans;
using Orleans.Runtime;

namespace FunctionalNN;

/// <summary>The members of a cluster within a process, in its memory: no silo is needed for the others to know each other.</summary>
internal sealed class MembershipTable : IMembershipTable
{
    private readonly Lock gate = new();
    private readonly Dictionary<SiloAddress, (MembershipEntry Entry, int Tag)> rows = [];
    private int version;
    private int tags;

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId)
    {
        lock (gate)
        {
            rows.Clear();
        }

        return Task.CompletedTask;
    }

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Task.CompletedTask;

    public Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        lock (gate)
        {
            return Task.FromResult(rows.TryGetValue(key, out var row)
                ? new MembershipTableData(TupleOf(row), Version)
                : new MembershipTableData(Version));
        }
    }

    public Task<MembershipTableData> ReadAll()
    {
        lock (gate)
        {
            return Task.FromResult(new MembershipTableData([.. rows.Values.Select(TupleOf)], Version));
        }
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        Write(entry, tableVersion, !Has(entry.SiloAddress));

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        lock (gate)
        {
            return Write(entry, tableVersion, rows.TryGetValue(entry.SiloAddress, out var row) && $"{row.Tag}" == etag);
        }
    }

    public Task UpdateIAmAlive(MembershipEntry entry)
    {
        lock (gate)
        {
            rows.TryGetValue(entry.SiloAddress, out var row);
            row.Entry?.IAmAliveTime = entry.IAmAliveTime;
        }

        return Task.CompletedTask;
    }

    /// <summary>Says that a silo is dead: within a process that is known at once.</summary>
    public void Bury(SiloAddress silo)
    {
        lock (gate)
        {
            if (rows.TryGetValue(silo, out var row))
            {
                row.Entry.Status = SiloStatus.Dead;
                rows[silo] = (row.Entry, ++tags);
                version++;
            }
        }
    }

    private TableVersion Version => new(version, $"{version}");

    private bool Has(SiloAddress silo)
    {
        lock (gate)
        {
            return rows.ContainsKey(silo);
        }
    }

    private Task<bool> Write(MembershipEntry entry, TableVersion next, bool fits)
    {
        lock (gate)
        {
            if (!fits || next.VersionEtag != $"{version}")
            {
                return Task.FromResult(false);
            }

            version = next.Version;
            rows[entry.SiloAddress] = (CopyOf(entry), ++tags);
            return Task.FromResult(true);
        }
    }

    private static Tuple<MembershipEntry, string> TupleOf((MembershipEntry Entry, int Tag) row) =>
        Tuple.Create(CopyOf(row.Entry), $"{row.Tag}");

    private static MembershipEntry CopyOf(MembershipEntry entry) => new()
    {
        SiloAddress = entry.SiloAddress,
        Status = entry.Status,
        SuspectTimes = entry.SuspectTimes is { } times ? [.. times] : null,
        ProxyPort = entry.ProxyPort,
        HostName = entry.HostName,
        SiloName = entry.SiloName,
        RoleName = entry.RoleName,
        UpdateZone = entry.UpdateZone,
        FaultZone = entry.FaultZone,
        StartTime = entry.StartTime,
        IAmAliveTime = entry.IAmAliveTime,
    };
}
