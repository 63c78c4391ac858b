using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace FunctionalNN;

/// <summary>A silo on loopback in this process.</summary>
internal sealed class Silo(IHost host) : IAsyncDisposable
{
    private const int Attempts = 10;

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public SiloAddress Address => host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public ISiloStatusOracle Members => host.Services.GetRequiredService<ISiloStatusOracle>();

    public bool IsAlive { get; private set; } = true;

    /// <summary>Starts a silo; on another port where another program took the first.</summary>
    /// <param name="port">The port, or 0 for any that is free.</param>
    /// <param name="configure">Membership, by the silo's own address.</param>
    /// <param name="settings">How it works.</param>
    /// <param name="jobs">What it can compute.</param>
    /// <param name="onFatal">Told when the others have declared it dead.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<Silo> Start(int port, Action<ISiloBuilder, IPEndPoint> configure, ClusterSettings settings, JobCatalogue jobs,
        Action<string> onFatal, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var place = new IPEndPoint(IPAddress.Loopback, port > 0 ? port : FreePort());
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.UseOrleans(silo =>
            {
                silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("functionalnn", "functionalnn"));
                silo.ConfigureEndpoints(place.Address, place.Port, gatewayPort: 0, listenOnAnyHostAddress: false);
                silo.Services.AddSingleton<IFatalErrorHandler>(new FatalErrors(onFatal));
                configure(silo, place);
                SiloBuilderExtensions.Add(silo, settings, jobs);
            });
            var host = builder.Build();
            try
            {
                await host.StartAsync(cancellation);
                return new Silo(host);
            }
            catch (Exception e) when (port == 0 && attempt < Attempts && HasSocketError(e))
            {
                host.Dispose();
            }
        }
    }

    /// <summary>Ends it as if its process had been killed: it tells nobody.</summary>
    public async Task Kill()
    {
        IsAlive = false;
        await host.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Free();
    }

    public async ValueTask DisposeAsync()
    {
        if (IsAlive)
        {
            IsAlive = false;
            await host.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Free();
        }
    }

    private async Task Free()
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool HasSocketError(Exception? e) =>
        e is SocketException or IOException || (e is AggregateException several && several.InnerExceptions.Any(HasSocketError))
            || (e is not null && HasSocketError(e.InnerException));

    /// <summary>A silo that is shut out must not take the user's process with it.</summary>
    private sealed class FatalErrors(Action<string> told) : IFatalErrorHandler
    {
        public bool IsUnexpected(Exception exception) => true;

        public void OnFatalException(object? sender, string? context, Exception? exception) =>
            told($"{context} {exception?.Message}".Trim());
    }
}
