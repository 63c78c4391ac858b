using System.Diagnostics.Metrics;
using LanguageExt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FunctionalNN;

/// <summary>Maps the endpoints of a pipeline.</summary>
public static class ServeEndpoints
{
    /// <summary>
    /// Maps <c>POST /predict</c> (a row in JSON), <c>POST /predict/batch</c> (a list of rows: all are answered, or none),
    /// <c>POST /explain</c> (why a row is predicted so), and <c>GET /health</c> (the version, which is the content hash, and the columns).
    /// What does not fit is answered by problem details (RFC 9457) with an entry a column. The meter <c>FunctionalNN.Serve</c> counts rows,
    /// refused values and reloads.
    /// </summary>
    /// <param name="app">The application or a group of it: <c>app.MapGroup("/churn").MapPipeline(…)</c> serves under another path.</param>
    /// <param name="served">The pipeline.</param>
    /// <param name="options">The limits.</param>
    /// <returns>The endpoints, for RequireAuthorization and the like.</returns>
    public static RouteGroupBuilder MapPipeline(this IEndpointRouteBuilder app, ServedPipeline served, ServeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(served);
        var (group, server) = (app.MapGroup(""), ServerOf(app, served, options));
        group.MapPost("/predict", server.Predict);
        group.MapPost("/predict/batch", server.PredictBatch);
        group.MapPost("/explain", server.Explain);
        group.MapGet("/health", server.Health);
        return group;
    }

    /// <summary>Maps the endpoints of the pipeline that <see cref="AddPipeline"/> added.</summary>
    /// <inheritdoc cref="MapPipeline(IEndpointRouteBuilder, ServedPipeline, ServeOptions?)"/>
    /// <exception cref="InvalidOperationException">None was added.</exception>
    public static RouteGroupBuilder MapPipeline(this IEndpointRouteBuilder app) => app.MapPipeline(
        app.ServiceProvider.GetService<ServedPipeline>()
            ?? throw new InvalidOperationException("there is no pipeline to serve: add one with services.AddPipeline(path), or give it"),
        app.ServiceProvider.GetService<ServeOptions>());

    /// <summary>
    /// Maps <c>POST /reload</c>, which reads the file again without a dropped request; where that cannot be served, the answer is 409 with
    /// the reason, and the version before goes on. Apart from the others, so that who may ask it can be said:
    /// <c>app.MapPipelineReload().RequireAuthorization("operators")</c>.
    /// </summary>
    /// <param name="app">The application, or a group of it.</param>
    /// <param name="served">The pipeline; null for the one that was added.</param>
    /// <exception cref="InvalidOperationException">None was given or added.</exception>
    public static IEndpointConventionBuilder MapPipelineReload(this IEndpointRouteBuilder app, ServedPipeline? served = null) =>
        app.MapPost("/reload", ServerOf(app, served ?? app.ServiceProvider.GetService<ServedPipeline>()
            ?? throw new InvalidOperationException("there is no pipeline to serve: add one with services.AddPipeline(path), or give it"),
            null).Reload);

    /// <summary>Adds the pipeline of a file as a singleton, <see cref="ServedPipeline"/>, for the endpoints and for classes of your own.
    /// The file is read now, so that a server without a model does not start.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">A file that <see cref="Pipeline.Save"/> wrote.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="InvalidDataException">The file cannot be read; the message names it, the place and the reason.</exception>
    public static IServiceCollection AddPipeline(this IServiceCollection services, string path, ServeOptions? options = null)
    {
        services.AddSingleton(options ?? new ServeOptions());
        services.AddSingleton(ServedPipeline.Open(path).Match(served => served, fault => throw new InvalidDataException(fault.Message)));
        return services;
    }

    private static ServeRequests ServerOf(IEndpointRouteBuilder app, ServedPipeline served, ServeOptions? options) =>
        new(served, options ?? new ServeOptions(), new ServeMetrics(app.ServiceProvider.GetRequiredService<IMeterFactory>(),
            app.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System));
}
