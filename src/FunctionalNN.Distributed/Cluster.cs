using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

namespace FunctionalNN;

/// <summary>
/// Silos that compute plans together. This process is one of them: <see cref="Local"/> is all within it, <see cref="Lead"/> lets others
/// join, <see cref="Join"/> joins. All on loopback: for other machines add <see cref="SiloBuilderExtensions.AddFunctionalNN"/> to silos
/// with a membership, a storage and TLS of your own, and use <see cref="Of"/>.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    private readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MembershipTable? members;
    private readonly IServiceProvider? foreign;
    private ImmutableList<Silo> silos = [];

    private Cluster(ClusterSettings settings, MembershipTable? members, IServiceProvider? foreign = null) =>
        (Settings, this.members, this.foreign, Catalogue) = (settings, members, foreign,
            foreign?.GetRequiredService<JobCatalogue>() ?? new JobCatalogue(settings.Jobs));

    /// <summary>How it works.</summary>
    public ClusterSettings Settings { get; }

    /// <summary>The port on loopback of this process's silo, for <see cref="Join"/>.</summary>
    public int Port => silos.Count > 0 ? silos[0].Address.Endpoint.Port : 0;

    /// <summary>Ends when this process's silo is no more part of the cluster, with the reason: start it again.</summary>
    public Task<string> Ended => ended.Task;

    internal JobCatalogue Catalogue { get; }

    internal int Silos => silos.Count(silo => silo.IsAlive);

    internal IGrainFactory Grains => foreign?.GetRequiredService<IGrainFactory>() ?? First.Grains;

    private Silo First => silos.FirstOrDefault(silo => silo.IsAlive) ?? throw new ObjectDisposedException(nameof(Cluster));

    /// <summary>A cluster within this process, for trying out: no server, no other process.</summary>
    /// <param name="silos">How many, 1 or more.</param>
    /// <param name="settings">How each works.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<Cluster> Local(int silos = 1, ClusterSettings? settings = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(silos, 1);
        var cluster = new Cluster(settings ?? new ClusterSettings(), new MembershipTable());
        try
        {
            for (var i = 0; i < silos; i++)
            {
                await cluster.AddSilo(cancellation);
            }
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return cluster;
    }

    /// <summary>A cluster that processes on this machine join; it knows of them as long as this process lives.</summary>
    /// <param name="port">The port on loopback, or 0 for any that is free; <see cref="Port"/> has it then.</param>
    /// <param name="settings">How this process works in it.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task<Cluster> Lead(int port = 0, ClusterSettings? settings = null, CancellationToken cancellation = default) =>
        Connect(port, null, settings, cancellation);

    /// <summary>Joins the cluster of a process that called <see cref="Lead"/>, and computes for it until <see cref="Ended"/>.</summary>
    /// <param name="port">That process's <see cref="Port"/>.</param>
    /// <param name="settings">How this process works in it; its <see cref="ClusterSettings.Jobs"/> are what it can compute beside the
    /// library's own.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task<Cluster> Join(int port, ClusterSettings? settings = null, CancellationToken cancellation = default) =>
        Connect(0, new IPEndPoint(IPAddress.Loopback, port), settings, cancellation);

    /// <summary>The cluster of a silo of your own in this process.</summary>
    /// <param name="services">The services of its host, with <see cref="SiloBuilderExtensions.AddFunctionalNN"/>.</param>
    public static Cluster Of(IServiceProvider services) => new(services.GetRequiredService<ClusterSettings>(), null, services);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var silo in silos.Reverse())
        {
            // Within a process there is nobody to tell.
            await (members is null ? silo.DisposeAsync().AsTask() : silo.Kill());
        }

        ended.TrySetResult("it was closed");
    }

    /// <summary>Adds a silo within this process.</summary>
    internal async Task AddSilo(CancellationToken cancellation = default)
    {
        var silo = await Silo.Start(0, (builder, _) =>
        {
            builder.Services.AddSingleton<IMembershipTable>(members!);
            builder.Configure<ClusterMembershipOptions>(options =>
            {
                // Within a process it is known who lives: no silo is declared dead for being slow.
                options.LivenessEnabled = false;
                options.TableRefreshTimeout = TimeSpan.FromMilliseconds(500);
            });
            builder.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(120));
        }, Settings, Catalogue, _ => { }, cancellation);
        silos = silos.Add(silo);
    }

    /// <summary>Ends a silo within this process as if it had been killed.</summary>
    internal async Task Kill(int index)
    {
        var silo = silos.Where(one => one.IsAlive).ElementAt(index);
        var killed = silo.Kill();
        members!.Bury(silo.Address);
        await killed;
        silos = silos.Remove(silo);
    }

    internal IEnumerable<string> Workers()
    {
        var oracle = foreign?.GetRequiredService<Orleans.Runtime.ISiloStatusOracle>() ?? First.Members;
        return oracle.GetActiveSilos().Where(silo => Settings.Slots > 0 || !silo.Equals(oracle.SiloAddress))
            .Select(silo => silo.ToParsableString());
    }

    private static async Task<Cluster> Connect(int port, IPEndPoint? leader, ClusterSettings? settings, CancellationToken cancellation)
    {
        var cluster = new Cluster(settings ?? new ClusterSettings(), null);
        var silo = await Silo.Start(port, (builder, place) =>
        {
            builder.UseDevelopmentClustering(leader ?? place);
            builder.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromSeconds(2);
                options.NumMissedProbesLimit = 5;
                options.NumVotesForDeathDeclaration = 2;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
            });
            builder.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(120));
        }, cluster.Settings, cluster.Catalogue, reason => cluster.ended.TrySetResult(reason), cancellation);
        cluster.silos = [silo];
        return cluster;
    }
}
