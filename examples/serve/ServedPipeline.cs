using System.Diagnostics.Metrics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Serve;

/// <summary>A pipeline with its version. A request takes it once and keeps it, so that a new one never comes into the middle of an
/// answer.</summary>
/// <param name="Pipeline">What predicts.</param>
/// <param name="Version">Its content hash.</param>
internal sealed record Served(Pipeline<float> Pipeline, string Version)
{
    public static Either<Error, Served> Load(string path) =>
        FunctionalNN.Pipeline.Load(path).Map(pipeline => new Served(pipeline, pipeline.ContentHash()));
}

/// <summary>The pipeline that is served now: the one thing of the server that changes.</summary>
internal sealed class ServedPipeline(string path, Served first)
{
    private Served current = first;

    public Served Current => Volatile.Read(ref current);

    /// <summary>Reads the file again. Where it cannot be read, or its columns are others, the pipeline stays as it is.</summary>
    public Either<Error, Served> Reload() => Served.Load(path).Bind<Served>(next =>
    {
        string[] now = [.. Current.Pipeline.Encoding.Columns.Select(column => column.Name)];
        string[] then = [.. next.Pipeline.Encoding.Columns.Select(column => column.Name)];
        if (!now.Order(StringComparer.Ordinal).SequenceEqual(then.Order(StringComparer.Ordinal)))
        {
            return Error.New($"{path} takes the columns {string.Join(", ", then)}, and clients send {string.Join(", ", now)}: start a new "
                + "server for it");
        }

        Volatile.Write(ref current, next);
        return next;
    });
}

/// <summary>What the server counts, for dotnet-counters or OpenTelemetry: the meter "FunctionalNN.Serve".</summary>
internal sealed class ServeMetrics
{
    public const string Name = "FunctionalNN.Serve";

    private readonly Counter<long> rows;
    private readonly Counter<long> refused;
    private readonly Counter<long> reloads;
    private readonly Histogram<double> seconds;

    public ServeMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(Name);
        rows = meter.CreateCounter<long>("serve.rows", "{row}", "Rows predicted.");
        refused = meter.CreateCounter<long>("serve.refused", "{row}", "Rows refused, by column.");
        reloads = meter.CreateCounter<long>("serve.reloads", "{reload}", "Models read, by whether they are served.");
        seconds = meter.CreateHistogram<double>("serve.duration", "s", "Time from a parsed request to its answer.");
    }

    public void Predicted(int count, TimeSpan time)
    {
        rows.Add(count);
        seconds.Record(time.TotalSeconds);
    }

    public void Refused(RowFault fault) => refused.Add(1, new KeyValuePair<string, object?>("column", fault.Column));

    public void Reloaded(bool isServed) => reloads.Add(1, new KeyValuePair<string, object?>("served", isServed));
}
