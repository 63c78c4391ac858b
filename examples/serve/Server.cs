namespace FunctionalNN.Serve;

/// <summary>The application: a pipeline as a singleton, and its endpoints.</summary>
internal static class Server
{
    public static WebApplication Build(string path, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(url);
        builder.Services.AddPipeline(path);
        builder.Services.AddProblemDetails();
        var app = builder.Build();
        app.UseExceptionHandler();
        app.MapPipeline();
        app.MapPipelineReload();
        return app;
    }
}
