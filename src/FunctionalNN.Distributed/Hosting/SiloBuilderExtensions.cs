using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace FunctionalNN;

/// <summary>FunctionalNN in a silo of your own.</summary>
public static class SiloBuilderExtensions
{
    /// <summary>Lets a silo keep and compute plans. Plans are kept in the grain storage named "FunctionalNN" where the silo has one, else
    /// in <see cref="ClusterSettings.Folder"/>, else in memory alone.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="settings">How it works.</param>
    public static ISiloBuilder AddFunctionalNN(this ISiloBuilder silo, ClusterSettings? settings = null) =>
        Add(silo, settings ?? new ClusterSettings(), new JobCatalogue((settings ?? new ClusterSettings()).Jobs));

    internal static ISiloBuilder Add(ISiloBuilder silo, ClusterSettings settings, JobCatalogue jobs)
    {
        silo.Services.AddSingleton(settings);
        silo.Services.AddSingleton(jobs);
        silo.Services.AddHostedService<Worker>();
        if (!silo.Services.Any(service => service.ServiceType == typeof(IGrainStorage) && Storage.Name.Equals(service.ServiceKey)))
        {
            silo.Services.AddGrainStorage<IGrainStorage>(Storage.Name, (_, _) =>
                settings.Folder is { } folder ? new FolderStorage(folder) : new NoStorage());
        }

        return silo;
    }
}
